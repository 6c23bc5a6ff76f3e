"""Searching a release: words, identifiers, suggestions, facets, sorting, pages; misspelt words still find.

>>> found = Search(release.path).find(Wanted("bumi manusia"))
>>> found.total, found.results[0].title
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import tantivy

from graph.labels import shown
from graph.search_index import FACETS, FOLDER, LABELS, TEXT_FIELDS, build, open_index
from graph.search_text import identifiers, phrases_of, words_of

__all__ = ["Facet", "Found", "Result", "Search", "Wanted", "build"]

WEIGHTS = {"title": 4.0, "names": 3.0, "subjects": 1.5, "other": 1.0}
SORTS = ("relevance", "year", "oldest", "held", "nearest")
FACET_VALUES = 12
MOST_HOLDERS = 2000
MOST_CROSSED = 200
MUST, SHOULD, NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for: words, chosen facet values, ``links`` (about, by, lendable → IRIs, any of them)."""

    words: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Result:
    """One hit, with what a result row shows."""

    iri: str
    kind: str
    title: str
    names: list[str]
    year: int | None
    holders: list[str]
    place: str
    held: int
    """How many libraries hold it; ``holders`` names the first of them."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a facet and how many hits have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits; ``similar`` when nothing matched as written and similar spellings were taken."""

    total: int
    results: list[Result]
    facets: dict[str, list[Facet]]
    similar: bool = False


