"""Two of ours with a link in common are put before a person, once, and only when they are of one kind."""

from pathlib import Path

import pyoxigraph as ox

from graph.matching.candidate import Candidate
from graph.matching.decisions import Decision, Decisions
from graph.matching.entry import Entry
from graph.matching.own import entries_of
from graph.matching.proposals import propose, waiting_of
from graph.matching.twins import heading_of, twins
from graph.store import LocalStore

BASE = "https://x.test"
ANN, BEA = f"{BASE}/id/agent/ann", f"{BASE}/id/agent/bea"
TURTLE = """
@prefix a: <https://x.test/id/agent/> . @prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
a:ann a bf:Person ; rdfs:label "Ann" ; owl:sameAs <https://d-nb.info/gnd/1>, <http://viaf.org/viaf/1> .
a:bea a bf:Person ; rdfs:label "Bea" ; owl:sameAs <https://d-nb.info/gnd/1>, <http://viaf.org/viaf/1> .
a:eve a bf:Person ; rdfs:label "Eve" ; owl:sameAs <https://d-nb.info/gnd/2> .
<https://x.test/id/work/w> a bf:Work ; rdfs:label "W" ; owl:sameAs <https://d-nb.info/gnd/2> .
"""


def store() -> LocalStore:
    made = LocalStore.in_memory()
    made.store.load(TURTLE.encode(), ox.RdfFormat.TURTLE)
    return made


def test_pairs_of_one_kind_with_a_link_in_common() -> None:
    [(heading, [candidate])] = twins(store(), BASE)
    assert (heading.iri, candidate.entry.iri, candidate.verdict) == (BEA, ANN, "maybe")
    assert candidate.features == {"shared links": 2.0}


def test_our_entities_by_iri() -> None:
    found = entries_of(store(), [ANN, f"{BASE}/id/work/w", f"{BASE}/id/nothing"])
    assert {iri: (one.label, one.kind) for iri, one in found.items()} == {
        ANN: ("Ann", "person"), f"{BASE}/id/work/w": ("W", "work"),
    }  # fmt: skip


def test_they_wait_beside_candidates_of_other_lists_and_neither_run_drops_the_other(tmp_path: Path) -> None:
    decisions = Decisions.open(tmp_path, write=True)
    bea = heading_of(entries_of(store(), [BEA])[BEA])
    elsewhere = Candidate(Entry("http://id.loc.gov/authorities/names/n1", "Bea"), 0.5, "maybe")
    propose(decisions, twins(store(), BASE), among_ours=True)
    propose(decisions, [(bea, [elsewhere])])
    propose(decisions, twins(store(), BASE), among_ours=True)
    found = waiting_of(decisions, BEA)
    assert found is not None
    assert [one.entry.iri for one in found.candidates] == [ANN, elsewhere.entry.iri]
    decisions.record([Decision(BEA, ANN, "different", "siti")])
    assert propose(decisions, twins(store(), BASE), among_ours=True).kept == 1
