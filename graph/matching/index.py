"""The index of an authority file: a folder beside the store in which headings find the entries they may mean."""

import heapq
import math
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import tantivy

from graph.errors import NotFound
from graph.matching.entry import Entry
from graph.matching.forms import latin, number, roots_of
from graph.matching.index_building import ENTRIES, FORMAT, GRAM, NAMES, SHIFT, build, open_names
from graph.matching.romanising import romanised

MOST_KEPT = 50_000
"""Entries, and words with what they tell, that are kept in memory for the next headings."""
RARE = 8
"""Words, and pieces of words, of a heading that are looked for: the rarest, which tell most."""
WEIGHT = {"roots": 2.0, "grams": 1.0}
"""Weight of a word, and of a piece of one."""
SURE, LEAST = 12, 0.35
"""So many similar names are compared however little they share; others when they share at least so much."""
SHORTEST: dict[str, Any] = {"order_by_field": "length", "order": tantivy.Order.Asc}


class Rarities(dict[str, float]):
    """Bits by word, worked out when first asked for; a dictionary, because names are compared millions of times."""

    def __init__(self, group: str, frequent: Mapping[str, int], population: int) -> None:
        super().__init__()
        self._group, self._frequent, self._population = group, frequent, population

    def __missing__(self, word: str) -> float:
        many = self._frequent.get(self._group + word, 1)
        if len(self) > MOST_KEPT:
            self.clear()
        bits = self[word] = math.log2(max(self._population, many) / many)
        return bits


