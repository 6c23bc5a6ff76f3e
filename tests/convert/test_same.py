"""One authority has one IRI, however a record writes its number."""

import pytest

from ingest.convert.authorities import as_iri
from tests.convert.saying import said

GND = "https://d-nb.info/gnd/4146609-3"


@pytest.mark.parametrize(
    ("raw", "scheme", "iri"),
    [
        ("(DE-588)4146609-3", "", GND),
        ("http://d-nb.info/gnd/4146609-3", "", GND),
        ("https://d-nb.info/gnd/4146609-3/", "", GND),
        ("d-nb.info/gnd/4146609-3", "", GND),
        ("4146609-3", "gnd-content", GND),
        ("https://www.viaf.org/viaf/1234/#Contoh", "", "http://viaf.org/viaf/1234"),
        (
            "https://id.loc.gov/authorities/names/n79021164.html",
            "",
            "http://id.loc.gov/authorities/names/n79021164",
        ),
        ("(uri)https://www.wikidata.org/wiki/Q42", "", "http://www.wikidata.org/entity/Q42"),
        ("https://orang.example/1", "", "https://orang.example/1"),
        ("(DLC)n 79021164", "", ""),
        ("n 79021164", "", ""),
    ],
)
def test_spellings_of_a_number_are_one_iri(raw: str, scheme: str, iri: str) -> None:
    assert as_iri(raw, scheme) == iri


@pytest.mark.parametrize("raw", ["(DE-588)4146609-3", "http://d-nb.info/gnd/4146609-3", "4146609-3"])
def test_what_a_heading_is_the_same_as_is_told_by_that_iri(raw: str) -> None:
    found = said(f"=655  \\7$aBriefsammlung$0{raw}$2gnd-content")
    assert f"Work bf:genreForm/[bf:GenreForm+madsrdf:GenreForm]/owl:sameAs {GND}" in {
        line.replace("<", "").replace(">", "") for line in found
    }
