"""What is built over a release for its readers: search index, checks.

Of a large release the first of them, which takes as long as everything else at the end of a load, is made by
another process meanwhile. It reads a hard-linked copy of the store, since a store that is being written may drop
files under a reader.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.store import LocalStore
from ingest.other_process import OtherProcess

Index = Callable[[LocalStore, Path], Any]
"""Builds something for readers of a release: gets its store and the release's directory."""
LARGE = 32 << 20
"""Bytes of a store from which on another process pays: starting it takes half a second."""
COPY = "copy"


@contextmanager
def indexed(store: ox.Store, path: Path, indexes: Sequence[Index], large: int = LARGE) -> Iterator[None]:
    """Build the indexes over the store in ``path``; they are there when the block ends. The store may be written to
    in the block: the indexes are of what it held before."""
    if not indexes or _bytes(path / "store") < large:
        for index in indexes:
            index(LocalStore(store), path)
        yield
        return
    copy = path / COPY
    store.backup(str(copy))
    with OtherProcess() as process:
        process.begin(build, indexes[0], copy, path)
        for index in indexes[1:]:
            index(LocalStore(store), path)
        yield
        process.result()
    shutil.rmtree(copy)


def build(index: Index, copy: Path, path: Path) -> None:
    """Build one index over the store in ``copy``."""
    index(LocalStore.open(copy), path)


def _bytes(folder: Path) -> int:
    """The size of an open store, which may clear away one of its files at any moment."""
    size = 0
    for file in folder.iterdir():
        with suppress(FileNotFoundError):
            size += file.stat().st_size
    return size
