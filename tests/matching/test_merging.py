"""Merges and splits in the graph: asked as one, or as two; undone, what the sources said comes back."""

import pyoxigraph as ox
import pytest

from graph.matching.decisions import Decision
from graph.matching.standing import lines
from graph.merging import merge, predecessors, restore, stated, successor
from graph.names import SPARQL_PREFIXES, source_graph

BASE = "https://x.test"
TURTLE = """
@prefix : <https://x.test/id/agent/> . @prefix w: <https://x.test/id/work/> . @prefix i: <https://x.test/id/instance/> .
@prefix bf: <http://id.loc.gov/ontologies/bibframe/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
:budi a bf:Person ; rdfs:label "Santoso, Budi" ; owl:sameAs <https://d-nb.info/gnd/1> .
:budi1970 a bf:Person ; rdfs:label "Santoso, Budi, 1970-" .
w:1 a bf:Work ; bf:title <https://x.test/id/work/1#title-aa> ; bf:contribution <https://x.test/id/work/1#c> ; bf:hasInstance i:1 .
<https://x.test/id/work/1#title-aa> bf:mainTitle "Laut" .
<https://x.test/id/work/1#c> bf:agent :budi .
w:2 a bf:Work ; bf:title <https://x.test/id/work/2#title-bb> ; bf:contribution <https://x.test/id/work/2#c> ; bf:hasInstance i:2, i:3 .
<https://x.test/id/work/2#title-bb> bf:mainTitle "Lautan" .
<https://x.test/id/work/2#c> bf:agent :budi .
i:1 bf:instanceOf w:1 . i:2 bf:instanceOf w:2 . i:3 bf:instanceOf w:2 .
"""  # noqa: E501


def iri(name: str) -> str:
    return f"{BASE}/id/{name}"


def decide(store: ox.Store, one: str, verdict: str, other: str, *parts: str, label: str = "") -> None:
    made = Decision(iri(one), iri(other), verdict, "siti", "2026-11-23T10:00:00+00:00", target_label=label,
                    parts=tuple(map(iri, parts)))  # fmt: skip
    text = "\n".join(lines([made], BASE, lambda _: True)).encode()
    store.load(text, ox.RdfFormat.N_TRIPLES)
    store.load(text, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(source_graph(BASE, "decisions")))


@pytest.fixture
def store() -> ox.Store:
    made = ox.Store()
    made.load(TURTLE.encode(), ox.RdfFormat.TURTLE)
    return made


def rows(store: ox.Store, query: str) -> set[tuple[str, ...]]:
    found = store.query(SPARQL_PREFIXES + "PREFIX : <https://x.test/id/> " + query)
    assert isinstance(found, ox.QuerySolutions)
    return {tuple(term.value.removeprefix(BASE + "/id/") for term in row) for row in found}


def test_two_agents_are_asked_as_one(store: ox.Store) -> None:
    decide(store, "agent/budi", "same", "agent/budi1970")
    merge(store, BASE)
    assert rows(store, "SELECT ?a { ?a a bf:Person }") == {("agent/budi1970",)}
    assert rows(store, "SELECT ?w ?a { ?w bf:contribution/bf:agent ?a }") == {
        ("work/1", "agent/budi1970"), ("work/2", "agent/budi1970"),
    }  # fmt: skip
    assert rows(store, "SELECT ?l { ?a rdfs:label ?l . ?a a bf:Person }") == {("Santoso, Budi, 1970-",)}
    assert rows(store, "SELECT ?l { ?a skos:altLabel ?l }") == {("Santoso, Budi",)}
    found = rows(store, "SELECT ?l { <https://x.test/id/agent/budi1970> owl:sameAs ?l }")
    assert found == {("https://d-nb.info/gnd/1",)}


def test_what_gave_way_leads_to_what_stays(store: ox.Store) -> None:
    decide(store, "agent/budi", "same", "agent/budi1970")
    assert successor(store, iri("agent/budi")) is None
    merge(store, BASE)
    assert successor(store, iri("agent/budi")) == iri("agent/budi1970")
    assert successor(store, iri("agent/budi1970")) is None


