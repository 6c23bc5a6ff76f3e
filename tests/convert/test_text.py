"""Ways that were shortened for speed give what the long ones give."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from graph.names import digest, entity, slug
from ingest.convert.headings import normal
from ingest.convert.labels import labelled
from ingest.convert.text import MARKS, clean, cleaned

TEXTS = st.text(st.one_of(st.characters(max_codepoint=127), st.characters()), max_size=30)
MEDIA = "<x> <http://id.loc.gov/ontologies/bibframe/media> <http://id.loc.gov/vocabulary/mediaTypes/n> ."
UNMEDIATED = (
    '<http://id.loc.gov/vocabulary/mediaTypes/n> <http://www.w3.org/2000/01/rdf-schema#label> "unmediated" .'
)


@given(st.lists(st.tuples(st.sampled_from("abc"), TEXTS), max_size=4))
def test_a_field_is_cleaned_as_its_values_are(pairs: list[tuple[str, str]]) -> None:
    said = [(code, clean(value)) for code, value in pairs]
    assert cleaned(pairs) == [(code, text) for code, text in said if text not in MARKS]


def test_cleaning_escapes_and_joins() -> None:
    given = [("a", ' 12" disc\t'), ("b", "e\u0301t\u00e9"), ("c", ""), ("d", "a\\b\ufffe")]
    assert cleaned(given) == [("a", '12\\" disc'), ("b", "été"), ("d", "a\\\\b\ufffd")]


@given(TEXTS)
def test_headings_in_ascii_compare_as_all_do(text: str) -> None:
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    assert normal(text) == re.sub(r"[^\w]+", " ", plain).strip()


def test_labels_of_the_terms_that_lines_point_to_come_after_them_each_once() -> None:
    other = '<x> <y> "<http://id.loc.gov/vocabulary/mediaTypes/n> ." .'
    assert labelled([other, MEDIA, "<a> <b> <c> .", MEDIA, UNMEDIATED, other]) == [
        other,
        MEDIA,
        "<a> <b> <c> .",
        UNMEDIATED,
    ]


def test_names_stay_as_they_were_published() -> None:
    assert digest("Pulang", "x") == "ek6stznxfh8tvxmz"
    assert entity("https://x", "item", "k-1", "a b/é~") == "https://x/id/item/k-1/a%20b%2F%C3%A9~"
    assert slug("e\u0301") == slug("é") == "%C3%A9"


def test_marks_around_an_article_that_is_not_sorted_leave_no_gap() -> None:
    assert clean("\x98Das\x9c Gedächtnis") == clean("\x88Das\x89 Gedächtnis") == "Das Gedächtnis"


def test_a_value_that_was_broken_into_lines_is_one_line_again() -> None:
    assert clean('Sejarah\n        kota "lama" /\n   ') == 'Sejarah kota \\"lama\\" /'
