import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from graph.entity_batches import AHEAD, once, pairs_of, values_of
from graph.store import LocalStore

DATA = """
@prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://x.example/> .
:w1 a bf:Work ; bf:contribution :c1 , :c2 . :c1 bf:agent :a . :c2 bf:agent :a , :b .
:w2 a bf:Work ; bf:contribution :c3 . :c3 bf:agent :b .
:a rdfs:label "Ani" . :b rdfs:label "Budi" , "Bu Di" .
_:blank bf:contribution :c1 .
"""
PATH = "?one bf:contribution/bf:agent/rdfs:label ?value"
STEPS = once("?one bf:contribution ?part", "?part bf:agent ?agent", "?agent rdfs:label ?value")


def a_store() -> LocalStore:
    store = LocalStore.in_memory()
    store.store.load(DATA.encode(), ox.RdfFormat.TURTLE)
    return store


def test_patterns_read_once_give_what_looking_up_entity_by_entity_gives() -> None:
    store = a_store()
    works = ["https://x.example/w1", "https://x.example/w2"]
    by_entity = values_of(store, works, PATH)
    (pairs,) = map(list, pairs_of(store, [STEPS]))
    assert sorted(pairs) == sorted((one, value) for one, values in by_entity.items() for value in values)


def test_each_pair_comes_once_and_blank_nodes_do_not() -> None:
    (pairs,) = map(list, pairs_of(a_store(), [STEPS]))
    assert len(pairs) == len(set(pairs)) == 5
    assert {one for one, _ in pairs} == {"https://x.example/w1", "https://x.example/w2"}


def test_answers_come_in_the_order_of_the_patterns() -> None:
    patterns = [f'?one a bf:Work BIND ("{n}" AS ?value)' for n in range(3 * AHEAD)]
    found = [{value for _, value in pairs} for pairs in pairs_of(a_store(), patterns)]
    assert found == [{str(n)} for n in range(3 * AHEAD)]


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_text_comes_through_as_it_is(text: str) -> None:
    store = LocalStore.in_memory()
    store.store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal(text)))
    (pairs,) = map(list, pairs_of(store, ["?one <urn:p> ?value"]))
    assert pairs == [("urn:a", text)]


def test_a_long_text_comes_through() -> None:
    store = LocalStore.in_memory()
    store.store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("x" * 300_000)))
    (pairs,) = map(list, pairs_of(store, ["?one <urn:p> ?value"]))
    assert len(pairs[0][1]) == 300_000
