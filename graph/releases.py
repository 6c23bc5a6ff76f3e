"""Releases: the published states of the graph, each in a directory that never changes after publication.

``data/current`` is a symbolic link to the newest one and is switched by a rename, so a reader sees either the
old release or the new one, never something between (docs/architecture.md, "Data directory").
"""

import json
import os
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from graph.data_directory import nothing_yet
from graph.errors import NotFound, StoreError
from graph.store import LocalStore

Manifest = dict[str, Any]
GOING = "going-"
"""Before the name of a release's directory while it is being removed."""
_OPENING = Lock()


@dataclass(frozen=True)
class Release:
    """One published release: ``store/``, indexes and ``manifest.json`` below ``path``."""

    path: Path
    manifest: Manifest = field(repr=False)

    @property
    def number(self) -> int:
        """Its number; the first release is 1."""
        return int(self.manifest["number"])

    @property
    def date(self) -> datetime:
        """When it was published, in UTC."""
        return datetime.fromisoformat(self.manifest["date"])

    @property
    def store(self) -> LocalStore:
        """Its store, opened read-only once for this object. Raises StoreError."""
        with _OPENING:
            return self._store

    @cached_property
    def _store(self) -> LocalStore:
        return LocalStore.open(self.path / "store")

    @cached_property
    def report(self) -> dict[str, Any]:
        """The load report that was written with it; empty when there is none."""
        file = self.path / "report.json"
        return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}


class Releases:
    """The published releases of a data directory; opened releases are kept, so stores are opened once."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.folder = data / "releases"
        self._opened: dict[int, Release] = {}

    def current(self) -> Release:
        """The newest published release. Raises NotFound when nothing was loaded yet."""
        number = self.current_number()
        if number is None:
            raise nothing_yet(self.data)
        return self.get(number)

    def current_number(self) -> int | None:
        """The number of the newest published release, None when nothing was loaded yet; cheap to ask often."""
        try:
            return int((self.data / "current").readlink().name)
        except (FileNotFoundError, ValueError):
            return None

    def get(self, number: int) -> Release:
        """The release with this number. Raises NotFound when it is not, or no longer, on disk."""
        if number not in self._opened:
            self._opened[number] = Release(self.path(number), self._manifest(number))
        return self._opened[number]

    def all(self) -> list[Release]:
        """The published releases that are still on disk, oldest first."""
        newest = self.current_number() or 0
        names = sorted(self.folder.glob("[0-9]*")) if self.folder.is_dir() else []
        return [self.get(int(path.name)) for path in names if int(path.name) <= newest]

    def path(self, number: int) -> Path:
        """Where a release is, or will be."""
        return self.folder / f"{number:06d}"

    def switch(self, number: int) -> None:
        """Make a complete release the current one, atomically."""
        fresh = self.data / "current.new"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(self.path(number).relative_to(self.data))
        fresh.replace(self.data / "current")
        sync(self.data)

    def prune(self, kept: int) -> list[int]:
        """Remove all but the newest ``kept`` releases; the current one always stays. Returns what was removed.

        Readers that still have a removed store open go on reading: its files vanish when they close it. A
        release is renamed first, so that whoever writes an index beside its store cannot leave half of one behind.
        """
        old = self.all()[: -max(1, kept)]
        for release in old:
            release.path.rename(self.folder / f"{GOING}{release.path.name}")
            self._opened.pop(release.number, None)
        for going in self.folder.glob(f"{GOING}*"):
            shutil.rmtree(going, ignore_errors=True)
        return [release.number for release in old]

    def _manifest(self, number: int) -> Manifest:
        file = self.path(number) / "manifest.json"
        try:
            return dict(json.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError as error:
            found = sorted(self.folder.glob("[0-9]*"))
            if not found:
                raise nothing_yet(self.data) from error
            names = ", ".join(path.name for path in found)
            raise NotFound(f"There is no release {number}.", f"On disk are: {names}.") from error
        except ValueError as error:
            raise StoreError(f"{file} is damaged: {error}.", "Restore the release from a backup.") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write ``manifest.json`` so that it is on disk when this returns."""
    with (folder / "manifest.json").open("w", encoding="utf-8") as file:
        json.dump(manifest, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    sync(folder)


def sync(path: Path) -> None:
    """Have a file's content, or a directory's entries, on disk, so that it survives a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
