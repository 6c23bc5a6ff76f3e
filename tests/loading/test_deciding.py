"""Decisions in releases: published with the next load, kept by every later one, by rebuilds and by backups."""

import os
import signal
from multiprocessing import get_context
from pathlib import Path

from graph.archive import Archive
from graph.backup import back_up
from graph.matching.authorities import Authorities
from graph.matching.decisions import Decision, Decisions
from graph.matching.entry import Entry
from graph.merging import successor
from graph.releases import Releases
from graph.settings import Settings
from ingest.soundness import findings
from ingest.writing import Writing, publish_writing
from tests.loading.stand_in import BASE, catalogue, graph, load, record

ANN, BEA, GND = f"{BASE}/id/agent/ann", f"{BASE}/id/agent/bea", "https://d-nb.info/gnd/1"
FIRST = catalogue("kota", [record("1", "One", ["Ann"]), record("2", "Two", ["Bea"])])
processes = get_context("forkserver")


def decide(data: Path, one: str, verdict: str, other: str, *parts: str) -> Decision:
    decisions = Decisions.open(data, write=True)
    [made] = decisions.record([Decision(one, other, verdict, "siti", parts=parts)])
    decisions.close()
    return made


def undo(data: Path, made: Decision) -> None:
    decisions = Decisions.open(data, write=True)
    decisions.undo(made.number, "siti")
    decisions.close()


def same_as(data: Path) -> set[str]:
    return {quad for quad in graph(data) if "owl#sameAs" in quad and "/graph/" not in quad}


def by(data: Path) -> set[str]:
    return {quad.split()[2].strip("<>") for quad in graph(data) if "<urn:by>" in quad and "/graph/" not in quad}


def test_a_decision_is_in_the_next_release_and_its_graph(tmp_path: Path) -> None:
    load(tmp_path, FIRST)
    decide(tmp_path, ANN, "same", GND)
    assert same_as(tmp_path) == set()
    assert load(tmp_path)[1]
    assert len(same_as(tmp_path)) == 1
    assert sum("graph/decisions>" in quad for quad in graph(tmp_path)) > 5
    assert not load(tmp_path)[1]


def test_reloads_and_rebuilds_keep_it_and_undoing_takes_it_out(tmp_path: Path) -> None:
    load(tmp_path, FIRST)
    plain = graph(tmp_path)
    made = decide(tmp_path, ANN, "same", GND)
    load(tmp_path, catalogue("kota", [record("1", "Changed", ["Ann"])]))
    load(tmp_path, FIRST)
    kept = graph(tmp_path)
    assert len(same_as(tmp_path)) == 1
    load(tmp_path, rebuild=True)
    assert graph(tmp_path) == kept
    undo(tmp_path, made)
    load(tmp_path)
    assert graph(tmp_path) == plain


def test_a_merge_is_undone_without_a_trace(tmp_path: Path) -> None:
    load(tmp_path, FIRST)
    plain = graph(tmp_path)
    made = decide(tmp_path, ANN, "same", BEA)
    load(tmp_path)
    assert by(tmp_path) == {BEA}
    assert successor(Releases(tmp_path).current().store.store, ANN) == BEA
    undo(tmp_path, made)
    load(tmp_path)
    assert graph(tmp_path) == plain


def test_a_merge_holds_whatever_is_loaded_next(tmp_path: Path) -> None:
    load(tmp_path, FIRST)
    decide(tmp_path, ANN, "same", BEA)
    load(tmp_path, catalogue("desa", [record("9", "Nine", ["Ann"])]))
    load(tmp_path, catalogue("kota", [record("1", "One again", ["Ann"]), record("2", "Two", ["Bea"])]))
    assert by(tmp_path) == {BEA}
    grown = graph(tmp_path)
    load(tmp_path, rebuild=True)
    assert graph(tmp_path) == grown
    load(tmp_path, "kota", "desa")
    assert not any("/agent/" in quad for quad in graph(tmp_path))


