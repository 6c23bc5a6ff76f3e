"""The verbs around loading, from the command line."""

import gzip
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click
import pymarc
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from graph.archive import Archive
from graph.releases import Releases
from ingest import pipeline, soundness
from ingest.building import Lock
from ingest.coverage import NO_RULINGS
from ontology.errors import DeclarationError
from tests.loading import stand_in
from tests.loading.stand_in import BASE, record
from web.cli import main

TURTLE = (
    f'<{BASE}/id/kota> a <https://schema.org/Library> ; <urn:code> "kota" ; <urn:address> [ <urn:in> "Ambon" ] .'
)


@pytest.fixture(autouse=True)
def small_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (pipeline, soundness):
        monkeypatch.setattr(module, "make_converter", stand_in.Converter)
        monkeypatch.setattr(module, "codes_of", stand_in.codes)
    monkeypatch.setattr(soundness, "violations", lambda lines: [])
    monkeypatch.setattr(pipeline, "indexes", lambda base: [])
    monkeypatch.setattr(pipeline, "rulings", lambda: NO_RULINGS)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(data: Path, *words: str | Path, status: int = 0) -> Result:
    result = CliRunner().invoke(main, ["--data", str(data), "--base", BASE, *map(str, words)])
    assert result.exit_code == status, result.output
    return result


@pytest.fixture
def marc(tmp_path: Path) -> Path:
    file = tmp_path / "katalog.mrc"
    records = [record("1", "Bumi manusia", ["Ann"], [("kota", "b1")]), record("2", "Rumah kaca")]
    file.write_bytes(b"".join(r.as_marc() for r in records))
    return file


@pytest.fixture
def turtle(tmp_path: Path) -> Path:
    file = tmp_path / "direktori.ttl"
    file.write_text(TURTLE)
    return file


@pytest.fixture
def loaded(data: Path, marc: Path, turtle: Path) -> Iterator[Path]:
    run(data, "load", marc, turtle)
    return data


def test_load_says_what_it_did(data: Path, marc: Path, turtle: Path) -> None:
    output = run(data, "load", marc, turtle).output
    assert "katalog: read 2, new or changed 2" in output
    assert "Release 1 is published." in output
    assert re.search(r"It has [\d,]+ statements, all of them new\.", output)
    assert "Nothing new; release 1 stays." in run(data, "load", marc, turtle).output


def test_a_release_is_compared_with_the_one_before(loaded: Path, marc: Path, data: Path) -> None:
    marc.write_bytes(b"".join(record(str(n), f"Judul {n}").as_marc() for n in range(9)))
    output = run(data, "load", marc).output
    found = re.search(r"It has ([\d,]+) statements, ([\d,]+) more than release 1\.", output)
    assert found
    now, more = (int(number.replace(",", "")) for number in found.groups())
    counts = [release.manifest["counts"]["statements"] for release in Releases(data).all()]
    assert (now, now - more) == (counts[1], counts[0])
    assert f"  {found[0][7:-1]}" in run(data, "report").output
    assert re.search(r"statements, [\d,]+ fewer than release 2", run(data, "withdraw", "katalog").output)


def test_if_new_reads_nothing_when_all_is_known(loaded: Path, marc: Path, turtle: Path) -> None:
    assert run(loaded, "load", "--if-new", marc, turtle).output == "Nothing new; release 1 stays.\n"
    marc.write_bytes(record("3", "Baru").as_marc())
    assert "Release 2" in run(loaded, "load", "--if-new", marc, turtle).output


def test_load_as_json(data: Path, marc: Path) -> None:
    result = json.loads(run(data, "load", "--json", "--source", "kota", marc).output)
    assert result["release"] == 1
    assert result["sources"]["kota"]["read"] == 2
    assert result["statements"]["all"] == result["statements"]["more"] > 0


def test_one_bad_file_does_not_stop_the_others(data: Path, marc: Path, tmp_path: Path) -> None:
    bad = tmp_path / "rusak.ttl"
    bad.write_text("<a> <b> .")
    output = run(data, "load", bad, marc).output
    assert "rusak.ttl is not valid RDF" in output
    assert "Release 1 is published." in output
    assert "Nothing is published." in run(tmp_path / "other", "load", bad, status=1).output


