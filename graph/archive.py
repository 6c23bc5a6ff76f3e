"""The archive: every source record and document as it came, and which of them states something about what.

One SQLite file beside the releases. The graph is a pure function of what is in it, so it answers "give me the
MARC", "what changed", "why does the page say this", and lets any release be built again. The writer changes it
in one transaction per load, whose commit is the moment the new release counts (``ingest.building``); readers
see the state before until then.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pymarc import Record

from graph import packing
from graph.data_directory import nothing_yet
from graph.errors import NotFound, StoreError
from graph.statements import key

SCHEMA = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS source (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, settings TEXT NOT NULL, files TEXT NOT NULL, release INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS record (
    number INTEGER PRIMARY KEY, source TEXT NOT NULL, id TEXT NOT NULL, hash BLOB NOT NULL, content BLOB NOT NULL,
    release INTEGER NOT NULL, own INTEGER, problems TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS record_name ON record (source, id, hash);
CREATE TABLE IF NOT EXISTS shared (
    key INTEGER NOT NULL, digest INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (key, digest, record)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS document (
    source TEXT PRIMARY KEY, file TEXT NOT NULL, hash BLOB NOT NULL, content BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS gone (iri TEXT PRIMARY KEY, release INTEGER NOT NULL, replaced TEXT) WITHOUT ROWID;
"""

Shared = tuple[int, int]
"""Key of an entity and digest of the lines a record states about it."""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source as the archive knows it: ``kind`` is ``records`` or the format of a document; ``files`` maps the
    names of the input files to their hashes; ``settings`` is what it was loaded with."""

    id: str
    kind: str
    settings: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    release: int = 0


@dataclass(frozen=True, slots=True)
class ArchivedRecord:
    """A record as it came; ``release`` is the first release that holds this content."""

    number: int
    source: str
    id: str
    packed: bytes
    release: int
    problems: tuple[dict[str, Any], ...] = ()

    @property
    def content(self) -> bytes:
        """The record as ``graph.packing.text``."""
        return packing.expand(self.packed)

    def marc(self) -> Record:
        """The record as pymarc knows it; ``as_marc()`` gives ISO 2709, where it fits."""
        return packing.record(self.content)


_RECORD = "record.number, record.source, record.id, record.content, record.release, record.problems"


class Archive:
    """The archive of a data directory. One object serves one thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    @classmethod
    def open(cls, data: Path, *, write: bool = False) -> "Archive":
        """The archive of a data directory; made when absent and opened for writing. Raises StoreError,
        and NotFound when there is none to read."""
        file = data / "archive.sqlite"
        if not write and not file.exists():
            raise nothing_yet(data)
        try:
            if not write:
                connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=False)
                connection.execute("SELECT 1 FROM state LIMIT 1")
                return cls(connection)
            connection = sqlite3.connect(file, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA cache_size = -65536")
            connection.executescript(SCHEMA)
        except sqlite3.Error as error:
            raise StoreError(
                f"The archive {file} cannot be opened: {error}.",
                "Give your user the right to write it, or restore a backup.",
            ) from error
        return cls(connection)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def state(self, name: str, default: str = "") -> str:
        """A remembered value: ``release`` (the number this content belongs to), ``rules``, ``base``."""
        row = self.connection.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else default

    @property
    def release(self) -> int:
        """The release whose content this is; 0 before the first."""
        return int(self.state("release", "0"))

    def sources(self) -> list[SourceEntry]:
        """All sources, by id."""
        rows = self.connection.execute("SELECT id, kind, settings, files, release FROM source ORDER BY id")
        return [SourceEntry(r[0], r[1], json.loads(r[2]), json.loads(r[3]), r[4]) for r in rows]

    def source(self, source: str) -> SourceEntry | None:
        """One source, None when there is none of this id."""
        return next((entry for entry in self.sources() if entry.id == source), None)

    def count(self, source: str = "") -> int:
        """How many records there are, of one source or of all."""
        condition = "WHERE source = ?" if source else ""
        query = f"SELECT count(*) FROM record {condition}"
        return int(self.connection.execute(query, (source,) if source else ()).fetchone()[0])

    def records(self, source: str = "") -> Iterator[ArchivedRecord]:
        """The records of one source, or of all, in the order they came."""
        condition = "WHERE source = ?" if source else ""
        query = f"SELECT {_RECORD} FROM record {condition} ORDER BY number"
        return map(_record, self.connection.execute(query, (source,) if source else ()))

    def by_number(self, number: int) -> ArchivedRecord:
        """A record by its number in the archive. Raises NotFound."""
        row = self.connection.execute(f"SELECT {_RECORD} FROM record WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise NotFound(f"The archive has no record {number}.")
        return _record(row)

    def stating(self, iri: str, limit: int = 20) -> list[ArchivedRecord]:
        """The records that state something about an entity of ours (give the IRI without fragment)."""
        query = f"""SELECT DISTINCT {_RECORD} FROM shared JOIN record ON record.number = shared.record
            WHERE shared.key = ? ORDER BY record.number LIMIT ?"""
        return [_record(row) for row in self.connection.execute(query, (key(iri), limit))]

    def record(self, iri: str) -> ArchivedRecord:
        """The source record behind an instance. Raises NotFound."""
        query = f"""SELECT {_RECORD} FROM shared JOIN record ON record.number = shared.record
            WHERE shared.key = ?1 AND record.own = ?1 ORDER BY record.number LIMIT 1"""
        row = self.connection.execute(query, (key(iri.partition("#")[0]),)).fetchone()
        if row is None:
            raise NotFound(f"No source record is behind {iri}.", "Give the IRI of an instance.")
        return _record(row)

    def gone(self, iri: str) -> tuple[int, str | None] | None:
        """For an entity that used to be in the graph: the first release without it, and the IRI of what took
        its place, if that is known. Ask the store first: an entity may have come back."""
        row = self.connection.execute("SELECT release, replaced FROM gone WHERE iri = ?", (iri,)).fetchone()
        return (row[0], row[1]) if row else None

    def documents(self) -> Iterator[tuple[str, str, bytes]]:
        """Source id, file name and content of every document."""
        for source, file, content in self.connection.execute("SELECT source, file, content FROM document"):
            yield source, file, packing.expand(content)

    def document(self, source: str) -> tuple[str, bytes]:
        """File name and content of a document. Raises NotFound."""
        query = "SELECT file, content FROM document WHERE source = ?"
        row = self.connection.execute(query, (source,)).fetchone()
        if row is None:
            raise NotFound(f"There is no document {source!r} in the archive.")
        return row[0], packing.expand(row[1])


def _record(row: Iterable[Any]) -> ArchivedRecord:
    number, source, name, content, release, problems = row
    return ArchivedRecord(number, source, name, content, release, tuple(json.loads(problems or "[]")))
