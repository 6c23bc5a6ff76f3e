"""The index of an authority file: a folder beside the store in which headings find the entries they may mean."""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.errors import NotFound
from graph.matching.entry import Entry
from graph.matching.forms import normal, sorted_tokens

FILE = "entries.sqlite"
_SCHEMA = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, packed TEXT NOT NULL);
CREATE TABLE key (key TEXT NOT NULL, entry INTEGER NOT NULL);
CREATE TABLE name (name TEXT NOT NULL, entry INTEGER NOT NULL);
"""
_INDEXES = """
CREATE INDEX entry_iri ON entry (iri);
CREATE INDEX key_key ON key (key);
CREATE INDEX name_name ON name (name);
"""


class Index:
    """The entries of one or more authority files, found by IRI, by form and by the beginning of a name."""

    def __init__(self, folder: Path) -> None:
        """Open the index in a folder. Raises NotFound when there is none."""
        if not (folder / FILE).is_file():
            raise NotFound(
                f"There is no index of headings in {folder}.", "`jejaring authorities load FILE` makes one."
            )
        self.folder = folder
        self._base = sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True, check_same_thread=False)

    @classmethod
    def build(cls, folder: Path, entries: Iterable[Entry]) -> "Index":
        """Make the index of some entries in a folder, replacing what is there."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        base = sqlite3.connect(folder / FILE)
        base.executescript(_SCHEMA)
        for number, entry in enumerate(entries):
            base.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", (number, entry.iri, entry.kind, entry.packed()))
            names = dict.fromkeys((entry.label, *entry.variants))
            keys = {sorted_tokens(name) for name in names}
            base.executemany("INSERT INTO key VALUES (?, ?)", [(key, number) for key in keys if key])
            base.executemany("INSERT INTO name VALUES (?, ?)", [(normal(name), number) for name in names])
        base.executescript(_INDEXES)
        base.commit()
        base.close()
        return cls(folder)

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """The index in a folder. Raises NotFound when there is none."""
        return cls(folder)

    def __len__(self) -> int:
        return int(self._base.execute("SELECT COUNT(*) FROM entry").fetchone()[0])

    def __iter__(self) -> Iterator[Entry]:
        for (packed,) in self._base.execute("SELECT packed FROM entry ORDER BY id"):
            yield Entry.unpacked(packed)

    def get(self, iri: str) -> Entry:
        """The entry with an IRI. Raises NotFound."""
        row = self._base.execute("SELECT packed FROM entry WHERE iri = ?", (iri,)).fetchone()
        if row is None:
            raise NotFound(f"No entry of the index is called {iri}.")
        return Entry.unpacked(row[0])

    def keyed(self, key: str) -> list[Entry]:
        """The entries with a form of this key."""
        query = "SELECT DISTINCT id, packed FROM key JOIN entry ON entry.id = key.entry WHERE key = ? LIMIT 100"
        return [Entry.unpacked(packed) for _, packed in self._base.execute(query, (key,))]

    def suggest(self, prefix: str, kind: str = "", limit: int = 10) -> list[Entry]:
        """Entries with a name that begins like this, of a kind if one is given, in the order of the names."""
        start = normal(prefix)
        query = (
            "SELECT DISTINCT packed FROM name JOIN entry ON entry.id = name.entry "
            "WHERE name >= ? AND name < ? AND (? = '' OR kind = ?) LIMIT ?"
        )
        rows = self._base.execute(query, (start, start + "\U0010ffff", kind, kind, limit))
        return [Entry.unpacked(packed) for (packed,) in rows] if start else []
