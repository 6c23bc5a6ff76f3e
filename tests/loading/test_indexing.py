from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.store import LocalStore
from ingest.indexing import indexed


def listing(store: LocalStore, release: Path) -> None:
    subjects = sorted(str(quad.subject) for quad in store.store)
    (release / "listing").write_text("\n".join(subjects))


def length(store: LocalStore, release: Path) -> None:
    (release / "length").write_text(str(len(store.store)))


def full_disk(store: LocalStore, release: Path) -> None:
    raise OSError(28, "No space left on device")


def a_store(release: Path) -> ox.Store:
    store = ox.Store(str(release / "store"))
    store.update("INSERT DATA { <urn:a> <urn:p> 1 . <urn:b> <urn:p> 2 }")
    return store


@pytest.mark.parametrize("large", [0, 1 << 40], ids=["in another process", "here"])
def test_indexes_are_of_what_the_store_held_before(tmp_path: Path, large: int) -> None:
    store = a_store(tmp_path)
    with indexed(store, tmp_path, [listing, length], large):
        store.update("INSERT DATA { <urn:c> <urn:p> 3 }")
    assert (tmp_path / "listing").read_text() == "<urn:a>\n<urn:b>"
    assert (tmp_path / "length").read_text() == "2"
    assert {path.name for path in tmp_path.iterdir()} == {"store", "listing", "length"}
    assert len(store) == 3


def test_a_file_the_store_clears_away_meanwhile_does_not_matter(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    (tmp_path / "store" / "000099.sst").symlink_to(tmp_path / "gone")
    with indexed(store, tmp_path, [length]):
        assert (tmp_path / "length").read_text() == "2"


def test_what_goes_wrong_in_the_other_process_is_raised_here(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with pytest.raises(OSError, match="No space left"), indexed(store, tmp_path, [full_disk], 0):
        pass


def test_no_indexes_no_work(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with indexed(store, tmp_path, [], 0):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"store"}
