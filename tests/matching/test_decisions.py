"""Decisions stay: the last word stands, undoing restores what stood, and a kill loses nothing that was told."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError, NotFound, StoreError
from graph.matching.decisions import SCHEMA, Decision, Decisions, scheme

ANN, BEA = "https://x.test/id/agent/ann", "https://x.test/id/agent/bea"
GND = "https://d-nb.info/gnd/1"


def said(verdict: str, entity: str = ANN, target: str = GND, by: str = "siti", **more: object) -> Decision:
    return Decision(entity, target, verdict, by, **more)


@pytest.fixture
def decisions(tmp_path: Path):
    opened = Decisions.open(tmp_path, write=True)
    yield opened
    opened.close()


def test_a_decision_keeps_who_when_why_evidence_and_score(decisions: Decisions, tmp_path: Path) -> None:
    [made] = decisions.record([said("same", why="same dates", evidence={"dates": 1.0}, score=0.97, kind="person")])
    again = Decisions.open(tmp_path)
    [kept] = again.current()
    assert kept == made
    assert (kept.by, kept.why, kept.evidence, kept.score) == ("siti", "same dates", {"dates": 1.0}, 0.97)
    assert kept.at.endswith("+00:00")
    assert kept.person


def test_the_last_word_stands_and_undoing_restores_the_one_before(decisions: Decisions) -> None:
    first, second = decisions.record([said("same"), said("different", by="budi")])
    assert decisions.of(ANN) == [second]
    decisions.undo(second.number, "budi")
    assert decisions.of(ANN) == [first]
    decisions.undo(first.number, "siti")
    assert decisions.of(ANN) == []
    assert [act.verdict for act in decisions.history()] == ["undone", "undone", "different", "same"]


def test_only_what_stands_can_be_undone(decisions: Decisions) -> None:
    first, second = decisions.record([said("same"), said("different")])
    with pytest.raises(InputError, match=f"Decision {second.number} does"):
        decisions.undo(first.number, "siti")
    decisions.undo(second.number, "siti")
    with pytest.raises(InputError, match="does not stand"):
        decisions.undo(second.number, "siti")
    with pytest.raises(NotFound):
        decisions.undo(99, "siti")


def test_a_pair_of_ours_has_one_decision_whichever_way_round(decisions: Decisions) -> None:
    decisions.record([said("same", ANN, BEA), said("different", BEA, ANN)])
    assert [act.verdict for act in decisions.current()] == ["different"]
    assert decisions.standing(ANN, BEA) == decisions.standing(BEA, ANN)


@pytest.mark.parametrize(
    "wrong",
    [said("perhaps"), said("same", target=ANN), said("same", target="no iri"), said("same", by=""),
     said("same", target="https://x.test/<>"), said("split"), said("same", parts=(BEA,))],
)  # fmt: skip
def test_what_cannot_be_decided_is_refused_as_a_whole(decisions: Decisions, wrong: Decision) -> None:
    with pytest.raises(InputError):
        decisions.record([said("same", BEA), wrong])
    assert list(decisions.current()) == []


def test_a_full_disk_is_said_and_nothing_half_done(decisions: Decisions) -> None:
    decisions.record([said("same")])
    pages = decisions.connection.execute("PRAGMA page_count").fetchone()[0]
    decisions.connection.execute(f"PRAGMA max_page_count = {pages}")
    many = [said("same", f"https://x.test/{n}", why="x" * 5000) for n in range(50)]
    with pytest.raises(StoreError, match=r"cannot be written.*disk full"):
        decisions.record(many)
    decisions.connection.execute("PRAGMA max_page_count = 1000000")
    decisions.record([said("different")])
    assert [one.verdict for one in decisions.current()] == ["different"]


def test_reading_where_nothing_was_decided_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Nothing has been decided"):
        Decisions.open(tmp_path)


@pytest.mark.parametrize(
    ("iri", "list_"),
    [
        ("https://d-nb.info/gnd/118540238", "https://d-nb.info/gnd/"),
        ("http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/"),
        ("urn:x:1", "urn:x:"),
    ],
)
def test_the_list_an_iri_is_from(iri: str, list_: str) -> None:
    assert scheme(iri) == list_


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["same", "different", "unsure", "undo"]), max_size=12))
def test_what_stands_is_the_last_act_not_undone(acts: list[str]) -> None:
    decisions = Decisions(sqlite3.connect(":memory:", isolation_level=None))
    decisions.connection.executescript(SCHEMA)
    stack: list[str] = []
    for act in acts:
        if act != "undo":
            decisions.record([said(act)])
            stack.append(act)
        elif stack:
            decisions.undo(decisions.of(ANN)[0].number, "siti")
            stack.pop()
    assert [one.verdict for one in decisions.of(ANN)] == stack[-1:]
    decisions.close()


def test_a_kill_loses_no_decision_that_was_told(tmp_path: Path) -> None:
    program = """if True:
        import sys
        from pathlib import Path
        from graph.matching.decisions import Decision, Decisions
        decisions = Decisions.open(Path(sys.argv[1]), write=True)
        for n in range(1000):
            [made] = decisions.record([Decision(f"urn:a:{n}", f"urn:b:{n}", "same", "siti")])
            print(made.number, flush=True)
    """
    child = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    told = [int(child.stdout.readline()) for _ in range(20)]
    os.kill(child.pid, signal.SIGKILL)
    told += [int(line) for line in child.stdout.read().split()]
    child.wait()
    kept = [act.number for act in Decisions.open(tmp_path).current()]
    assert kept[: len(told)] == told
    assert len(kept) - len(told) <= 1
