"""The release being built: one writer, a directory that is thrown away when the load dies, one moment of commit.

In order: ``next/`` is filled and forced to disk; the archive commits, and from then on the new release counts;
``next/`` is renamed to its place; ``current`` is switched. Whoever builds next finishes or clears away what a
crash left: a ``next/`` that bears the archive's number is complete and only lacks its rename.
"""

import ctypes
import fcntl
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from queue import Queue
from threading import Thread
from types import TracebackType
from typing import IO

import pyoxigraph as ox

from graph import file_digests
from graph.archive import Archive
from graph.errors import StoreError
from graph.releases import Manifest, Releases, sync, write_manifest
from graph.statements import is_valid, triples

CHUNK_BYTES = 32 << 20
"""N-Triples text handed to the bulk loader at once: about 200,000 lines. With half as much the process needs 200 MB
less memory, and the store half as much time again, or twice the time, for putting its files together."""
SMALL_BYTES = 2 << 20
"""Additions below this go in as one transaction: the bulk loader would write a file of its own for them."""


class Lock:
    """Held by the one writer of a data directory; freed by the system when its process ends."""

    def __init__(self, data: Path) -> None:
        """Raises StoreError when another process holds it."""
        data.mkdir(parents=True, exist_ok=True)
        self._file: IO[str] = (data / "lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.seek(0)
            holder = self._file.read().strip() or "unknown"
            self._file.close()
            raise StoreError(
                f"Another process ({holder}) is changing {data}.", "Wait until it has finished."
            ) from error
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    def free(self) -> None:
        """Let the next writer in."""
        self._file.close()


def keep_memory() -> None:
    """Have the C library keep memory that was freed: the bulk loader asks for the same again with each chunk,
    and getting it from the system page by page takes a fifth of the time of loading."""
    try:
        option = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    trim_threshold, top_pad, map_threshold = -1, -2, -3
    option(map_threshold, 1 << 30)
    option(trim_threshold, 1 << 30)
    option(top_pad, 256 << 20)


def recover(data: Path) -> None:
    """Finish or clear away what a killed load left. The caller holds the lock."""
    releases, left = Releases(data), data / "next"
    committed = _committed(data)
    published = releases.current_number() or 0
    if committed < published:
        raise StoreError(
            f"The archive of {data} belongs to release {committed}, but release {published} is published.",
            "Restore archive.sqlite and the release from the same backup.",
        )
    if committed > published:
        if not releases.path(committed).is_dir():
            _place(left, releases.path(committed))
        releases.switch(committed)
    if left.exists():
        shutil.rmtree(left)


def _committed(data: Path) -> int:
    if not (data / "archive.sqlite").exists():
        return 0
    archive = Archive.open(data, write=True)
    try:
        return archive.release
    finally:
        archive.close()


def _place(left: Path, place: Path) -> None:
    place.parent.mkdir(exist_ok=True)
    try:
        left.rename(place)
    except OSError as error:
        raise StoreError(
            f"Release {place.name} was committed, but its directory is missing.", "Restore a backup."
        ) from error


class Building:
    """The next release while it is being made. Leave the ``with`` block without ``publish`` and it is gone."""

    def __init__(self, data: Path, *, empty: bool = False) -> None:
        """``empty`` starts from nothing, else from a hard-linked copy of the current release."""
        self._lock = Lock(data)
        try:
            recover(data)
            self.releases = Releases(data)
            self.number = (self.releases.current_number() or 0) + 1
            self.path = data / "next"
            self._begin(empty)
        except BaseException:
            self._lock.free()
            raise

    def _begin(self, empty: bool) -> None:
        self.path.mkdir(parents=True)
        if not empty and self.number > 1:
            self.releases.current().store.store.backup(str(self.path / "store"))
        keep_memory()
        self.store = ox.Store(str(self.path / "store"))
        self._reset()

    def start_over(self) -> None:
        """Throw away what was built and begin with an empty store."""
        self.finish_adding()
        del self.store
        shutil.rmtree(self.path)
        self._begin(empty=True)

    def _reset(self) -> None:
        self._text: list[bytes] = []
        self._size = 0
        self._chunks: Queue[bytes | None] = Queue(maxsize=1)
        self._loader: Thread | None = None
        self._failure: BaseException | None = None
        self.refused: list[str] = []

    def __enter__(self) -> "Building":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop_loader()
        del self.store
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.free()

    def add(self, text: bytes) -> None:
        """Add N-Triples lines to the default graph, sooner or later; a line already there is no matter."""
        self._text.append(text)
        self._size += len(text)
        if self._size >= CHUNK_BYTES:
            self._send()

    def _send(self) -> None:
        if self._loader is None:
            self._loader = Thread(target=self._load_chunks, daemon=True)
            self._loader.start()
        self._raise_failure()
        self._chunks.put(b"".join(self._text))
        self._text, self._size = [], 0

    def _load_chunks(self) -> None:
        while (chunk := self._chunks.get()) is not None:
            if self._failure is None:
                try:
                    self._load(chunk)
                except BaseException as error:
                    self._failure = error

    def _load(self, chunk: bytes) -> None:
        load = self.store.load if len(chunk) < SMALL_BYTES else self.store.bulk_load
        try:
            load(chunk, ox.RdfFormat.N_TRIPLES)
        except SyntaxError:
            load(self._sifted(chunk), ox.RdfFormat.N_TRIPLES)

    def _sifted(self, chunk: bytes) -> bytes:
        """The lines a strict parser takes; one bad line would make the store refuse the whole chunk."""
        lines = chunk.decode().splitlines()
        good = [line for line in lines if is_valid(line)]
        self.refused += set(lines) - set(good)
        return "\n".join(good).encode()

    def finish_adding(self) -> None:
        """Return when everything added is in the store. Raises what the loader met, a full disk for instance."""
        if self._text and self._loader is not None:
            self._send()
        self._stop_loader()
        self._raise_failure()
        if self._text:
            self._load(b"".join(self._text))
            self._text, self._size = [], 0

    def _stop_loader(self) -> None:
        if self._loader is not None:
            self._chunks.put(None)
            self._loader.join()
            self._loader = None

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure

    def remove(self, lines: Iterable[str]) -> None:
        """Take lines out of the default graph."""
        text = "\n".join(f"{triple} ." for triple in triples(list(lines)))
        if text:
            self.store.update(f"DELETE DATA {{\n{text}\n}}")

    def seal(self, manifest: Manifest) -> None:
        """Force everything to disk, so that the archive may commit."""
        self.finish_adding()
        self.store.flush()
        del self.store
        self.store = ox.Store()
        file_digests.note(self.path, self.releases.path(self.number - 1))
        for folder, _, files in os.walk(self.path):
            for name in files:
                sync(Path(folder) / name)
        write_manifest(self.path, manifest)

    def publish(self, kept: int) -> None:
        """Put the sealed release in its place and make it the current one; the archive has committed."""
        _place(self.path, self.releases.path(self.number))
        self.releases.switch(self.number)
        self.releases.prune(kept)
