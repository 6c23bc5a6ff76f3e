"""The checks themselves find what is wrong, so that their silence means something."""

import pytest

from ingest.convert import Converter
from ingest.convert.edtf import edtf_date, interval, year
from ingest.coverage import rulings
from ingest.source import Source
from tests.convert.marc import record
from tests.convert.survival import Statements, Survival
from tests.convert.validity import faults

SUBJECT = "<https://kb.example/a> <https://kb.example/b> "


@pytest.mark.parametrize(
    ("end", "wrong"),
    [
        ('"laut" .', ""),
        ('"laut"@id .', ""),
        ('"海"@zh-hani .', ""),
        ('"بحر"@und-arab .', ""),
        ('"1980/.."^^<http://id.loc.gov/datatypes/edtf> .', ""),
        ('"19XX/.."^^<http://id.loc.gov/datatypes/edtf> .', ""),
        ('"laut"@xqz-Laut .', "ill-formed"),
        ('"2013/2012"^^<http://id.loc.gov/datatypes/edtf> .', "ill-formed"),
        ('"2012-02-31"^^<http://www.w3.org/2001/XMLSchema#date> .', "ill-formed"),
        ("<http://a b> .", "refused"),
        ("_:x .", "blank node"),
    ],
)
def test_faults_are_found(end: str, wrong: str) -> None:
    found = list(faults([SUBJECT + '"first" .', SUBJECT + end]))
    assert [fault.partition(":")[0] for fault in found] == ([wrong] if wrong else [])


def test_what_is_missing_is_told() -> None:
    said = record("=245  10$aBumi manusia\n=336  \\\\$atext$2rdacontent\n=035  \\\\$a(OCoLC)123")
    conversion = Converter("https://kb.example", Source("t")).convert(said)
    for value in ("Bumi manusia /", "text", "rdacontent", "(OCoLC)123"):
        assert Statements(conversion).hold(value)
    survival = Survival()
    survival.add(record("=245  10$aBumi manusia$bJejak\n=500  \\\\$6880-01"), conversion, rulings(), "1")
    assert (survival.counted, survival.ignored, dict(survival.lost)) == (2, 1, {"245b": 1})
    assert survival.examples == {"245b": ["1: Jejak"]}


def test_an_end_before_the_beginning_makes_no_interval() -> None:
    assert interval("2013", "2012") == "2013"
    assert interval("19XX", "1952") == "19XX/1952"
    assert interval("200X", "199X") == "200X"
    assert edtf_date("2001-1999") == ""
    assert edtf_date("1999-2001") == "1999/2001"


def test_years_whose_last_digits_nobody_knows() -> None:
    assert [year(text) for text in ("19uu", "19--", "197?", "19##")] == ["19XX", "19XX", "197X", "19XX"]
    assert [year(text) for text in ("----", "19-7", "u999", "    ")] == ["", "", "", ""]