def test_a_link_of_what_gave_way_is_a_link_of_what_stays(tmp_path: Path) -> None:
    load(tmp_path, FIRST)
    plain = graph(tmp_path)
    made = [decide(tmp_path, ANN, "same", GND), decide(tmp_path, ANN, "same", BEA)]
    load(tmp_path)
    sames = {tuple(quad.split()[:3:2]) for quad in same_as(tmp_path)}
    assert sames == {(f"<{BEA}>", f"<{GND}>"), (f"<{ANN}>", f"<{BEA}>")}
    merged = graph(tmp_path)
    load(tmp_path, rebuild=True)
    assert graph(tmp_path) == merged
    for one in made:
        undo(tmp_path, one)
        load(tmp_path)
    assert graph(tmp_path) == plain


def test_a_split_is_no_departure_and_holds(tmp_path: Path) -> None:
    load(tmp_path, catalogue("kota", [record("1", "One", ["Ann"]), record("2", "Two", ["Ann"])]))
    other = f"{BASE}/id/agent/ann-2"
    decide(tmp_path, ANN, "split", other, f"{BASE}/id/instance/kota-2")
    load(tmp_path)
    assert by(tmp_path) == {ANN, other}
    loaded, _ = load(tmp_path, catalogue("desa", [record("9", "Nine", ["Ann"])]))
    assert by(tmp_path) == {ANN, other}
    assert loaded.gone == []
    assert Archive.open(tmp_path).gone(other) is None


def test_nothing_is_published_about_what_is_gone_until_it_comes_back(tmp_path: Path) -> None:
    load(tmp_path, FIRST)
    decide(tmp_path, ANN, "same", GND)
    load(tmp_path, catalogue("kota", [record("2", "Two", ["Bea"])]))
    assert not any(ANN in quad for quad in graph(tmp_path))
    load(tmp_path, FIRST)
    assert len(same_as(tmp_path)) == 1


def test_a_write_between_leaves_merges_as_they_are(tmp_path: Path) -> None:
    load(tmp_path, FIRST)
    decide(tmp_path, ANN, "same", BEA)
    load(tmp_path)
    before = graph(tmp_path)
    text = b"INSERT DATA { GRAPH <urn:own> { <urn:x> <urn:p> 1 } }"
    publish_writing(Settings(data=str(tmp_path), base_iri=BASE), [Writing("update", text)])
    assert {quad for quad in graph(tmp_path) if "urn:own" not in quad} == before


def test_a_backup_has_the_decisions_and_what_they_rest_on(tmp_path: Path) -> None:
    load(tmp_path / "data", FIRST)
    back_up(tmp_path / "data", tmp_path / "without")
    decide(tmp_path / "data", ANN, "same", GND)
    Authorities(tmp_path / "data").add("gnd", [Entry(GND, "Ann")], file="gnd.ttl", licence="CC0", release="1")
    back_up(tmp_path / "data", tmp_path / "copy")
    assert Authorities(tmp_path / "copy").index("gnd").get(GND).label == "Ann"
    load(tmp_path / "copy")
    assert len(same_as(tmp_path / "copy")) == 1


def killed(data: Path) -> None:
    Releases.switch = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
    load(data)


def test_a_kill_while_publishing_loses_nothing(tmp_path: Path) -> None:
    load(tmp_path, FIRST)
    decide(tmp_path, ANN, "same", BEA)
    child = processes.Process(target=killed, args=(tmp_path,))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    load(tmp_path)
    assert by(tmp_path) == {BEA}


def test_a_merge_that_contradicts_others_is_found_by_the_check(tmp_path: Path) -> None:
    load(tmp_path, FIRST)
    settings = Settings(data=str(tmp_path), base_iri=BASE)
    decide(tmp_path, ANN, "same", BEA)
    decide(tmp_path, BEA, "same", f"{BASE}/id/agent/eve")
    decide(tmp_path, ANN, "different", f"{BASE}/id/agent/eve")
    load(tmp_path)
    [found] = [one for one in findings(settings) if one.name == "decisions"]
    assert (found.sound, found.message[:13]) == (False, "1 contradict ")
