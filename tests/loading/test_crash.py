"""A load killed at any moment: what is published stays as it was, and the next load ends as if nothing had been."""

import errno
import os
import random
import signal
import time
from multiprocessing import get_context
from pathlib import Path

import pytest

from graph.archive import Archive
from graph.errors import StoreError
from graph.releases import Releases
from ingest import building
from ingest.building import Building, Lock
from ingest.ledger import Ledger
from tests.loading.stand_in import catalogue, directory, graph, load, record

processes = get_context("forkserver")
processes.set_forkserver_preload(["tests.loading.stand_in"])

FIRST = [record(str(n), f"Judul {n}", ["Ann"], [("kota", f"b{n}")]) for n in range(200)]
SECOND = [record(str(n), f"Judul {n} baru", ["Bea"], [("desa", f"b{n}")]) for n in range(100, 900)]
EVERYTHING = (catalogue("a", SECOND), directory({"desa": "D"}))
STEPS = {
    "commit": (Ledger, "commit"),
    "place": (building, "_place"),
    "switch": (Releases, "switch"),
    "prune": (Releases, "prune"),
}


def second_load(data: Path, stop_at: str = "") -> None:
    building.CHUNK_BYTES, building.SMALL_BYTES = 20_000, 5_000
    if stop_at:
        setattr(*STEPS[stop_at], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    load(data, catalogue("a", SECOND), directory({"desa": "D"}))


def killed_load(data: Path, after: float | None = None, stop_at: str = "") -> None:
    child = processes.Process(target=second_load, args=(data, stop_at))
    child.start()
    if after is not None:
        time.sleep(after)
        child.kill()
    child.join(60)


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[str], float]:
    """The graph before and after the second load, undisturbed, and how long that takes."""
    data = tmp_path_factory.mktemp("undisturbed")
    load(data, catalogue("a", FIRST), directory({"kota": "K"}))
    before = graph(data)
    killed_load(data)
    start = time.monotonic()
    killed_load(data / "timed")
    return before, graph(data), time.monotonic() - start


def test_twenty_kills_at_random_moments(states: tuple[set[str], set[str], float], tmp_path: Path) -> None:
    before, after, seconds = states
    load(tmp_path, catalogue("a", FIRST), directory({"kota": "K"}))
    moments = random.Random(20)
    for _ in range(20):
        killed_load(tmp_path, after=moments.uniform(0, seconds))
        assert graph(tmp_path) == (before if Releases(tmp_path).current().number == 1 else after)
    second_load(tmp_path)
    assert graph(tmp_path) == after
    assert sorted(path.name for path in tmp_path.iterdir() if path.name == "next") == []


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_each_step_of_publication(
    step: str, states: tuple[set[str], set[str], float], tmp_path: Path
) -> None:
    before, after, _ = states
    load(tmp_path, catalogue("a", FIRST), directory({"kota": "K"}))
    killed_load(tmp_path, stop_at=step)
    assert graph(tmp_path) == (after if step == "prune" else before)
    second_load(tmp_path)
    assert graph(tmp_path) == after
    assert Archive.open(tmp_path).release == Releases(tmp_path).current().number == 2


def test_only_one_writes(tmp_path: Path) -> None:
    lock = Lock(tmp_path)
    with pytest.raises(StoreError, match=f"Another process \\({os.getpid()}\\)"):
        Building(tmp_path)
    lock.free()
    with Building(tmp_path) as free:
        assert free.number == 1


def test_an_archive_older_than_the_release_is_refused(tmp_path: Path) -> None:
    load(tmp_path, catalogue("a", FIRST))
    (tmp_path / "archive.sqlite").unlink()
    with pytest.raises(StoreError, match="same backup"):
        load(tmp_path, catalogue("a", SECOND))


def fill(what: str, patch: pytest.MonkeyPatch) -> None:
    if what == "archive":
        opened = Ledger.__init__

        def begin(self: Ledger, data: Path, release: int) -> None:
            opened(self, data, release)
            pages = self.run("PRAGMA page_count").fetchone()[0]
            self.run(f"PRAGMA max_page_count = {pages + 5}")

        patch.setattr(Ledger, "__init__", begin)
    else:

        def no_room(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        patch.setattr(*{"store": (Building, "_load"), "manifest": (building, "write_manifest")}[what], no_room)


@pytest.mark.parametrize("what", ["store", "archive", "manifest"])
def test_a_full_disk_is_said_and_leaves_the_release(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(tmp_path, catalogue("a", FIRST))
    before = graph(tmp_path)
    with monkeypatch.context() as patch:
        fill(what, patch)
        with pytest.raises(StoreError, match=r"no room left on the disk.*untouched"):
            load(tmp_path, catalogue("a", SECOND))
    assert graph(tmp_path) == before
    load(tmp_path, catalogue("a", SECOND))
    load(tmp_path / "fresh", catalogue("a", SECOND))
    assert graph(tmp_path) == graph(tmp_path / "fresh")
