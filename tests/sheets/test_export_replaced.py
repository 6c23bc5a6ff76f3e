"""A title named in words that a catalogue has since met goes back into the sheet as what the catalogue knows."""

import pyoxigraph as ox
import pytest

from graph.derivation import derive
from graph.names import entity
from graph.statements import canonical
from graph.store import LocalStore
from ingest.sheets import read_sheets
from ingest.sheets.export import Export
from ingest.sheets.writing import write
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


@pytest.mark.parametrize("record", ["KO112", "ocm 77/3", "(DE-101)Über"])
def test_the_id_of_a_record_is_read_as_it_is_written(record, tmp_path):
    """Numbers of records have any letters and signs; taken for a title, such an id would lead nowhere."""
    file = tmp_path / "daftar_tukar.csv"
    file.write_text(OFFER.replace("Bumi Manusia", f"instance/kota-{record}"), encoding="utf-8")
    said = read_sheets([file], BASE, declared=["kota"])
    assert any(f"<{entity(BASE, 'instance', f'kota-{record}')}>" in line for line in said.lines)
    tables = Export(LocalStore(store_of(said.lines)), BASE).tables()
    again = read_sheets(write(tables, tmp_path / "again", "csv"), BASE, declared=["kota"])
    assert canonical(again.lines) == canonical(said.lines)


def test_a_title_no_catalogue_has_is_written_in_words(tmp_path):
    """By its id alone it would be gone when the sheet takes the place of the one that told it."""
    file = tmp_path / "daftar_tukar.csv"
    file.write_text(OFFER + "of2,kota,dicari,1411-2256,1,2026-01-01\n", encoding="utf-8")
    said = read_sheets([file], BASE, declared=["kota"])
    tables = Export(LocalStore(store_of(said.lines)), BASE).tables()
    assert [row[3] for row in tables["daftar_tukar"][1:]] == ["Bumi Manusia", "1411-2256"]
    again = read_sheets(write(tables, tmp_path / "again", "csv"), BASE, declared=["kota"])
    assert canonical(again.lines) == canonical(said.lines)


ENDED = {
    "perpustakaan": "id,nama,jenis\nkota,Kota,perpustakaan umum\n",
    "jejaring": "id,nama,mulai,berakhir\njar,Jaringan,2020-01-01,2025-12-31\n",
    "keanggotaan": "id,di,anggota,peran,mulai\nm1,jar,kota,anggota,2020-01-01\n",
}


def test_what_follows_from_another_row_is_not_written_into_this_one(tmp_path):
    for name, rows in ENDED.items():
        (tmp_path / f"{name}.csv").write_text(rows, encoding="utf-8")
    store = store_of(read_sheets(sorted(tmp_path.glob("*.csv")), BASE).lines)
    derive(store, BASE)
    assert store.query(f"ASK {{ <{BASE}/id/m1> <https://schema.org/endDate> ?end }}")
    headings, row = Export(LocalStore(store), BASE).tables()["keanggotaan"]
    assert dict(zip(headings, row, strict=True))["berakhir"] == ""
