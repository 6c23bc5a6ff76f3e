"""The verbs from end to end: a catalogue, an authority file, links and a queue."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pymarc import Field, Record, Subfield

from web.cli import main

SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://x/1> skos:prefLabel "Kopi"@id .
<http://x/2> skos:prefLabel "Kebun kopi"@id ; skos:altLabel "Perkebunan kopi" .
""" + "\n".join(
    f'<http://x/9{at}> skos:prefLabel "Tanaman {at} {"abcdefghij"[at % 10] * 5}"@id .' for at in range(40)
)


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *words], catch_exceptions=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    record = Record(leader="00000nam a2200000 a 4500")
    record.add_field(Field("001", data="7"))
    for tag, text in (
        ("100", "$aSutarno, Mira$0(DE-588)118540238$0(DE-588)118607626"),
        ("245", "$aKebun$cMira Sutarno"),
        ("650", "$aPerkebunan kopi"),
        ("650", "$aKopi$zJawa"),
    ):
        parts = [Subfield(part[0], part[1:]) for part in text.split("$")[1:]]
        record.add_field(Field(tag, ["1" if tag == "100" else " ", "4" if tag == "650" else "0"], parts))
    (tmp_path / "kota.mrc").write_bytes(record.as_marc())
    (tmp_path / "tanaman.ttl").write_text(SKOS)
    folder = tmp_path / "data"
    assert run(folder, "load", str(tmp_path / "kota.mrc")).exit_code == 0
    return folder


def load(data: Path) -> Result:
    file = data.parent / "tanaman.ttl"
    return run(
        data, "authorities", "load", str(file), "--licence", "CC0-1.0", "--release", "2024", "--kind", "topic"
    )


def test_matching_without_an_authority_file_says_so(data):
    for words in (["match"], ["match", "--dry-run"]):
        said = run(data, *words).stderr
        assert "No authority file is loaded" in said
        assert "jejaring authorities load" in said
        assert "docs/authorities.md" in said
    load(data)
    assert "No authority file" not in run(data, "match", "--kind", "topic").output


def test_a_file_is_loaded_listed_and_removed(data):
    assert "42 entries with 43 names" in load(data).output
    (one,) = json.loads(run(data, "authorities", "list", "--json").output)
    assert (one["name"], one["licence"], one["release"]) == ("tanaman", "CC0-1.0", "2024")
    assert "removed" in run(data, "authorities", "remove", "tanaman").output
    assert json.loads(run(data, "authorities", "list", "--json").output) == []


def test_contradictory_links_of_records_are_listed(data):
    (one,) = json.loads(run(data, "authorities", "check", "--json").output)
    assert (one["kind"], one["label"]) == ("two-numbers", "Sutarno, Mira")


def test_matching_links_what_is_the_same_and_queues_the_rest(data):
    load(data)
    dry = run(data, "match", "--kind", "topic", "--dry-run").output
    verdicts = {line.split("\t")[2]: line.split("\t")[0] for line in dry.splitlines() if line}
    assert verdicts["Kopi"] == "same"
    assert verdicts["Perkebunan kopi"] == "maybe", "the name agrees with another one than the preferred"
    assert "1 linked, 0 stood" in run(data, "match", "--kind", "topic").output
    assert "0 linked, 1 stood" in run(data, "match", "--kind", "topic").output


def test_doubtful_links_of_records_wait_for_a_person(data):
    sheet = data.parent / "antrean.csv"
    said = run(data, "match", "--kind", "person", "--sheet", str(sheet)).output
    assert "0 linked" in said
    assert "2 wait" in said
    assert "https://d-nb.info/gnd/118607626" in sheet.read_text(encoding="utf-8-sig")


def test_a_table_is_matched_without_deciding(data):
    load(data)
    table = data.parent / "t.csv"
    table.write_text("no,heading,kind\n1,Perkebunan kopi,topic\n2,Xylofon,topic\n")
    found = list(csv.DictReader(io.StringIO(run(data, "match", str(table)).output)))
    assert [(row["no"], row["target"], row["verdict"]) for row in found] == [
        ("1", "http://x/2", "maybe"),
        ("1", "http://x/1", "maybe"),
        ("2", "", ""),
    ]
    assert not (data / "decisions.sqlite").exists()


def test_a_table_without_headings_or_an_authority_file_is_refused(data):
    table = data.parent / "t.csv"
    table.write_text("nama\nx\n")
    assert run(data, "match", str(table)).exit_code == 1
    load(data)
    assert "no column heading" in run(data, "match", str(table)).output


def test_the_load_report_names_contradictory_links(data):
    said = run(data, "report").output
    assert "has 2 numbers of gnd" in said
    assert "118607626" in said
