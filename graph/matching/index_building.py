"""Building the index of an authority file: a key table in SQLite and the words of the names in tantivy.

The key table holds numbers only (the hash of a key, the number of a name: the entry's number times 4096 plus the
place among its names); the keys are made by graph.matching.forms.
"""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import tantivy

from graph.matching.entry import Entry
from graph.matching.forms import (
    Form,
    acronym_keys,
    exact_keys,
    form,
    groups_of,
    identifier_key,
    latin,
    loose_keys,
    number,
    own_name,
    roots_of,
)
from graph.matching.romanising import is_told, romanised

ENTRIES, NAMES = "entries.sqlite", "names"
SHIFT = 12
MOST_NAMES = (1 << SHIFT) - 1
BATCH = 5000
FORMAT = 9
"""Number of this form of index; those of another are not read."""
GRAM = 4
"""Letters of the pieces of names by which names are found that share no word."""
HEAP_BYTES = 60_000_000
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE entry (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, packed TEXT NOT NULL);
CREATE TEMP TABLE unsorted (key INTEGER NOT NULL, name INTEGER NOT NULL);
CREATE TABLE word (word TEXT PRIMARY KEY, many INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE population (grp TEXT PRIMARY KEY, many INTEGER NOT NULL) WITHOUT ROWID;
"""
_SORT = """
CREATE TABLE key (key INTEGER NOT NULL, name INTEGER NOT NULL, PRIMARY KEY (key, name)) WITHOUT ROWID;
INSERT OR IGNORE INTO key SELECT key, name FROM unsorted ORDER BY key, name;
DROP TABLE unsorted;
CREATE INDEX entry_iri ON entry (iri);
"""


def open_names(folder: Path, *, fresh: bool = False) -> tantivy.Index:
    """The index of words, opened or made."""
    index = tantivy.Index(_names(), path=str(folder)) if fresh else tantivy.Index.open(str(folder))
    for name, tokenizer in (
        ("split", tantivy.Tokenizer.whitespace()),
        ("grams", tantivy.Tokenizer.ngram(GRAM, GRAM)),
    ):
        index.register_tokenizer(name, tantivy.TextAnalyzerBuilder(tokenizer).build())
    return index


def _names() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="split", index_option="basic")
    builder.add_text_field("roots", tokenizer_name="split", index_option="basic")
    builder.add_text_field("grams", tokenizer_name="grams", index_option="basic")
    builder.add_text_field("whole", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("name", fast=True)
    builder.add_unsigned_field("length", fast=True)
    return builder.build()


def build(folder: Path, entries: Iterable[Entry]) -> None:
    """Make the index of some entries in a folder, replacing what is there; memory grows with the words only."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / NAMES).mkdir(parents=True)
    base = sqlite3.connect(folder / ENTRIES)
    base.executescript(_SCHEMA)
    base.execute(f"PRAGMA user_version = {FORMAT}")
    names = open_names(folder / NAMES, fresh=True)
    writer = names.writer(HEAP_BYTES, 1)
    words, population = Counter[str](), Counter[str]()
    numbered = enumerate(entries)
    while batch := list(islice(numbered, BATCH)):
        base.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", [_row(at, entry) for at, entry in batch])
        found = [(at << SHIFT | place, one) for at, entry in batch for place, one in _placed(entry)]
        base.executemany("INSERT INTO unsorted VALUES (?, ?)", chain.from_iterable(map(_keyed, found)))
        base.executemany("INSERT INTO unsorted VALUES (?, ?)", chain.from_iterable(map(_identified, batch)))
        _count(batch, words, population)
        for document in _documents(batch):
            writer.add_document(document)
    _finish(base, words, population)
    writer.commit()
    writer.wait_merging_threads()


def _row(at: int, entry: Entry) -> tuple[int, str, str, str]:
    return at, entry.iri, entry.kind, entry.packed()


def _placed(entry: Entry) -> Iterator[tuple[int, Form]]:
    for group in groups_of(entry.kind):
        for place, name in enumerate(entry.every_name()[:MOST_NAMES]):
            yield place, form(own_name(name, entry.kind), group)


def _keyed(named: tuple[int, Form]) -> Iterator[tuple[int, int]]:
    name, one = named
    if one.words:
        for key in exact_keys(one) | loose_keys(one) | acronym_keys(one, asked=False):
            yield number(key), name


def _identified(numbered: tuple[int, Entry]) -> Iterator[tuple[int, int]]:
    at, entry = numbered
    for iri in {entry.iri, *entry.identifiers}:
        yield number(identifier_key(iri)), at << SHIFT


def _count(batch: list[tuple[int, Entry]], words: Counter[str], population: Counter[str]) -> None:
    for _, entry in batch:
        population.update(groups_of(entry.kind))
        forms = [one for _, one in _placed(entry)]
        words.update({one.group + word for one in forms for word in (*one.words, *one.qualifier, *one.roots)})


def _documents(batch: list[tuple[int, Entry]]) -> Iterator[tantivy.Document]:
    for at, entry in batch:
        for place, name in enumerate(entry.every_name()[:MOST_NAMES]):
            whole = " ".join(latin(name))[:1000]
            document = tantivy.Document()
            document.add_text("words", whole)
            document.add_text("roots", " ".join(roots_of(name, entry.kind)))
            document.add_text("grams", " ".join(latin(romanised(name)))[:1000] if is_told(name) else whole)
            document.add_text("whole", whole)
            document.add_text("kind", entry.kind)
            document.add_unsigned("name", at << SHIFT | place)
            document.add_unsigned("length", len(whole))
            yield document


def _finish(base: sqlite3.Connection, words: Counter[str], population: Counter[str]) -> None:
    base.executescript(_SORT)
    base.executemany("INSERT INTO word VALUES (?, ?)", ((word, many) for word, many in words.items() if many > 1))
    base.executemany("INSERT INTO population VALUES (?, ?)", population.items())
    base.commit()
    base.close()
