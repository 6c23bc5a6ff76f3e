import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.authority_numbers import checked, contradictions, link

WRITTEN = [
    ("(DE-588)118540238", "", "https://d-nb.info/gnd/118540238"),
    ("(uri) http://d-nb.info/gnd/118540238", "", "https://d-nb.info/gnd/118540238"),
    ("(uri)https://lobid.org/gnd/4005728-8.json", "", "https://d-nb.info/gnd/4005728-8"),
    ("118540238", "gnd", "https://d-nb.info/gnd/118540238"),
    ("sh 85044129", "", "http://id.loc.gov/authorities/subjects/sh85044129"),
    ("(DLC)n  79021164", "", "http://id.loc.gov/authorities/names/n79021164"),
    ("http://id.loc.gov/authorities/names/n79021164.html", "", "http://id.loc.gov/authorities/names/n79021164"),
    ("(OCoLC)fst00912735", "", "http://id.worldcat.org/fast/912735"),
    ("912735", "fast", "http://id.worldcat.org/fast/912735"),
    ("0000 0001 2103 2683", "isni", "https://isni.org/isni/0000000121032683"),
    ("https://orcid.org/0000-0002-1825-0097", "", "https://orcid.org/0000-0002-1825-0097"),
    ("0000000218250097", "orcid", "https://orcid.org/0000-0002-1825-0097"),
    ("https://www.wikidata.org/wiki/Q42", "", "http://www.wikidata.org/entity/Q42"),
    ("http://viaf.org/viaf//95681400/", "", "http://viaf.org/viaf/95681400"),
    ("http://www.geonames.org/1642911/jakarta.html", "", "https://sws.geonames.org/1642911/"),
    ("(IDREF)027038394", "", "https://www.idref.fr/027038394/id"),
    ("(RERO)vtls000000001", "", "http://data.rero.ch/02-000000001"),
    ("aut", "marcrelator", "http://id.loc.gov/vocabulary/relators/aut"),
]


@pytest.mark.parametrize(("raw", "scheme", "iri"), WRITTEN)
def test_numbers_become_the_iri_of_their_list(raw, scheme, iri):
    found = link(raw, scheme)
    assert found is not None
    assert (found.iri, found.sound) == (iri, True)


@pytest.mark.parametrize("raw", ["(DE-627)123456789", "118540238", "", "(uri)", "http://example.org/n7902", "Qx"])
def test_what_no_list_is_known_for_stays_unlinked(raw):
    assert link(raw) is None


@pytest.mark.parametrize(
    ("number", "check"), [("118540239", "gnd"), ("4005728-7", "gnd"), ("0000000121032684", "isni")]
)
def test_a_wrong_last_digit_is_seen(number, check):
    assert not checked(number, check)


def test_two_numbers_of_one_list_contradict_and_two_writings_do_not():
    goethe, same = link("(DE-588)118540238"), link("http://d-nb.info/gnd/118540238")
    other, viaf = link("(DE-588)118607626"), link("(viaf)24602065")
    assert goethe
    assert same
    assert other
    assert viaf
    assert list(contradictions([goethe, same, viaf])) == []
    assert list(contradictions([goethe, other, viaf])) == [(goethe, other)]


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(["", "gnd", "isni", "fast", "lcsh"]))
def test_no_text_is_too_odd_and_an_iri_means_itself(raw, scheme):
    found = link(raw, scheme)
    if found is not None:
        again = link(found.iri)
        assert again is not None
        assert again.iri == found.iri