class Index:
    """The entries of an authority file, found by IRI, by key, by similar words and by beginnings of names."""

    def __init__(self, folder: Path) -> None:
        """Open the index in a folder. Raises NotFound when there is none, or one that another version made."""
        if not (folder / ENTRIES).is_file():
            remedy = "`jejaring authorities load FILE` makes one."
            raise NotFound(f"There is no index of headings in {folder}.", remedy)
        self.folder = folder
        uri = f"file:{folder / ENTRIES}?mode=ro&immutable=1"
        self._base = sqlite3.connect(uri, uri=True, check_same_thread=False)
        if self._base.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
            message = f"The index of headings in {folder} was made by another version."
            raise NotFound(message, "Load the authority file again: `jejaring authorities load FILE`.")
        self._base.execute("PRAGMA mmap_size = 1073741824")
        self._opened: dict[int, Entry] = {}
        self._bits: dict[str, Rarities] = {}

    @classmethod
    def build(cls, folder: Path, entries: Iterable[Entry]) -> "Index":
        """Make the index of some entries in a folder, replacing what is there."""
        build(folder, entries)
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

    def identifiers_of(self, iri: str) -> tuple[str, ...]:
        """What else the entry with an IRI is called; nothing where there is no such entry."""
        row = self._base.execute("SELECT packed FROM entry WHERE iri = ?", (iri,)).fetchone()
        return Entry.unpacked(row[0]).identifiers if row else ()

    @cached_property
    def population(self) -> dict[str, int]:
        """How many entries each group (persons, others) has."""
        return {group: int(many) for group, many in self._base.execute("SELECT grp, many FROM population")}

    @cached_property
    def frequent(self) -> dict[str, int]:
        """Words of more than one entry, with the group in front, and how many entries have them."""
        return dict(self._base.execute("SELECT word, many FROM word"))

    def rarity(self, group: str) -> Callable[[str], float]:
        """What it tells that two names of a group share a word, in bits; none for a word all have."""
        if group not in self._bits:
            self._bits[group] = Rarities(group, self.frequent, self.population.get(group, 1))
        return self._bits[group].__getitem__

    def keyed(self, key: str, most: int = 60) -> list[tuple[int, int]]:
        """Numbers of the entries with a name of this key, and of the name (0 is the label), at most so many."""
        rows = self._base.execute("SELECT name FROM key WHERE key = ? LIMIT ?", (number(key), most))
        return [_numbers(name) for (name,) in rows]

    def entry(self, at: int) -> Entry:
        """The entry with a number."""
        found = self._opened.get(at)
        if found is None:
            if len(self._opened) > MOST_KEPT:
                self._opened.clear()
            row = self._base.execute("SELECT packed FROM entry WHERE id = ?", (at,)).fetchone()
            found = self._opened[at] = Entry.unpacked(row[0])
        return found

    @cached_property
    def _names(self) -> tuple[tantivy.Index, tantivy.Searcher]:
        index = open_names(self.folder / NAMES)
        return index, index.searcher()

    def similar(
        self, text: str, kind: str = "", without: Iterable[str] = (), most: int = 24
    ) -> dict[tuple[int, int], float]:
        """Names that share the rarest roots of this text and the rarest pieces of words, numbered as by ``keyed``,
        each with how much of the rarity it shares (BM25, about 0 to 1); none of the kinds ``without``."""
        index, searcher = self._names
        rare = list(_rarest(searcher, text, kind))
        if not rare:
            return {}
        term = partial(tantivy.Query.term_query, index.schema)
        parts = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(term(field, one, index_option="basic"), WEIGHT[field]))
            for field, one, _ in rare
        ]
        parts += [(tantivy.Occur.MustNot, term("kind", kind)) for kind in without]
        hits = searcher.search(tantivy.Query.boolean_query(parts), most, count=False).hits
        names = searcher.fast_field_values("name", [address for _, address in hits])
        whole = sum(bits for *_, bits in rare)
        shares = [score / whole for score, _ in hits]
        return {
            _numbers(int(name)): share
            for place, (name, share) in enumerate(zip(names, shares, strict=True))
            if name is not None and (place < SURE or share >= LEAST)
        }

    def suggest(self, prefix: str, kind: str = "", limit: int = 10) -> list[Entry]:
        """Entries with a name whose words begin like this, of a kind if one is given; the shortest names first."""
        words = latin(prefix)
        if not words:
            return []
        index, searcher = self._names
        schema, fuzzy = index.schema, tantivy.Query.fuzzy_term_query
        of_kind = [tantivy.Query.term_query(schema, "kind", kind)] if kind else []
        inner = [tantivy.Query.term_query(schema, "words", word) for word in words[:-1]]
        found: dict[int, None] = {}
        for enough, parts in (
            (limit, [fuzzy(schema, "whole", " ".join(words), distance=0, prefix=True)]),
            (1, [*inner, fuzzy(schema, "words", words[-1], distance=0, prefix=True)]),
            (1, [*inner, fuzzy(schema, "words", words[-1], distance=1, prefix=True)]),
        ):
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts + of_kind])
            found |= dict.fromkeys(at for at, _ in self._hits(searcher, query, 4 * limit, **SHORTEST))
            if len(found) >= enough or len(words[-1]) < 3:
                break
        return [self.entry(at) for at in found][:limit]

    def _hits(
        self, searcher: tantivy.Searcher, query: tantivy.Query, most: int, **order: Any
    ) -> list[tuple[int, int]]:
        hits = searcher.search(query, most, count=False, **order).hits
        values = searcher.fast_field_values("name", [address for _, address in hits])
        return [_numbers(int(name)) for name in values if name is not None]


def _rarest(searcher: tantivy.Searcher, text: str, kind: str) -> Iterator[tuple[str, str, float]]:
    """The rarest words and pieces of words of a text that names have: field, term, and what it tells (BM25)."""
    words = latin(romanised(text))
    every = searcher.num_docs
    pieces = [word[at : at + GRAM] for word in words for at in range(len(word) - GRAM + 1)]
    for field, terms in (("roots", roots_of(text, kind)), ("grams", pieces)):
        many = {term: found for term in dict.fromkeys(terms) if (found := searcher.doc_freq(field, term))}
        for term in heapq.nsmallest(RARE, many, key=lambda term: many[term]):
            bits = math.log(1 + (every - many[term] + 0.5) / (many[term] + 0.5))
            yield field, term, WEIGHT[field] * bits


def _numbers(name: int) -> tuple[int, int]:
    """The number of the entry, and of the name among its names."""
    return name >> SHIFT, name & ((1 << SHIFT) - 1)
