"""Labels: the best one in the reader's language, the same from an embedded store and by query."""

from hypothesis import given
from hypothesis import strategies as st

from graph.labels import _asked, labels
from graph.store import LocalStore

PLACES = ("skos/core#prefLabel", "rdf-schema#label", "schema.org/name", "dc/terms/title")
IRIS = {
    "skos/core#prefLabel": "http://www.w3.org/2004/02/skos/core#prefLabel",
    "rdf-schema#label": "http://www.w3.org/2000/01/rdf-schema#label",
    "schema.org/name": "https://schema.org/name",
    "dc/terms/title": "http://purl.org/dc/terms/title",
}
said = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(PLACES), st.sampled_from(["x", "y", "z"]),
              st.sampled_from(["", "@id", "@en", "@de"])), max_size=12,
)  # fmt: skip


def stored(statements):
    store = LocalStore.in_memory()
    store.load_lines(
        f'<http://x/{one}> <{IRIS[place]}> "{text}"{language} .' for one, place, text, language in statements
    )
    return store


@given(said, st.sampled_from(["id", "en"]))
def test_both_ways_of_reading_agree(statements, language):
    store, iris = stored(statements), [f"http://x/{one}" for one in "abcd"]
    assert labels(store, iris, language) == _asked(store, iris, language)


def test_the_readers_language_goes_before_the_better_place():
    store = stored([("a", PLACES[0], "x", "@en"), ("a", PLACES[1], "y", "@id"), ("b", PLACES[1], "z", "@de")])
    found = labels(store, ["http://x/a", "http://x/b", "http://x/c"], "id")
    assert found == {"http://x/a": "y", "http://x/b": "z"}


def test_a_title_is_a_label():
    store = LocalStore.in_memory()
    bf = "http://id.loc.gov/ontologies/bibframe/"
    store.load_lines([f"<http://x/w> <{bf}title> <http://x/w#t> .", f'<http://x/w#t> <{bf}mainTitle> "Bumi" .'])
    assert labels(store, ["http://x/w"]) == {"http://x/w": "Bumi"}


def test_marks_around_what_does_not_sort_are_not_shown():
    store = LocalStore.in_memory()
    store.load_lines(
        [
            f'<http://x/{one}> <{IRIS[PLACES[1]]}> "{text}" .'
            for one, text in (("a", "<<Der>> Wal"), ("b", "1 << 2"))
        ]
    )
    both = {"http://x/a": "Der Wal", "http://x/b": "1 << 2"}
    assert labels(store, list(both)) == _asked(store, list(both), "id") == both


def test_a_name_is_shown_rather_than_the_code_the_iri_ends_in():
    store = LocalStore.in_memory()
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    iri = "http://x/unknown-holder/49HBZ_DUE"
    store.load_lines(f'<{iri}> <{label}> "{text}" .' for text in ("49HBZ_DUE", "Universität Düsseldorf"))
    assert labels(store, [iri], "en") == _asked(store, [iri], "en") == {iri: "Universität Düsseldorf"}