def test_two_works_become_one_with_both_titles_and_all_editions(store: ox.Store) -> None:
    decide(store, "work/1", "same", "work/2")
    merge(store, BASE)
    assert rows(store, "SELECT ?i { ?i bf:instanceOf ?w . ?w bf:hasInstance ?i }") == {
        ("instance/1",), ("instance/2",), ("instance/3",),
    }  # fmt: skip
    assert rows(store, "SELECT ?t { ?w a bf:Work ; bf:title/bf:mainTitle ?t }") == {("Lautan",)}
    assert rows(store, "SELECT ?t { ?w a bf:Work ; skos:altLabel ?t }") == {("Laut",)}
    assert rows(store, "SELECT ?c { ?w a bf:Work ; bf:contribution ?c }") == {("work/2#c",)}


def test_chains_lead_to_one_survivor(store: ox.Store) -> None:
    store.load(b'<https://x.test/id/agent/c> <http://www.w3.org/2000/01/rdf-schema#label> "C" .',
               ox.RdfFormat.N_TRIPLES)  # fmt: skip
    decide(store, "agent/budi", "same", "agent/budi1970")
    decide(store, "agent/budi1970", "same", "agent/c")
    merge(store, BASE)
    assert {a for _, a in rows(store, "SELECT ?w ?a { ?w bf:contribution/bf:agent ?a }")} == {"agent/c"}
    assert predecessors(store, iri("agent/c")) == [iri("agent/budi1970"), iri("agent/budi")]
    assert predecessors(store, iri("agent/budi")) == []


def test_an_agent_is_split_by_works(store: ox.Store) -> None:
    decide(store, "agent/budi", "split", "agent/budi-2", "work/2", label="Santoso, Budi (poet)")
    merge(store, BASE)
    assert rows(store, "SELECT ?w ?a { ?w bf:contribution/bf:agent ?a }") == {
        ("work/1", "agent/budi"), ("work/2", "agent/budi-2"),
    }  # fmt: skip
    assert rows(store, "SELECT ?a ?l { ?a a bf:Person ; rdfs:label ?l }") == {
        ("agent/budi", "Santoso, Budi"), ("agent/budi-2", "Santoso, Budi (poet)"),
        ("agent/budi1970", "Santoso, Budi, 1970-"),
    }  # fmt: skip
    assert rows(store, "SELECT ?x { <https://x.test/id/agent/budi-2> owl:sameAs ?x }") == set()


def test_a_work_is_split_by_editions(store: ox.Store) -> None:
    decide(store, "work/2", "split", "work/2b", "instance/3")
    merge(store, BASE)
    assert rows(store, "SELECT ?w ?i { ?w bf:hasInstance ?i . ?i bf:instanceOf ?w }") == {
        ("work/1", "instance/1"), ("work/2", "instance/2"), ("work/2b", "instance/3"),
    }  # fmt: skip
    assert rows(store, "SELECT ?t { <https://x.test/id/work/2b> bf:title/bf:mainTitle ?t }") == {("Lautan",)}
    agents = rows(store, "SELECT ?a { <https://x.test/id/work/2b> bf:contribution/bf:agent ?a }")
    assert agents == {("agent/budi",)}


@pytest.mark.parametrize(
    ("one", "verdict", "other", "parts"),
    [
        ("agent/budi", "same", "agent/budi1970", ()),
        ("work/1", "same", "work/2", ()),
        ("agent/budi", "split", "agent/b", ("work/2",)),
    ],
)
def test_restoring_brings_back_what_the_sources_said(
    store: ox.Store, one: str, verdict: str, other: str, parts: tuple[str, ...]
) -> None:
    decide(store, one, verdict, other, *parts)
    before = {str(quad) for quad in store}
    said = [quad.triple for quad in store]
    merge(store, BASE)
    assert {str(quad) for quad in store} != before
    assert all(stated(store, BASE, triple) for triple in said)
    derived = ox.NamedNode(source_graph(BASE, "derived"))
    for quad in list(store.quads_for_pattern(None, None, None, derived)):
        store.remove(ox.Quad(quad.subject, quad.predicate, quad.object))
    store.remove_graph(derived)
    restore(store, BASE)
    assert {str(quad) for quad in store} == before
