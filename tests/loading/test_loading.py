from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.archive import Archive
from graph.releases import Releases
from ingest import loading
from ingest.problems import Problem, Severity
from ingest.record import LostRecord
from tests.loading.stand_in import BASE, catalogue, codes, directory, graph, load, record

ONE = record("1", "Bumi manusia", ["Pramoedya"], [("kota", "b1")])
TWO = record("2", "Rumah kaca", ["pramoedya"], [("desa", "b2")])
THREE = record("3", "Laskar pelangi", ["Andrea"])


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, catalogue("a", [ONE, TWO]))[1]
    before = graph(tmp_path)
    assert not load(tmp_path, catalogue("a", [ONE, TWO]))[1]
    assert graph(tmp_path) == before
    assert Releases(tmp_path).current().number == 1


def test_a_changed_record_changes_its_statements_only(tmp_path: Path) -> None:
    load(tmp_path, catalogue("a", [ONE, TWO, THREE]))
    before = graph(tmp_path)
    load(tmp_path, catalogue("a", [record("1", "Bumi", ["Pramoedya"], [("kota", "b1")]), TWO, THREE]))
    changed = before ^ graph(tmp_path)
    assert len(changed) == 2
    assert all("instance/a-1#title" in line for line in changed)


def test_what_others_state_about_a_shared_entity_stays(tmp_path: Path) -> None:
    load(tmp_path, catalogue("a", [ONE]), catalogue("b", [TWO, ONE]))
    load(tmp_path, "b")
    alone = tmp_path / "alone"
    load(alone, catalogue("a", [ONE]))
    assert graph(tmp_path) == graph(alone)


def test_withdrawing_a_source_leaves_no_trace(tmp_path: Path) -> None:
    load(tmp_path, catalogue("a", [ONE, TWO]), directory({"kota": "K"}))
    before = graph(tmp_path)
    load(tmp_path, catalogue("b", [THREE, TWO]), directory({"desa": "D"}, "more"))
    assert graph(tmp_path) != before
    load(tmp_path, "b", "more")
    assert graph(tmp_path) == before
    assert [entry.id for entry in Archive.open(tmp_path).sources()] == ["a", "directory"]


def test_a_directory_that_comes_later_names_the_holders(tmp_path: Path) -> None:
    load(tmp_path, catalogue("a", [ONE, TWO]))
    assert any("unknown-holder/kota" in line for line in graph(tmp_path))
    loaded, _ = load(tmp_path, directory({"kota": "K"}))
    assert loaded.journal.tallies["a"].again == 1
    assert any(f"{BASE}/id/K>" in line and "heldBy" in line for line in graph(tmp_path))
    assert not any("unknown-holder/kota" in line for line in graph(tmp_path))


def test_two_records_with_one_number_both_count(tmp_path: Path) -> None:
    load(tmp_path, catalogue("a", [record("1", "A", items=[("k", "b1")]), record("1", "A", items=[("k", "b2")])]))
    assert {"b1", "b2"} <= {line.partition("item/a-")[2][:2] for line in graph(tmp_path)}


def test_records_missing_from_a_damaged_file_stay(tmp_path: Path) -> None:
    load(tmp_path, catalogue("a", [ONE, TWO]))
    lost = LostRecord(2, 100, Problem("truncated", "The record ends early.", severity=Severity.LOST))
    loaded, _ = load(tmp_path, catalogue("a", [ONE, lost]))
    assert loaded.journal.tallies["a"].lost == 1
    assert any("Rumah kaca" in line for line in graph(tmp_path))


def test_a_part_of_a_source_replaces_its_records_only(tmp_path: Path) -> None:
    load(tmp_path, catalogue("a", [ONE, TWO]))
    load(tmp_path, catalogue("a", [record("1", "Bumi"), THREE], partial=True))
    fresh = tmp_path / "fresh"
    load(fresh, catalogue("a", [record("1", "Bumi"), TWO, THREE]))
    assert graph(tmp_path) == graph(fresh)


def test_rebuilding_gives_the_same_graph(tmp_path: Path) -> None:
    load(tmp_path, catalogue("a", [ONE, TWO]), directory({"kota": "K"}))
    before = graph(tmp_path)
    load(tmp_path, directory({"kota": "K"}), rebuild=True, rules="2")
    assert graph(tmp_path) == before
    assert Archive.open(tmp_path).state("rules") == "2"