class Search:
    """The index of one release, opened once and shared by threads."""

    def __init__(self, release: Path) -> None:
        self._index = open_index(release)
        self._path = release / FOLDER
        self._searcher = self._index.searcher()

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """Labels of facet values by IRI and language."""
        return dict(json.loads((self._path / LABELS).read_text(encoding="utf-8")))

    def find(self, wanted: Wanted, *, facets: bool = True) -> Found:
        """A page of hits, with facets if wanted; similar spellings are tried when nothing is as written."""
        names = FACETS if facets else ()
        found = self._page(self._query(wanted, fuzzy=False), wanted, names, similar=False)
        if found.total or not words_of(wanted.words):
            return found
        return self._page(self._query(wanted, fuzzy=True), wanted, names, similar=True)

    def holders(self, iri: str, most: int = MOST_HOLDERS) -> list[str]:
        """The libraries that hold a work (IRIs), the alphabet deciding their order."""
        query = tantivy.Query.term_query(self._index.schema, "iri", iri)
        return sorted(one.value for one in self._facets(query, ("holder",), most)["holder"])

    def held_by(self, library: str, iris: Sequence[str]) -> set[str]:
        """Those of some works (IRIs) that a library holds."""
        these = tantivy.Query.term_set_query(self._index.schema, "iri", list(iris))
        query = tantivy.Query.boolean_query([(MUST, self._held_by([library])), (MUST, these)])
        hits = self._searcher.search(query, max(1, len(iris))).hits
        return {str(self._searcher.doc(address).get_first("iri")) for _, address in hits}

    def near(self, wanted: Wanted, libraries: Sequence[str]) -> Found:
        """A page of what these libraries hold, in their order: first all of the first one, then what only the
        next one adds, and so on. What none of them holds is left out."""
        query = self._query(wanted, fuzzy=False)
        holding = {one.value for one in self._facets(query, ("holder",), MOST_HOLDERS)["holder"]}
        ordered = [one for one in libraries if one in holding]
        held = tantivy.Query.boolean_query([(MUST, query), (MUST, self._held_by(ordered))])
        results: list[Result] = []
        skip = self._within(wanted.offset)
        for place, library in enumerate(ordered):
            parts = [(MUST, query), (MUST, self._held_by([library])), (NOT, self._held_by(ordered[:place]))]
            hits = self._searcher.search(
                tantivy.Query.boolean_query(parts), wanted.limit - len(results), offset=skip, weight_by_field="held"
            )
            results += [self._result(address) for _, address in hits.hits]
            skip = max(0, skip - _total(hits))
            if len(results) >= wanted.limit:
                break
        total = _total(self._searcher.search(held, 1))
        return Found(total, results, self._facets(held, FACETS, FACET_VALUES))

    def _held_by(self, libraries: Sequence[str]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._index.schema, "holder", list(libraries))

    def count(self, wanted: Wanted) -> int:
        """How many hits there are, as written."""
        return _total(self._searcher.search(self._query(wanted, fuzzy=False), 1))

    def facet(self, wanted: Wanted, name: str, most: int = 40) -> list[Facet]:
        """The values of one facet among the hits, most frequent first."""
        return self._facets(self._query(wanted, fuzzy=False), (name,), most)[name]

    def crossed(self, wanted: Wanted, name: str, by: str, most: int = 12) -> dict[str, dict[str, int]]:
        """The most frequent values of one facet among the hits, each with how many there are of each value of
        another: ``crossed(held, "subject", "decade")``."""
        inner = {"by": {"terms": {"field": by, "size": MOST_CROSSED}}}
        asked = {"rows": {"terms": {"field": name, "size": most}, "aggs": inner}}
        answered = self._searcher.aggregate(self._query(wanted, fuzzy=False), asked)
        return {
            str(row["key"]): {str(cell["key"]): int(cell["doc_count"]) for cell in row["by"]["buckets"]}
            for row in answered["rows"]["buckets"]
        }

    def suggest(self, text: str, limit: int = 8) -> list[Result]:
        """Entities whose name begins like this, most held first; the last word may be unfinished or misspelt."""
        words = words_of(text)
        if not words:
            return []
        parts = [self._word("suggest", word, fuzzy=False) for word in words[:-1]]
        for distance in (0, 1):
            last = tantivy.Query.fuzzy_term_query(
                self._index.schema, "suggest", words[-1], distance=distance, prefix=True
            )
            query = tantivy.Query.boolean_query([(MUST, part) for part in (*parts, last)])
            hits = self._searcher.search(query, limit, weight_by_field="held").hits
            if hits or len(words[-1]) < 4:
                break
        return [self._result(address) for _, address in hits]

    def _page(self, query: tantivy.Query, wanted: Wanted, names: tuple[str, ...], *, similar: bool) -> Found:
        offset = self._within(wanted.offset)
        order: dict[str, Any] = {"weight_by_field": "held"}
        if wanted.sort in ("year", "oldest", "held"):
            ascending = wanted.sort == "oldest"
            name = "held" if wanted.sort == "held" else "year"
            order = {"order_by_field": name, "order": tantivy.Order.Asc if ascending else tantivy.Order.Desc}
        hits = self._searcher.search(query, wanted.limit, offset=offset, **order)
        results = [self._result(address) for _, address in hits.hits]
        return Found(_total(hits), results, self._facets(query, names, FACET_VALUES), similar)

    def _within(self, offset: int) -> int:
        """An offset no larger than what there is, since the index sets aside room for all hits before it."""
        return min(max(offset, 0), self._searcher.num_docs)

    def _facets(self, query: tantivy.Query, names: tuple[str, ...], most: int) -> dict[str, list[Facet]]:
        if not names:
            return {}
        asked = {name: {"terms": {"field": name, "size": most}} for name in names}
        answered = self._searcher.aggregate(query, asked)
        return {
            name: [Facet(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answered[name]["buckets"]]
            for name in names
        }

    def _query(self, wanted: Wanted, *, fuzzy: bool) -> tantivy.Query:
        schema = self._index.schema
        parts = [(MUST, self._anywhere(word, fuzzy=fuzzy)) for word in words_of(wanted.words)]
        for phrase in [] if fuzzy else phrases_of(wanted.words):
            parts.append((MUST, self._phrase(phrase)))
        if parts:
            parts = [(MUST, self._or_identifier(tantivy.Query.boolean_query(parts), wanted.words))]
        for name, value in wanted.chosen.items():
            parts.append((MUST, tantivy.Query.term_query(schema, name, value)))
        for name, values in wanted.links.items():
            parts.append((MUST, tantivy.Query.term_set_query(schema, name, list(values))))
        return tantivy.Query.boolean_query(parts) if parts else tantivy.Query.all_query()

    def _or_identifier(self, words: tantivy.Query, text: str) -> tantivy.Query:
        schema = self._index.schema
        exact = " ".join(words_of(text))
        whole = tantivy.Query.boost_query(tantivy.Query.term_query(schema, "exact", exact), 6.0)
        numbers = [tantivy.Query.term_query(schema, "id", one) for one in identifiers(text)]
        numbers.append(tantivy.Query.term_query(schema, "iri", text.strip()))
        return tantivy.Query.boolean_query([(SHOULD, one) for one in (words, whole, *numbers)])

    def _anywhere(self, word: str, *, fuzzy: bool) -> tantivy.Query:
        parts = [
            tantivy.Query.boost_query(self._word(name, word, fuzzy=fuzzy), WEIGHTS[name]) for name in TEXT_FIELDS
        ]
        return tantivy.Query.boolean_query([(SHOULD, part) for part in parts])

    def _phrase(self, words: list[str]) -> tantivy.Query:
        parts = [tantivy.Query.phrase_query(self._index.schema, name, list(words)) for name in TEXT_FIELDS]
        return tantivy.Query.boolean_query([(SHOULD, part) for part in parts])

    def _word(self, name: str, word: str, *, fuzzy: bool) -> tantivy.Query:
        if not fuzzy or len(word) < 4:
            return tantivy.Query.term_query(self._index.schema, name, word)
        distance = 1 if len(word) < 8 else 2
        return tantivy.Query.fuzzy_term_query(self._index.schema, name, word, distance=distance)

    def _result(self, address: tantivy.DocAddress) -> Result:
        document = self._searcher.doc(address)
        card = json.loads(str(document.get_first("card")))
        kind = card.get("kind", "")
        iri = str(document.get_first("iri"))
        return Result(
            iri,
            kind,
            shown(card["title"]),
            list(map(shown, card["names"])),
            card["year"],
            card["holders"],
            card.get("place", ""),
            card.get("held", len(card["holders"])),
        )


def _total(hits: tantivy.SearchResult) -> int:
    """The number of hits, which the library's type description leaves out."""
    return int(getattr(hits, "count", None) or 0)
