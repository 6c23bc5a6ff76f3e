"""The six supporting instruments as they would be issued today: a page and a file of each."""

from collections.abc import Mapping

from graph.names import expand
from web.pages.operations import Found, Way, computes
from web.pages.visit import Visit

INSTRUMENTS = {
    "inst-1-directory": ("/direktori", "/direktori.csv"),
    "inst-2-accessions": ("/tambahan-koleksi", "/tambahan-koleksi.csv"),
    "inst-3-union-catalogue": ("/katalog-induk", "/q/union-catalogue?format=csv"),
    "inst-4-exchange-list": ("/tukar-hadiah", "/q/exchange-list?format=csv"),
    "inst-5-standards": ("/jejaring/{N}/standar", "/q/cq39-standards?format=csv&network={N}"),
    "inst-6-training": ("/pembinaan", "/q/training?format=csv"),
}
"""Code of the instrument → its page and its file."""


@computes("/jejaring/{N}/alat-penunjang")
def instruments(here: Visit, values: Mapping[str, str]) -> Found:
    """Where each instrument is."""
    network = here.local(values["name"])
    rows = []
    for code, addresses in INSTRUMENTS.items():
        page, file = (address.replace("{N}", network) for address in addresses)
        rows.append({"instrument": expand("jp:" + code), "page": Way(page, page), "file": Way(file, file)})
    return Found({"today": rows})
