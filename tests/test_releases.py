from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.errors import NotFound, StoreError
from graph.releases import Releases, write_manifest
from graph.store import LocalStore


def publish(data: Path, number: int) -> None:
    folder = Releases(data).path(number)
    folder.mkdir(parents=True)
    store = LocalStore.open(folder / "store", read_only=False)
    store.load_lines([f'<urn:a> <urn:number> "{number}" .'])
    store.store.flush()
    write_manifest(folder, {"number": number, "date": datetime.now(UTC).isoformat()})
    Releases(data).switch(number)


def test_before_the_first_load_the_remedy_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="jejaring load"):
        Releases(tmp_path).current()
    assert Releases(tmp_path).all() == []


def test_current_follows_the_switch(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    releases = Releases(tmp_path)
    assert releases.current().number == 1
    publish(tmp_path, 2)
    assert releases.current().number == 2
    assert releases.current().store.ask('ASK { <urn:a> <urn:number> "2" }')
    assert releases.get(1).store.ask('ASK { <urn:a> <urn:number> "1" }')
    assert releases.current().date.tzinfo is not None


def test_a_release_is_opened_once(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    releases = Releases(tmp_path)
    assert releases.current().store is releases.current().store


def test_a_finished_directory_that_was_not_switched_to_is_not_listed(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    publish(tmp_path, 2)
    releases = Releases(tmp_path)
    releases.switch(1)
    assert [release.number for release in releases.all()] == [1]


def test_prune_keeps_the_newest_and_open_readers_go_on(tmp_path: Path) -> None:
    for number in range(1, 5):
        publish(tmp_path, number)
    releases = Releases(tmp_path)
    oldest = releases.get(1)
    assert oldest.store.ask("ASK { <urn:a> ?p ?o }")
    assert releases.prune(2) == [1, 2]
    assert [release.number for release in releases.all()] == [3, 4]
    assert oldest.store.ask("ASK { <urn:a> ?p ?o }")
    with pytest.raises(NotFound, match="000003, 000004"):
        releases.get(1)


def test_prune_is_not_stopped_by_somebody_who_writes_beside_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 4):
        publish(tmp_path, number)
    releases = Releases(tmp_path)
    monkeypatch.setattr("graph.releases.shutil.rmtree", lambda path, ignore_errors=False: None)
    assert releases.prune(2) == [1]
    monkeypatch.undo()
    publish(tmp_path, 4)
    assert [release.number for release in releases.all()] == [2, 3, 4]
    assert releases.prune(2) == [2]
    assert sorted(path.name for path in releases.folder.iterdir()) == ["000003", "000004"]


def test_a_damaged_manifest_is_said_so(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    (Releases(tmp_path).path(1) / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match="damaged"):
        Releases(tmp_path).current()
