"""A run of matching: certain links are made, doubtful ones wait, and no person's word is overturned."""

from collections import Counter
from pathlib import Path
from threading import Thread

import pytest

from graph.matching.candidate import Candidate
from graph.matching.decisions import Decision, Decisions
from graph.matching.entry import Entry
from graph.matching.heading import Heading
from graph.matching.proposals import (
    everything_waiting,
    kinds_waiting,
    propose,
    waiting,
    waiting_of,
)

ANN = Heading("Ann", "person", "1950-", titles=("Laut",), coordinates=(1.5, 2.5), iri="https://x.test/id/agent/ann")
BEA = Heading("Bea", "person", iri="https://x.test/id/agent/bea")
GND, LC = "https://d-nb.info/gnd/", "http://id.loc.gov/authorities/names/"


@pytest.fixture
def decisions(tmp_path: Path):
    opened = Decisions.open(tmp_path, write=True)
    yield opened
    opened.close()


def candidate(iri: str, verdict: str, score: float = 0.9) -> Candidate:
    return Candidate(Entry(iri, iri[-4:], "person", dates="1950"), score, verdict, {"dates": 1.0}, "Ann")


def links(decisions: Decisions) -> set[tuple[str, str]]:
    return {(one.entity[-3:], one.target) for one in decisions.current() if one.verdict == "same"}


def test_same_links_maybe_waits_and_no_does_neither(decisions: Decisions) -> None:
    found = [
        (ANN, [candidate(GND + "1", "same"), candidate(LC + "n1", "maybe", 0.6), candidate(LC + "n2", "no")]),
        (BEA, [candidate(GND + "2", "maybe", 0.7)]),
    ]
    tally = propose(decisions, found)
    assert (tally.linked, tally.waiting) == (1, 2)
    [made] = decisions.current()
    assert (made.by, made.person, made.score, made.evidence) == ("machine", False, 0.9, {"dates": 1.0})
    assert [one.heading.text for one in waiting(decisions, limit=9)] == ["Bea", "Ann"]
    assert waiting(decisions)[0].candidates[0].entry.dates == "1950"
    assert waiting(decisions, skip=1)[0].heading == ANN
    assert kinds_waiting(decisions) == {"person": 2}
    assert len(list(everything_waiting(decisions))) == 2


def test_running_again_changes_nothing(decisions: Decisions) -> None:
    found = [(ANN, [candidate(GND + "1", "same"), candidate(LC + "n1", "maybe")])]
    propose(decisions, found)
    last = decisions.last
    tally = propose(decisions, found)
    assert (tally.linked, tally.stood, tally.withdrawn, decisions.last) == (0, 1, 0, last)


def test_a_link_no_longer_found_is_taken_back_only_in_lists_looked_at(decisions: Decisions) -> None:
    propose(decisions, [(ANN, [candidate(GND + "1", "same"), candidate(LC + "n1", "same")])])
    tally = propose(decisions, [(ANN, [candidate(GND + "2", "same")])])
    assert (tally.withdrawn, links(decisions)) == (1, {("ann", GND + "2"), ("ann", LC + "n1")})
    propose(decisions, [(ANN, [])], schemes=[GND, LC])
    assert links(decisions) == set()


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_a_run_never_overturns_a_person(decisions: Decisions, verdict: str) -> None:
    decisions.record([Decision(ANN.iri, GND + "1", verdict, "siti")])
    tally = propose(decisions, [(ANN, [candidate(GND + "1", "same"), candidate(GND + "1", "maybe")])], [GND])
    assert (tally.kept, tally.linked, tally.waiting) == (2, 0, 0)
    propose(decisions, [(ANN, [])], schemes=[GND])
    assert [(one.verdict, one.by) for one in decisions.current()] == [(verdict, "siti")]


def test_where_a_person_named_the_right_one_the_list_is_settled(decisions: Decisions) -> None:
    propose(decisions, [(ANN, [candidate(GND + "1", "maybe"), candidate(GND + "2", "maybe")])])
    [chosen] = decisions.record([Decision(ANN.iri, GND + "2", "same", "siti")])
    assert waiting_of(decisions, ANN.iri) is None
    assert propose(decisions, [(ANN, [candidate(GND + "1", "same")])]).kept == 1
    assert links(decisions) == {("ann", GND + "2")}
    propose(decisions, [(ANN, [candidate(LC + "n1", "same")])])
    assert ("ann", LC + "n1") in links(decisions)
    decisions.undo(chosen.number, "siti")


def test_undoing_brings_the_question_back(decisions: Decisions) -> None:
    propose(decisions, [(ANN, [candidate(GND + "1", "maybe"), candidate(GND + "2", "maybe")])])
    [chosen] = decisions.record([Decision(ANN.iri, GND + "2", "same", "siti")])
    decisions.undo(chosen.number, "siti")
    found = waiting_of(decisions, ANN.iri)
    assert found is not None
    assert len(found.candidates) == 2


def test_what_a_person_took_back_is_asked_not_decided_again(decisions: Decisions) -> None:
    found = [(ANN, [candidate(GND + "1", "same")])]
    propose(decisions, found)
    decisions.undo(next(decisions.current()).number, "siti")
    tally = propose(decisions, found)
    assert (tally.linked, tally.waiting) == (0, 1)


def test_two_of_ours_are_asked_about_once(decisions: Decisions) -> None:
    propose(decisions, [(ANN, [candidate(BEA.iri, "maybe")]), (BEA, [candidate(ANN.iri, "maybe")])])
    decisions.record([Decision(ANN.iri, BEA.iri, "different", "siti")])
    assert waiting(decisions, limit=9) == []


def test_an_entity_is_no_candidate_for_itself(decisions: Decisions) -> None:
    assert propose(decisions, [(ANN, [candidate(ANN.iri, "same")])]).linked == 0


def test_a_heading_survives_its_keeping() -> None:
    assert Heading.unpacked(ANN.packed()) == ANN


def test_people_and_a_run_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    Decisions.open(tmp_path, write=True).close()

    def review(name: str) -> None:
        mine = Decisions.open(tmp_path, write=True)
        for number in range(20):
            mine.record([Decision(f"urn:{name}:{number}", "urn:t:1", "same", name)])
        mine.close()

    def match() -> None:
        run = Decisions.open(tmp_path, write=True)
        for number in range(20):
            heading = Heading("x", "person", iri=f"urn:h:{number}")
            propose(run, [(heading, [candidate(GND + str(number), "same")])])
        run.close()

    threads = [Thread(target=review, args=("siti",)), Thread(target=review, args=("budi",)), Thread(target=match)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = Counter(one.by for one in Decisions.open(tmp_path).current())
    assert kept == {"siti": 20, "budi": 20, "machine": 20}
