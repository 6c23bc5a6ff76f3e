"""What is remembered of look-ups: answers until they expire, entries with their source, and when to ask again.

``lookups.sqlite`` in the data directory. Every answer is on disk before the next question goes out, so a run that
was broken off goes on where it was; a service that wants to be left alone is, after a restart, too.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from time import time

from graph.data_directory import there
from graph.errors import StoreError
from graph.matching.entry import Entry
from graph.transaction import transaction

FILE = "lookups.sqlite"
DAY = 86400.0
SCHEMA = """
CREATE TABLE IF NOT EXISTS answer (
    service TEXT NOT NULL, question TEXT NOT NULL, at REAL NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (service, question)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entry (
    service TEXT NOT NULL, iri TEXT NOT NULL, at REAL NOT NULL, packed TEXT NOT NULL, PRIMARY KEY (service, iri)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS asked (
    service TEXT NOT NULL, heading TEXT NOT NULL, at REAL NOT NULL, found INTEGER NOT NULL,
    PRIMARY KEY (service, heading)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pace (service TEXT PRIMARY KEY, next REAL NOT NULL, until REAL NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it came, and how many days old it is."""

    body: bytes
    days: float


class Memory:
    """The look-ups of a data directory."""

    def __init__(self, data: Path) -> None:
        """Raises NotFound without the directory, StoreError when the file cannot be opened."""
        there(data)
        try:
            self._base = sqlite3.connect(data / FILE, timeout=30, isolation_level=None, check_same_thread=False)
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.executescript(SCHEMA)
        except sqlite3.Error as error:
            raise StoreError(f"{data / FILE} cannot be opened: {error}.", "It may be deleted.") from error

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def answer(self, service: str, question: str) -> Kept | None:
        """A kept answer, however old; None when there is none or it is damaged."""
        query = "SELECT body, at FROM answer WHERE service = ? AND question = ?"
        row = self._base.execute(query, (service, question)).fetchone()
        try:
            return Kept(zlib.decompress(row[0]), (time() - row[1]) / DAY) if row else None
        except zlib.error:
            return None

    def keep(self, service: str, question: str, body: bytes) -> None:
        """Keep an answer as it came."""
        row = (service, question, time(), zlib.compress(body))
        with self._writing():
            self._base.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", row)

    def take_in(self, service: str, heading: str, entries: Iterable[Entry]) -> None:
        """Keep what was found for a heading, and that it was asked."""
        found = list(entries)
        rows = [(service, one.iri, time(), one.packed()) for one in found]
        with self._writing():
            self._base.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", rows)
            row = (service, heading, time(), len(found))
            self._base.execute("INSERT OR REPLACE INTO asked VALUES (?, ?, ?, ?)", row)

    def entries(self, service: str) -> Iterator[Entry]:
        """All entries that were ever fetched from a service."""
        query = "SELECT packed FROM entry WHERE service = ? ORDER BY iri"
        for (packed,) in self._base.execute(query, (service,)):
            yield Entry.unpacked(packed)

    def asked(self, service: str, heading: str, days: float) -> bool:
        """Whether a service was asked about a heading in the last days."""
        query = "SELECT at FROM asked WHERE service = ? AND heading = ?"
        row = self._base.execute(query, (service, heading)).fetchone()
        return row is not None and time() - row[0] < days * DAY

    def turn(self, service: str, per_minute: float) -> float:
        """Take the next turn of a service, which comes ``per_minute`` times a minute whoever asks on this machine;
        the seconds to wait until then."""
        with self._writing():
            now = time()
            after, until = self._pace(service)
            at = max(now, after, until)
            self._set_pace(service, at + 60 / per_minute, until)
        return at - now

    def pause(self, service: str, seconds: float) -> None:
        """Leave a service alone for a while."""
        with self._writing():
            after, until = self._pace(service)
            self._set_pace(service, after, max(until, time() + seconds))

    def paused(self, service: str) -> float:
        """The seconds for which a service wants to be left alone; 0 when it does not."""
        return max(0.0, self._pace(service)[1] - time())

    def counts(self, service: str) -> dict[str, int]:
        """How many answers, entries and headings asked about are kept."""
        tables = {"answers": "answer", "entries": "entry", "asked": "asked"}
        query = "SELECT count(*) FROM {} WHERE service = ?"
        return {
            name: self._base.execute(query.format(table), (service,)).fetchone()[0]
            for name, table in tables.items()
        }

    def forget(self, service: str) -> None:
        """Forget all that a service said."""
        with self._writing():
            for table in ("answer", "entry", "asked", "pace"):
                self._base.execute(f"DELETE FROM {table} WHERE service = ?", (service,))

    def _writing(self) -> AbstractContextManager[None]:
        return transaction(self._base, "What was looked up cannot be kept")

    def _pace(self, service: str) -> tuple[float, float]:
        row = self._base.execute("SELECT next, until FROM pace WHERE service = ?", (service,)).fetchone()
        return row or (0.0, 0.0)

    def _set_pace(self, service: str, after: float, until: float) -> None:
        self._base.execute("INSERT OR REPLACE INTO pace VALUES (?, ?, ?)", (service, after, until))
