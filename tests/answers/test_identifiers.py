"""What a title, a name or a number means, and what is said when it means several things."""

import pyoxigraph as ox
import pytest

from graph.errors import NotFound, QueryError
from graph.identifiers import identified
from graph.names import SPARQL_PREFIXES
from graph.queries import prepared
from graph.store import LocalStore

BASE = "https://data.test"


@pytest.fixture(scope="module")
def store() -> LocalStore:
    store = ox.Store()
    said = """<i/w1> a bf:Work ; bf:title <i/t1> . <i/t1> bf:mainTitle "Laporan tahunan" .
    <i/w2> a bf:Work ; bf:title <i/t2> . <i/t2> bf:mainTitle "Laporan tahunan" .
    <i/w3> a bf:Work ; bf:title <i/t3> . <i/t3> bf:mainTitle "Jawa: sejarah"@id .
    <i/n3> bf:instanceOf <i/w3> ; bf:title <i/t4> . <i/t4> bf:mainTitle "Jawa kuno" .
    <i/old> bf:title <i/t3> ; dct:isReplacedBy <i/w3> .
    <i/a> a org:Organization ; rdfs:label "Perpustakaan Anggrek" ; jp:isil "ID-1" ; jp:localCode "ANG" .
    <i/b> a org:Organization ; rdfs:label "Perpustakaan Bakung"@id ; jp:localCode "X" .
    <i/c> a org:Organization ; rdfs:label "Perpustakaan Cempaka"@id ; jp:localCode "X" ."""
    turtle = SPARQL_PREFIXES + said.replace("<i/", f"<{BASE}/id/")
    store.load(turtle.encode(), ox.RdfFormat.TURTLE)
    return LocalStore(store)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("w1", "w1"),
        ("Jawa: sejarah", "w3"),
        ("jawa kuno", "w3"),
        ("perpustakaan anggrek", "a"),
        ("Perpustakaan Bakung", "b"),
        ("ID-1", "a"),
        ("code:ANG", "a"),
    ],
)
def test_one_thing_is_found_by_what_it_is_called(store: LocalStore, text: str, expected: str) -> None:
    assert identified(store, BASE, text) == f"{BASE}/id/{expected}"


@pytest.mark.parametrize(("text", "candidates"), [("Laporan tahunan", ("w1", "w2")), ("X", ("b", "c"))])
def test_what_means_several_things_is_refused_with_their_ids(
    store: LocalStore, text: str, candidates: tuple[str, ...]
) -> None:
    with pytest.raises(NotFound) as told:
        identified(store, BASE, text)
    assert all(f"{one} (" in told.value.message for one in candidates)
    with pytest.raises(QueryError, match="names 2 things"):
        prepared(store, "cq01", {"work": text, "me": "a"}, BASE)


def test_an_id_that_nobody_has_stands_for_itself(store: LocalStore) -> None:
    question = prepared(store, "cq01", {"work": "gone", "me": "ID-1"}, BASE)
    assert question.given["work"] == f"{BASE}/id/gone"
    assert question.given["me"] == f"{BASE}/id/a"
