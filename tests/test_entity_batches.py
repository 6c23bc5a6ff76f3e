import pyoxigraph as ox

from graph.entity_batches import once, pairs_of, values_of
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
    pairs = list(pairs_of(store, STEPS))
    assert sorted(pairs) == sorted((one, value) for one, values in by_entity.items() for value in values)


def test_each_pair_comes_once_and_blank_nodes_do_not() -> None:
    pairs = list(pairs_of(a_store(), STEPS))
    assert len(pairs) == len(set(pairs)) == 5
    assert {one for one, _ in pairs} == {"https://x.example/w1", "https://x.example/w2"}