def test_two_things_cannot_be_one_source(loaded: Path, marc: Path, turtle: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = turtle.rename(tmp_path / "other" / "katalog.ttl")
    assert "is something else already" in run(loaded, "load", other, status=1).output
    same = tmp_path / "direktori.nt"
    same.write_text("<urn:a> <urn:b> <urn:c> .")
    again = turtle.with_name("direktori.ttl")
    again.write_text(TURTLE)
    assert "is something else already" in run(loaded, "load", same, again).output
    assert "Release 3" in run(loaded, "load", "--source", "lain", other).output


def test_withdraw_and_its_error(loaded: Path) -> None:
    assert "Release 2" in run(loaded, "withdraw", "katalog").output
    assert "There are: direktori" in run(loaded, "withdraw", "katalog", status=1).output


def test_rebuild_gives_the_same_graph(loaded: Path) -> None:
    before = stand_in.graph(loaded)
    assert "Release 2" in run(loaded, "rebuild").output
    assert stand_in.graph(loaded) == before


def test_changed_rules_rebuild_by_themselves(loaded: Path, marc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stand_in.graph(loaded)
    monkeypatch.setattr(pipeline, "rules_version", lambda: "another")
    assert "Release 2" in run(loaded, "load", marc).output
    assert stand_in.graph(loaded) == before
    assert "Nothing new" in run(loaded, "load", marc).output


def test_releases_and_diff(loaded: Path, marc: Path) -> None:
    marc.write_bytes(record("2", "Rumah kaca").as_marc())
    run(loaded, "load", marc)
    assert "katalog" in run(loaded, "releases").output
    assert [r["number"] for r in json.loads(run(loaded, "releases", "--json").output)] == [1, 2]
    assert "sources changed: katalog" in run(loaded, "diff", "1", "2").output
    patch = run(loaded, "diff", "1", "2", "--format", "patch").output.splitlines()
    assert patch
    assert all(line.startswith("D <") for line in patch)
    assert {line.replace("D ", "A ", 1) for line in patch} == set(
        run(loaded, "diff", "2", "1", "--format", "patch").output.splitlines()
    )
    assert json.loads(run(loaded, "diff", "1", "2", "--format", "json").output)["to"] == 2
    assert "There is no release 9" in run(loaded, "diff", "1", "9", status=1).output


def test_export_marc_gives_the_records_back(loaded: Path, marc: Path, tmp_path: Path) -> None:
    run(loaded, "export", "MARC", "-o", tmp_path / "out.mrc")
    assert (tmp_path / "out.mrc").read_bytes() == marc.read_bytes()
    run(loaded, "export", "marc", "--source", "katalog", "-o", tmp_path / "out.xml.gz")
    with gzip.open(tmp_path / "out.xml.gz") as file:
        assert len(pymarc.parse_xml_to_array(file)) == 2
    kept = (tmp_path / "out.mrc").read_bytes()
    refused = run(loaded, "export", "MARC", "--source", "x", "-o", tmp_path / "out.mrc", status=1)
    assert "no source 'x'" in refused.output
    assert (tmp_path / "out.mrc").read_bytes() == kept
    assert not list(tmp_path.glob("*.part"))


def test_export_rdf(loaded: Path, tmp_path: Path) -> None:
    lines = run(loaded, "export", "RDF").output.splitlines()
    assert len(lines) == Releases(loaded).current().manifest["counts"]["statements"]
    run(loaded, "export", "RDF", "-o", tmp_path / "all.nq")
    assert f"<{BASE}/graph/direktori> ." in (tmp_path / "all.nq").read_text()
    one = run(loaded, "export", "RDF", "--source", "direktori").output
    assert len(one.splitlines()) == 4
    assert "_:" not in one


def test_a_refused_sheet_names_the_rows_to_correct(loaded: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "kemitraan.csv"
    sheet.write_text("id,nama,bentuk\nK1,Kerja sama,pinjam antarperpustakaan\n", "utf-8")
    said = run(loaded, "load", sheet, status=1).output
    assert f"{sheet} record 2, kemitraan" in said


def test_what_cannot_be_written_or_read_is_said_in_a_line(loaded: Path, tmp_path: Path) -> None:
    (tmp_path / "ask.rq").mkdir()
    wrong = [("query", tmp_path / "none.rq"), ("query", tmp_path / "ask.rq")]
    wrong += [("export", "RDF", "-o", tmp_path / "all.doc"), ("export", "MARC", "-o", tmp_path / "no" / "x.mrc")]
    for arguments in wrong:
        result = run(loaded, *arguments, status=1)
        assert result.output.startswith("Error: ")
        assert str(tmp_path) in result.output


def test_backup_is_a_data_directory(loaded: Path, marc: Path, tmp_path: Path) -> None:
    store = Releases(loaded).current().store
    copy = tmp_path / "copy"
    run(loaded, "backup", copy)
    assert stand_in.graph(copy) == stand_in.graph(loaded)
    assert Archive.open(copy).record(f"{BASE}/id/instance/katalog-2").id == "2"
    assert store.ask("ASK { ?s ?p ?o }")
    run(copy, "check")
    assert "Release 2" in run(copy, "withdraw", "katalog").output
    assert "not empty" in run(loaded, "backup", copy, status=1).output


def test_check_finds_what_is_wrong(loaded: Path) -> None:
    assert "BAD" not in run(loaded, "check").output
    store = pipeline.Releases(loaded).current().path / "store"
    stand_in.ox.Store(str(store)).update("DELETE WHERE { ?s <urn:title> ?o }")
    found = {entry["name"]: entry["sound"] for entry in json.loads(run(loaded, "check", "--json", status=1).output)}
    assert not found["store"]
    assert not found["records"]
    assert found["archive"]


def test_check_of_a_damaged_archive_says_so(loaded: Path) -> None:
    with sqlite3.connect(loaded / "archive.sqlite") as connection:
        connection.execute("UPDATE record SET content = x'00ff'")
    said = run(loaded, "check", status=1).output
    assert "BAD  records: this cannot be read" in said
    assert "network:" in said


def test_corrected_sheets_take_the_place_of_the_files_they_came_from(tmp_path: Path, data: Path) -> None:
    first, second = tmp_path / "perpustakaan.csv", tmp_path / "petugas.csv"
    first.write_text("id,nama,jenis\nkota,Perpustakaan Kota,perpustakaan umum\n", encoding="utf-8")
    second.write_text("id,perpustakaan,jabatan\np1,kota,penanggung jawab kerja sama\n", encoding="utf-8")
    run(data, "load", first, second)
    run(data, "export-sheets", tmp_path / "out", "--format", "xlsx")
    (book,) = (tmp_path / "out").iterdir()
    corrected = book.rename(tmp_path / "koreksi.xlsx")
    workbook = load_workbook(corrected)
    workbook["perpustakaan"]["B2"] = "Perpustakaan Kota Ambon"
    workbook.save(corrected)
    assert "with --replacing perpustakaan." in run(data, "load", corrected).output
    run(data, "load", corrected, "--replacing", "perpustakaan", "--replacing", "petugas")
    names = Releases(data).current().store.select(f"SELECT ?n {{ <{BASE}/id/kota> <https://schema.org/name> ?n }}")
    assert [row["n"].value for row in names] == ["Perpustakaan Kota Ambon"]
    assert [one.id for one in Archive.open(data).sources()] == ["koreksi"]


def test_sources_stay_when_rows_of_what_is_to_replace_them_are_refused(tmp_path: Path, data: Path) -> None:
    first, second = tmp_path / "perpustakaan.csv", tmp_path / "baru" / "perpustakaan.csv"
    first.write_text("id,nama,jenis\nkota,Perpustakaan Kota,perpustakaan umum\n", encoding="utf-8")
    second.parent.mkdir()
    second.write_text(
        "id,nama,jenis\nkota,Perpustakaan Kota,rumah sakit\nwana,Wana,perpustakaan umum\n", encoding="utf-8"
    )
    run(data, "load", first)
    output = run(data, "load", second, "--source", "koreksi", "--replacing", "perpustakaan", status=1).output
    assert "rumah sakit" in output
    assert "No source was replaced" in output
    assert [one.id for one in Archive.open(data).sources()] == ["perpustakaan"]


def test_sources_stay_when_the_files_for_them_cannot_be_used(loaded: Path, data: Path, tmp_path: Path) -> None:
    broken = tmp_path / "baru.ttl"
    broken.write_text("<urn:a> <urn:b>", encoding="utf-8")
    output = run(data, "load", broken, "--replacing", "direktori", status=1).output
    assert "No source was replaced" in output
    assert "no source 'x'" in run(data, "load", broken, "--replacing", "x", status=1).output
    assert Releases(data).current_number() == 1


def test_check_before_any_load(data: Path) -> None:
    data.mkdir()
    assert "no release" in run(data, "check", status=1).output


def test_report_of_a_load(loaded: Path) -> None:
    assert "katalog: read 2" in run(loaded, "report").output
    assert json.loads(run(loaded, "report", "--json", "--release", "1").output)["release"] == 1


def test_init_once(data: Path) -> None:
    assert "is ready" in CliRunner().invoke(main, ["init", str(data)]).output
    assert "base_iri:" in (data / "jejaring.yaml").read_text()
    assert "exists already" in CliRunner().invoke(main, ["init", str(data)]).output


def test_a_second_writer_is_told_to_wait(loaded: Path, marc: Path) -> None:
    lock = Lock(loaded)
    assert "is changing" in run(loaded, "withdraw", "katalog", status=1).output
    lock.free()


def test_a_path_that_is_not_there(data: Path) -> None:
    assert "There is no file or folder" in run(data, "load", "nothing.mrc", status=1).output


def test_a_file_of_the_ontology_that_is_wrong_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DeclarationError("words.yaml: 'Von' is not folded")

    monkeypatch.setattr(main.get_command(click.Context(main), "settings"), "callback", refuse)
    result = CliRunner().invoke(main, ["--data", str(tmp_path), "settings"])
    assert result.exit_code == 1
    assert result.output == "Error: words.yaml: 'Von' is not folded\n"
