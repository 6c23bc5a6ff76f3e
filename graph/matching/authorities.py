"""The authority files of a data directory: each an index of its own with a note of what it is and where from.

They lie beside the store (``data/authorities/NAME``); no load touches them. One is replaced or removed as a whole.
"""

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import InputError, NotFound
from graph.matching.entry import Entry
from graph.matching.index import Index

ABOUT = "authority.json"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority file: ``licence`` and ``release`` as its publisher states them, ``loaded`` in UTC."""

    name: str
    file: str
    licence: str
    release: str
    loaded: str
    entries: int
    labels: int
    problems: int = 0


class Authorities:
    """The authority files of a data directory."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "authorities"
        self._open: dict[str, Index] = {}

    def all(self) -> list[Authority]:
        """The files loaded, by name."""
        found = sorted(self.folder.glob(f"*/{ABOUT}")) if self.folder.is_dir() else []
        return [Authority(**json.loads(path.read_text(encoding="utf-8"))) for path in found]

    def get(self, name: str) -> Authority:
        """One of them. Raises NotFound."""
        for one in self.all():
            if one.name == name:
                return one
        known = ", ".join(one.name for one in self.all()) or "none"
        raise NotFound(
            f"There is no authority file {name}; loaded are: {known}.", "`jejaring authorities load FILE`"
        )

    def index(self, name: str) -> Index:
        """The index of one, opened once. Raises NotFound."""
        if name not in self._open:
            self._open[name] = Index.open(self.folder / self.get(name).name)
        return self._open[name]

    def indexes(self, names: Iterable[str] = ()) -> Iterator[Index]:
        """The indexes of some files, of all if none are named."""
        for name in tuple(names) or [one.name for one in self.all()]:
            yield self.index(name)

    def add(self, name: str, entries: Iterable[Entry], *, file: str, licence: str, release: str) -> Authority:
        """Index the entries as the authority file of this name, in the place of an earlier one.

        The earlier one stays in use until the new one is complete. Raises InputError for a name that is none, and
        where there are no entries.
        """
        if not _NAME.fullmatch(name):
            raise InputError(
                f"{name!r} is no name of an authority file.", "Use lower-case letters, digits, - and _."
            )
        fresh, counted = self.folder / f".{name}.new", _Counted(name, entries)
        Index.build(fresh, counted)
        if not counted.entries:
            shutil.rmtree(fresh)
            raise InputError(f"{file} holds no entries.", "Is it an authority file, and --mapping right?")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        made = Authority(name, file, licence, release, now, counted.entries, counted.labels)
        self._note(fresh, made)
        shutil.rmtree(self.folder / name, ignore_errors=True)
        fresh.rename(self.folder / name)
        self._open.pop(name, None)
        return made

    def _note(self, folder: Path, made: Authority) -> None:
        (folder / ABOUT).write_text(json.dumps(asdict(made), ensure_ascii=False, indent=1), encoding="utf-8")

    def remove(self, name: str) -> Authority:
        """Remove one with its index; links decided by it stay. Raises NotFound."""
        found = self.get(name)
        shutil.rmtree(self.folder / name)
        self._open.pop(name, None)
        return found


class _Counted:
    """The entries with their source, counted on the way."""

    def __init__(self, name: str, entries: Iterable[Entry]) -> None:
        self.name, self._from = name, entries
        self.entries = self.labels = 0

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._from:
            self.entries += 1
            self.labels += len(entry.every_name())
            yield entry.of_source(self.name)
