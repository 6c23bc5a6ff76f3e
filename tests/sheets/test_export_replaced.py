"""A title named in words that a catalogue has since met goes back into the sheet as what the catalogue knows."""

import pyoxigraph as ox

from graph.derivation import derive
from graph.store import LocalStore
from ingest.sheets import read_sheets
from ingest.sheets.export import Export
from ontology.sheets import sheets
from tests.sheets.network import BASE, store_of

OFFER = "id,perpustakaan,jenis,terbitan,jumlah,mulai\nof1,kota,ditukar,Bumi Manusia,1,2026-01-01\n"
CATALOGUE = f"""<{BASE}/id/w1> a <B/Work> ; <B/title> <{BASE}/id/w1#t> ; <B/hasInstance> <{BASE}/id/n1> .
<{BASE}/id/w1#t> <B/mainTitle> "Bumi Manusia" .
<{BASE}/id/n1> a <B/Instance> ; <B/instanceOf> <{BASE}/id/w1> ; <B/title> <{BASE}/id/n1#t> .
<{BASE}/id/n1#t> <B/mainTitle> "Bumi Manusia" .
<{BASE}/id/i1> <B/itemOf> <{BASE}/id/n1> ; <B/heldBy> <{BASE}/id/kota> .
""".replace("<B/", "<http://id.loc.gov/ontologies/bibframe/")


def test_a_title_met_in_a_catalogue_is_written_once(tmp_path):
    file = tmp_path / "daftar_tukar.csv"
    file.write_text(OFFER, encoding="utf-8")
    reading = read_sheets([file], BASE, declared=["kota"])
    store = store_of(reading.lines)
    store.load(CATALOGUE.encode(), ox.RdfFormat.TURTLE)
    derive(store, BASE)
    sheet = sheets()["daftar_tukar"]
    (row,) = Export(LocalStore(store), BASE).rows(sheet)
    assert dict(zip([column.id for column in sheet.columns], row, strict=True))["terbitan"] == "n1"
