"""Exported records carry the links of the graph in $0 and $1, and nothing else changes."""

import gzip
from copy import deepcopy
from pathlib import Path

import pymarc
import pytest
from click.testing import CliRunner

from ingest.enrichment import headings
from tests.convert.marc import record
from web.cli import main

BASE = "https://data.test"
RECORDS = [
    r"""
    =001  1
    =100  1\$aRahmat, Dewi,$d1931-1999,$eauthor.
    =245  10$aKebun pala.
    =600  10$aSantoso, Budi.$tCatatan laut.
    =650  \0$aNutmeg.
    =650  \7$aPala$2fast
    =650  \4$aMuskat
    =700  1\$aSantoso, Budi.$tCatatan laut.
    =700  1\$aSantoso, Budi.$4trl$5ID-X
    """,
    r"""
    =001  2
    =100  1\$aRahmat, Dewi,$d1931-1999.
    =245  10$aTanpa apa-apa.
    =700  1\$aWinarno.$0(DE-588)118540238
    """,
    r"""
    =001  3
    =245  00$aBukan siapa-siapa.
    """,
]
LINKS = {
    "Rahmat, Dewi, 1931-1999": ["https://d-nb.info/gnd/118540238", "http://www.wikidata.org/entity/Q1"],
    "Santoso, Budi": ["http://viaf.org/viaf/2", "http://viaf.org/viaf/3", "https://orcid.org/0000-0002-1825-0097"],
    "Nutmeg": ["http://id.loc.gov/authorities/subjects/sh85093302", "http://id.worldcat.org/fast/1040895"],
    "Pala": ["http://id.loc.gov/authorities/subjects/sh85093302", "http://id.worldcat.org/fast/1040895"],
    "Muskat": ["https://d-nb.info/gnd/4170816-9"],
    "Winarno": ["https://d-nb.info/gnd/118540238", "https://d-nb.info/gnd/1057152990", "https://isni.org/isni/0000000121032683"],
}  # fmt: skip


def run(data: Path, *words: object) -> str:
    result = CliRunner().invoke(main, ["--data", str(data), "--base", BASE, *map(str, words)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("enrichment")
    made = [record(text) for text in RECORDS]
    (folder / "katalog.mrc").write_bytes(b"".join(one.as_marc() for one in made))
    entities = {_text(field): entity for one in made for field, entity in headings(one, BASE, "katalog")}
    lines = [
        f"<{entities[name]}> <http://www.w3.org/2002/07/owl#sameAs> <{same}> ."
        for name, many in LINKS.items()
        for same in many
    ]
    lines += [
        f"<{entities['Winarno']}> <http://purl.org/dc/terms/isReplacedBy> <{BASE}/id/agent/other> .",
        f"<{BASE}/id/agent/other> <http://www.w3.org/2002/07/owl#sameAs> <http://viaf.org/viaf/9> .",
        f"<{BASE}/id/agent/other> <http://www.w3.org/2002/07/owl#sameAs> <{entities['Winarno']}> .",
    ]
    (folder / "tautan.nt").write_text("\n".join(lines), encoding="utf-8")
    run(folder / "data", "load", folder / "katalog.mrc", folder / "tautan.nt")
    return folder / "data"


def _text(field: pymarc.Field) -> str:
    return " ".join(field.get_subfields("a", "d", "t")).strip(" .,")


@pytest.fixture(scope="module")
def enriched(data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pymarc.Record]:
    out = tmp_path_factory.mktemp("out") / "out.mrc"
    assert "links added to 2 records" in run(data, "export", "MARC", "--with-links", "-o", out)
    with out.open("rb") as file:
        return {one["001"].data: one for one in pymarc.MARCReader(file)}


def numbers(field: pymarc.Field) -> list[tuple[str, str]]:
    return [(one.code, one.value) for one in field.subfields if one.code in "01"]


def test_names_get_their_links(enriched: dict[str, pymarc.Record]) -> None:
    expected = [("0", "https://d-nb.info/gnd/118540238"), ("1", "http://www.wikidata.org/entity/Q1")]
    for number in ("1", "2"):
        assert sorted(numbers(enriched[number]["100"])) == expected


def test_subjects_get_numbers_of_their_own_list(enriched: dict[str, pymarc.Record]) -> None:
    found = {field["a"].strip("."): numbers(field) for field in enriched["1"].get_fields("650")}
    assert found == {
        "Nutmeg": [("0", "http://id.loc.gov/authorities/subjects/sh85093302")],
        "Pala": [("0", "http://id.worldcat.org/fast/1040895")],
        "Muskat": [("0", "https://d-nb.info/gnd/4170816-9")],
    }


def test_a_name_with_a_title_is_left_alone(enriched: dict[str, pymarc.Record]) -> None:
    assert [numbers(field) for field in enriched["1"].get_fields("600", "700") if field.get("t")] == [[], []]


def test_of_two_numbers_of_a_list_none_is_taken(enriched: dict[str, pymarc.Record]) -> None:
    plain = next(field for field in enriched["1"].get_fields("700") if not field.get("t"))
    assert numbers(plain) == [("1", "https://orcid.org/0000-0002-1825-0097")]


def test_what_is_there_is_neither_repeated_nor_contradicted(enriched: dict[str, pymarc.Record]) -> None:
    found = numbers(enriched["2"]["700"])
    assert found[0] == ("0", "(DE-588)118540238")
    assert ("1", "https://isni.org/isni/0000000121032683") in found
    assert not any("1057152990" in value for _, value in found)


def test_links_of_what_took_an_entity_s_place_are_taken(enriched: dict[str, pymarc.Record]) -> None:
    assert ("1", "http://viaf.org/viaf/9") in numbers(enriched["2"]["700"])


def test_nothing_else_changes(data: Path, enriched: dict[str, pymarc.Record], tmp_path: Path) -> None:
    run(data, "export", "MARC", "-o", tmp_path / "plain.mrc")
    with (tmp_path / "plain.mrc").open("rb") as file:
        plain = {one["001"].data: one for one in pymarc.MARCReader(file)}
    for number, one in deepcopy(enriched).items():
        for field in one.fields:
            if not field.control_field:
                before = [] if number != "2" else ["(DE-588)118540238"]
                field.subfields = [sub for sub in field.subfields if sub.code not in "01" or sub.value in before]
        assert [str(field) for field in one.fields] == [str(field) for field in plain[number].fields]


def test_marcxml(data: Path, tmp_path: Path) -> None:
    run(data, "export", "MARC", "--with-links", "-o", tmp_path / "out.xml.gz")
    with gzip.open(tmp_path / "out.xml.gz") as file:
        records = pymarc.parse_xml_to_array(file)
    assert [one["001"].data for one in records] == ["1", "2", "3"]
    assert "Q1" in str(records[0]["100"])
