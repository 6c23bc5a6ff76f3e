import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from ingest.problems import Problem, Severity
from ingest.sheets import read_sheets, recognise
from tests.sheets.network import BASE, FOLDER, SHEETS


def problems(tmp_path: Path, name: str, content: str | bytes) -> list[Problem]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_sheets([path], BASE).problems


HEAD = "id,nama,jenis\n"


def test_a_row_that_needs_a_refused_one_names_it(tmp_path):
    rows = "id,nama,mulai\njar,Jaringan,2020\n"
    (tmp_path / "jejaring.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "perpustakaan.csv").write_text("id,nama,jenis\nkota,K,perpustakaan umum\n", encoding="utf-8")
    (tmp_path / "keanggotaan.csv").write_text("di,anggota,peran\njar,kota,anggota\n", encoding="utf-8")
    found = read_sheets(sorted(tmp_path.glob("*.csv")), BASE).problems
    (told,) = (problem for problem in found if problem.kind == "unknown-id")
    assert told.message == "It needs 'jar', which was refused itself: jejaring row 2."


def test_a_word_nobody_knows_is_answered_with_the_choices_where_they_are_few(tmp_path):
    (tmp_path / "ketentuan.csv").write_text(
        "perjanjian,kode,aturan,tindakan,mata_uang\nA,p,izin,pinjam antarperpustakaan,XQZ\n", encoding="utf-8"
    )
    (told,) = (p for p in read_sheets([tmp_path / "ketentuan.csv"], BASE).problems if p.kind == "unknown-code")
    assert "ringgit Malaysia" in told.remedy


def test_an_unknown_code_proposes_the_nearest(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, "perpustakaan.csv", HEAD + "a,A,perpustakan umum\n")
    assert (problem.record, problem.place) == (2, "perpustakaan.jenis")
    assert "'perpustakaan umum'" in problem.remedy


def test_a_day_that_does_not_exist(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, "jejaring.csv", "id;nama;mulai\nx;X;31/02/2026\n")
    assert "31/02/2026" in problem.message
    assert problem.place == "jejaring.mulai"


def test_a_missing_column_leaves_the_sheet_out(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, "perpustakaan.csv", "id,jenis\na,perpustakaan umum\n")
    assert problem.kind == "missing-column"
    assert "'nama' (name)" in problem.message


def test_an_unknown_column_is_reported_and_skipped(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, "perpustakaan.csv", "id,nama,jenis,warna\na,A,library,biru\n")
    assert problem.severity is Severity.WARNING


def test_ids_are_unique_over_all_sheets(tmp_path: Path) -> None:
    (tmp_path / "jejaring.csv").write_text("id,nama\na,A\n")
    (tmp_path / "perpustakaan.csv").write_text(HEAD + "a,A,library\n")
    found = read_sheets(sorted(tmp_path.glob("*.csv")), BASE).problems
    assert [p.kind for p in found] == ["double-id"]


def test_a_row_falls_with_the_row_it_refers_to(tmp_path: Path) -> None:
    (tmp_path / "perpustakaan.csv").write_text(HEAD + "kota,A,library\nwana,W,xyz\n")
    (tmp_path / "petugas.csv").write_text("id,perpustakaan,jabatan\np,wana,koordinator\nq,kotta,koordinator\n")
    reading = read_sheets(sorted(tmp_path.glob("*.csv")), BASE)
    assert [p.kind for p in reading.problems] == ["unknown-code", "unknown-id", "unknown-id"]
    assert "'kota'" in reading.problems[2].remedy
    assert set(reading.places) == {f"{BASE}/id/kota"}


@pytest.mark.parametrize(
    "content",
    [HEAD + "a;b;c", "id;nama;jenis\na;Ä;library\n".encode("cp1252"), b"\xff\xfe", b"", b"\0\0\0", b"\x1f\x8b"],
)
def test_odd_files_raise_nothing(content: str | bytes, tmp_path: Path) -> None:
    problems(tmp_path, "perpustakaan.csv", content)


def test_titles_above_the_headings_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "jejaring.csv"
    path.write_text("DAFTAR JEJARING 2026;;\n;;\nPer Maret;;\nid;nama;mulai\nx;X;15 Maret 2026\n", "utf-8")
    reading = read_sheets([path], BASE)
    assert (reading.problems, list(reading.places.values())) == ([], [(str(path), "jejaring", 5)])


def test_a_table_is_told_by_its_beginning_not_by_its_name(tmp_path: Path) -> None:
    workbook, text = tmp_path / "jejaring.csv", tmp_path / "jejaring.xlsx"
    text.write_text("id;nama\nx;X\n", "utf-8")
    book = Workbook()
    book.active.title = "jejaring"
    book.active.append(["id", "nama"])
    book.active.append(["x", "X"])
    book.save(workbook)
    assert read_sheets([workbook], BASE).lines == read_sheets([text], BASE).lines != []


def test_windows_text_in_semicolons_with_english_headings(tmp_path: Path) -> None:
    path = tmp_path / "libraries.csv"
    path.write_bytes("id;name;kind;lat;lon\na;Café;public library;-7,5;110,2\n".encode("cp1252"))
    lines = read_sheets([path], BASE).lines
    assert any('"Café"@id' in line for line in lines)
    assert any('"-7.5"^^' in line for line in lines)


def test_an_agreement_in_yaml_says_the_same_as_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "A9.yaml"
    path.write_text(
        "id: A9\nnama: PKS\njenis: PKS\nmulai: 2024-05-21\notomatis: tidak\npihak: [tirta, wana]\n"
        "pasal:\n  - {faktor: 1, bunyi: Saling melengkapi}\n"
        "ketentuan:\n  - {kode: lend, aturan: izin, tindakan: pinjam, kategori: koleksi umum, dari: tirta,"
        " kepada: wana, lama_hari: 30, cara_kirim: [pos, surel], biaya: Rp15.000, biaya_per: per eksemplar}\n"
    )
    assert recognise(path)
    reading = read_sheets([path], BASE)
    assert [str(p) for p in reading.problems] == []
    assert f"{BASE}/id/A9-lend" in reading.places
    assert f"{BASE}/id/A9-c1" in reading.places
    assert any('"P30D"' in line for line in reading.lines)
    assert any('"15000"^^' in line for line in reading.lines)


def test_a_rotation_package_lists_its_barcodes(tmp_path: Path) -> None:
    path = tmp_path / "paket_rotasi.csv"
    path.write_text("id,nama,barkode\npk1,Paket,B1; B2\n")
    assert read_sheets([path], BASE).packages == {"B1": "pk1", "B2": "pk1"}


def test_titles_that_no_catalogue_has_become_minimal_instances(tmp_path: Path) -> None:
    path = tmp_path / "daftar_tukar.csv"
    path.write_text("perpustakaan,jenis,terbitan,jumlah,mulai\nkota,dicari,Bumi Manusia,1,2026-01-01\n")
    lines = read_sheets([path], BASE).lines
    assert sum("bibframe/Instance>" in line for line in lines) == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(), junk=st.binary(max_size=40), cuts=st.integers(0, 6))
def test_corrupted_sheets_are_read_whole_rows_or_not_at_all(
    seed: int, junk: bytes, cuts: int, tmp_path: Path
) -> None:
    dice = random.Random(seed)
    source = dice.choice(SHEETS)
    content = bytearray(source.read_bytes())
    for _ in range(cuts):
        place = dice.randrange(len(content))
        content[place : place + dice.randrange(20)] = dice.choice([junk, b";", b'"', b"\n", b"\xff", b",,"])
    (tmp_path / source.name).write_bytes(content)
    others = [path for path in SHEETS if path != source]
    reading = read_sheets([tmp_path / source.name, *others], BASE)
    store = ox.Store()
    store.load("\n".join(reading.lines).encode(), ox.RdfFormat.N_TRIPLES)  # every line is well-formed
    own = {quad.subject.value.partition("#")[0] for quad in store if isinstance(quad.subject, ox.NamedNode)}
    stated = {iri for iri in own if "/sheet-" not in iri}
    assert stated == set(reading.places)


def test_the_example_is_complete() -> None:
    assert len(SHEETS) == 21
    assert (FOLDER / "catalogue.ttl").is_file()
