"""The exchange and donation list: what can be claimed, and the claim as a sheet row to hand in."""

from collections.abc import Mapping

from flask import Response, request
from flask_babel import gettext as _

from graph.errors import NotFound, QueryError
from graph.queries import native
from ingest.sheets.export import Export
from ontology.sheets import sheets
from web.pages.blueprint import pages
from web.pages.choosing import known_iri
from web.pages.operations import Found, Way, computes
from web.pages.sheet_files import sheet_file
from web.pages.visit import Visit, visit

_LINES = """SELECT ?line ?library ?kind ?piece ?quantity ?until ?work
WHERE {
  ?line a jp:ExchangeOffer ; dct:type ?kind ; schema:offeredBy ?library ; schema:itemOffered ?piece ;
    jp:quantity ?quantity ; schema:startDate ?starts .
  OPTIONAL { ?line schema:endDate ?until }
  FILTER (?kind != jp:offer-wanted && ?starts <= "%(on)s"^^xsd:date && COALESCE(?until >= "%(on)s"^^xsd:date, true))
  FILTER NOT EXISTS { ?line jp:claimedBy ?claimed } OPTIONAL { ?piece bf:instanceOf ?work }
} ORDER BY ?kind ?library"""


@computes("/tukar-hadiah")
def claims(here: Visit, values: Mapping[str, str]) -> Found:
    """The open offers nobody has claimed, each with the way to claim it for the library chosen."""
    me = known_iri(here, values.get("untuk", ""))
    wanted = _wanted_by(here, me) if me else set()
    rows = []
    for found in here.select(_LINES % {"on": here.on}):
        row = {name: native(found[name]) for name in ("library", "kind", "piece", "until")}
        if row["library"] == me:
            continue
        path = f"/tukar-hadiah/minta?tawaran={here.local(found['line'].value)}&untuk={here.local(me)}"
        work = found["work"]
        rows.append(
            {
                **row,
                "quantity": int(found["quantity"].value),
                "wanted": bool(work and work.value in wanted),
                "claim": Way(_("take the sheet"), path) if me else None,
            }
        )
    return Found({"claims": rows})


def _wanted_by(here: Visit, library: str) -> set[str]:
    rows = here.select(f"""SELECT DISTINCT ?work WHERE {{ ?line a jp:ExchangeOffer ; dct:type jp:offer-wanted ;
      schema:offeredBy <{library}> ; schema:itemOffered/bf:instanceOf ?work }}""")
    return {row["work"].value for row in rows}


@pages.get("/tukar-hadiah/minta")
def claim() -> Response:
    """The offer's row of the sheet ``daftar_tukar`` with ``diminta_oleh`` filled in, to be loaded."""
    here = visit()
    offer, claimer = request.args.get("tawaran", ""), request.args.get("untuk", "")
    library = known_iri(here, claimer)
    if not library or not here.label(library):
        raise QueryError(f"No library is known as {claimer!r}.", "Give ?untuk=, the id of a library.")
    sheet = sheets()["daftar_tukar"]
    names = [column.id for column in sheet.columns]
    row = next((row for row in Export(here.store, here.site.base_iri).each(sheet) if row[0] == offer), None)
    if row is None:
        raise NotFound(f"No offer is known as {offer!r}.", "/tukar-hadiah lists them.")
    row[names.index("diminta_oleh")] = claimer
    return sheet_file(f"daftar_tukar-{offer}-{claimer}", [names, row])