def test_what_is_gone_is_remembered_with_its_successor(tmp_path: Path) -> None:
    load(tmp_path, catalogue("a", [record("1", "T", ["Tohari"])]))
    load(tmp_path, catalogue("a", [record("1", "T", ["Ahmad Tohari"])]))
    gone = Archive.open(tmp_path).gone(f"{BASE}/id/agent/tohari")
    assert gone == (2, f"{BASE}/id/agent/ahmad-tohari")
    assert Releases(tmp_path).current().manifest["difference"]["gone"] == 1


def test_a_record_the_converter_stumbles_over_stops_nothing(tmp_path: Path) -> None:
    loaded, _ = load(tmp_path, catalogue("a", [ONE, record("stumble"), TWO]))
    told = loaded.journal.problems.as_json()[0]
    assert told["kind"] == "not-converted"
    assert "ValueError: no such thing" in str(told["examples"])
    assert Archive.open(tmp_path).count("a") == 3
    assert any("Rumah kaca" in line for line in graph(tmp_path))


def test_when_most_changes_the_store_is_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "FEW", 1)
    load(tmp_path, catalogue("a", [ONE, TWO, THREE]), directory({"kota": "K"}))
    loaded, _ = load(tmp_path, catalogue("a", [record("1", "Bumi", ["Ann"], [("kota", "b1")])]))
    assert loaded.rebuild
    load(
        tmp_path / "fresh",
        catalogue("a", [record("1", "Bumi", ["Ann"], [("kota", "b1")])]),
        directory({"kota": "K"}),
    )
    assert graph(tmp_path) == graph(tmp_path / "fresh")
    assert Archive.open(tmp_path).gone(f"{BASE}/id/agent/andrea") == (2, None)
    load(tmp_path, "directory")
    assert not any(f"{BASE}/id/kota" in line or "/graph/directory" in line for line in graph(tmp_path))


def test_an_invalid_statement_is_left_out_and_told(tmp_path: Path) -> None:
    loaded, _ = load(tmp_path, catalogue("a", [record("1 2", "T"), ONE]))
    assert any("Bumi" in line for line in graph(tmp_path))
    assert "invalid-statement" in [kind for _, kind, _, _ in loaded.journal.problems]
    load(tmp_path, catalogue("a", [ONE]))


def test_the_archive_gives_the_record_back(tmp_path: Path) -> None:
    load(tmp_path, catalogue("a", [ONE, TWO]))
    archive = Archive.open(tmp_path)
    assert archive.record(f"{BASE}/id/instance/a-2").marc().as_marc() == TWO.as_marc()
    assert [r.id for r in archive.stating(f"{BASE}/id/agent/pramoedya")] == ["1", "2"]


TITLES = st.sampled_from(["", "A", "B"])
NAMES = st.lists(st.sampled_from(["Ann", "ann", "Bea"]), max_size=2)
ITEMS = st.lists(st.tuples(st.sampled_from(["k", "d"]), st.sampled_from(["1", "2"])), max_size=2)
RECORDS = st.lists(st.builds(record, st.sampled_from(["1", "2", "3"]), TITLES, NAMES, ITEMS), max_size=4)
DIRECTORIES = st.dictionaries(st.sampled_from(["k", "d"]), st.sampled_from(["K", "D"]), min_size=1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["a", "b"]), RECORDS),
        st.tuples(st.sampled_from(["x", "y"]), DIRECTORIES),
        st.tuples(st.sampled_from(["a", "b", "x", "y"]), st.none()),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_any_sequence_of_loads_equals_loading_the_last_state_at_once(steps, tmp_path_factory) -> None:
    folder = tmp_path_factory.mktemp("sequence")
    last = {}
    for source, content in steps:
        last.pop(source, None)
        if content is None:
            load(folder / "steps", source)
        else:
            last[source] = directory(content, source) if isinstance(content, dict) else catalogue(source, content)
            load(folder / "steps", last[source])
    load(folder / "once", *reversed(last.values()))
    assert graph(folder / "steps") == graph(folder / "once")


def test_codes_of_the_stand_in_come_from_the_directory(tmp_path: Path) -> None:
    load(tmp_path, directory({"kota": "K"}))
    assert codes(Releases(tmp_path).current().store.store)[0] == {"kota": "K"}
