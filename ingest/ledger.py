"""The writing half of the archive: one load is one transaction.

Notes kept only for the time of a load are in temporary tables, so that memory stays constant: which records
were met, and which lines might have to leave the graph.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from graph import packing
from graph.archive import Archive, Shared, SourceEntry
from graph.statements import key
from ingest.problems import Problem

NOTES = """
CREATE TEMP TABLE met (record INTEGER PRIMARY KEY);
CREATE TEMP TABLE leaving (
    key INTEGER, digest INTEGER, line TEXT, PRIMARY KEY (key, line)
) WITHOUT ROWID;
CREATE TEMP TABLE bereft (iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE pointing (
    object TEXT, subject TEXT, predicate TEXT, PRIMARY KEY (object, subject, predicate)
) WITHOUT ROWID;
"""
Leaving = tuple[int, int, str]
"""Key of the entity a line belongs to, digest of all its lines in the same record (0 if unknown), the line."""


class Ledger:
    """The archive while a load is writing to it."""

    def __init__(self, data: Path, release: int) -> None:
        """Begin the transaction of the load that is to become ``release``."""
        self.archive = Archive.open(data, write=True)
        self.run = self.archive.connection.execute
        self.release = release
        self.archive.connection.executescript(NOTES)
        self.run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """From here on the new release counts."""
        self.set_state("release", str(self.release))
        self.run("COMMIT")

    def keep(self) -> None:
        """Keep what was noted without a new release: the input said nothing new."""
        self.run("COMMIT")

    def close(self) -> None:
        """End; what was not committed is forgotten."""
        self.archive.close()

    def set_state(self, name: str, value: str) -> None:
        """Remember a value, see ``Archive.state``."""
        self.run("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def set_source(self, entry: SourceEntry) -> None:
        """Add or replace a source."""
        settings, files = (json.dumps(value, ensure_ascii=False) for value in (entry.settings, entry.files))
        row = (entry.id, entry.kind, settings, files, self.release)
        self.run("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?)", row)

    def drop_source(self, source: str) -> None:
        """Forget a source (its records are dropped one by one)."""
        self.run("DELETE FROM source WHERE id = ?", (source,))
        self.run("DELETE FROM document WHERE source = ?", (source,))

    def set_document(self, source: str, file: str, content: bytes) -> None:
        """Keep a document's file as it came."""
        row = (source, file, packing.fingerprint(content), packing.compress(content))
        self.run("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)", row)

    def meet(self, source: str, name: str, content: bytes) -> tuple[int, bytes | None]:
        """Note that a record is in the input. Returns its number and, when its content was not known before
        this call, the content as it is kept."""
        found = packing.fingerprint(content)
        number = self._number(source, name, found)
        if number is not None:
            self.run("INSERT OR IGNORE INTO met VALUES (?)", (number,))
            return number, None
        packed = packing.compress(content)
        return self.enter(source, name, found, packed)[0], packed

    def enter(self, source: str, name: str, found: bytes, packed: bytes) -> tuple[int, bool]:
        """The same with a record that is packed already; whether it is new."""
        number = self._number(source, name, found)
        fresh = number is None
        if number is None:
            values = (source, name, found, packed, self.release)
            insert = "INSERT INTO record (source, id, hash, content, release) VALUES (?, ?, ?, ?, ?)"
            number = int(self.run(insert, values).lastrowid or 0)
        self.run("INSERT OR IGNORE INTO met VALUES (?)", (number,))
        return number, fresh

    def _number(self, source: str, name: str, found: bytes) -> int | None:
        query = "SELECT number FROM record WHERE source = ? AND id = ? AND hash = ?"
        row = self.run(query, (source, name, found)).fetchone()
        return row[0] if row else None

    def missed(self, source: str, *, only_replaced: bool) -> list[int]:
        """Records of a source that the input did not have; with ``only_replaced`` those of them whose
        identifier it had, with other content."""
        query = "SELECT number FROM record WHERE source = ?1 AND number NOT IN (SELECT record FROM met)"
        if only_replaced:
            query += """ AND id <> '' AND id IN (SELECT id FROM record WHERE source = ?1
                AND number IN (SELECT record FROM met))"""
        return [number for (number,) in self.run(query, (source,))]

    def numbers(self, source: str) -> list[int]:
        """The numbers of a source's records."""
        return [number for (number,) in self.run("SELECT number FROM record WHERE source = ?", (source,))]

    def looking_up(self, names: Iterable[str]) -> list[int]:
        """Records whose conversion asked for one of these names (``library kota``, ``package 123``)."""
        keys = [(key(name),) for name in names]
        self.run("CREATE TEMP TABLE IF NOT EXISTS asked (key INTEGER PRIMARY KEY)")
        self.run("DELETE FROM asked")
        self.archive.connection.executemany("INSERT OR IGNORE INTO asked VALUES (?)", keys)
        query = "SELECT DISTINCT shared.record FROM asked JOIN shared USING (key) ORDER BY 1"
        return [number for (number,) in self.run(query)]

    def states(self, number: int, own: int | None, shared: Iterable[Shared], problems: list[Problem]) -> None:
        """Note what a record states something about."""
        told = json.dumps([asdict(problem) for problem in problems], ensure_ascii=False) if problems else None
        self.run("UPDATE record SET own = ?, problems = ? WHERE number = ?", (own, told, number))
        rows = [(*about, number) for about in shared]
        self.archive.connection.executemany("INSERT OR IGNORE INTO shared VALUES (?, ?, ?)", rows)

    def states_no_more(self, number: int, shared: Iterable[Shared]) -> None:
        """Take back ``states``."""
        rows = [(*about, number) for about in shared]
        query = "DELETE FROM shared WHERE key = ? AND digest = ? AND record = ?"
        self.archive.connection.executemany(query, rows)

    def forget_all_statements(self) -> None:
        """Take back every ``states``, before all records are converted anew."""
        self.run("DELETE FROM shared")

    def drop(self, number: int) -> None:
        """Forget a record."""
        self.run("DELETE FROM record WHERE number = ?", (number,))

    def leave(self, lines: Iterable[Leaving]) -> None:
        """Note lines that may have to leave the graph."""
        self.archive.connection.executemany("INSERT OR IGNORE INTO leaving VALUES (?, ?, ?)", lines)

    def leaving(self, size: int) -> Iterator[list[Leaving]]:
        """The noted lines in bundles, those of one entity together; afterwards none is noted."""
        cursor = self.run("SELECT key, digest, line FROM leaving ORDER BY key")
        while rows := cursor.fetchmany(size):
            yield rows
        self.run("DELETE FROM leaving")

    def bereave(self, iri: str) -> None:
        """Note that nothing is said of an entity, for now."""
        self.run("INSERT OR IGNORE INTO bereft VALUES (?)", (iri,))

    def unpoint(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Note removed statements between entities: object, subject, predicate."""
        self.archive.connection.executemany("INSERT OR IGNORE INTO pointing VALUES (?, ?, ?)", rows)

    def bereft(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Entities of which nothing was said at some time of this load, and subject and predicate of the
        statements that used to lead to them."""
        for (iri,) in self.run("SELECT iri FROM bereft ORDER BY iri").fetchall():
            query = "SELECT subject, predicate FROM pointing WHERE object = ?"
            yield iri, self.run(query, (iri,)).fetchall()

    def gone(self, iri: str, replaced: str | None) -> None:
        """Remember that this release no longer has an entity, and which one took its place."""
        self.run("INSERT OR REPLACE INTO gone VALUES (?, ?, ?)", (iri, self.release, replaced))

    def stated(self, entity: int, digest: int) -> bool:
        """Whether some record states exactly these lines about an entity."""
        query = "SELECT 1 FROM shared WHERE key = ? AND digest = ? LIMIT 1"
        return self.run(query, (entity, digest)).fetchone() is not None

    def witnesses(self, entity: int) -> Iterator[int]:
        """For each different set of lines that records state about an entity, one of these records."""
        # Skips from digest to digest: an entity may be shared by a million records that all say the same.
        query = "SELECT digest, record FROM shared WHERE key = ? AND digest >= ? ORDER BY digest LIMIT 1"
        floor = -(2**63)
        while row := self.run(query, (entity, floor)).fetchone():
            yield row[1]
            floor = row[0] + 1
            if floor == 2**63:
                return
