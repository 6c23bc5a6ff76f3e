"""What pages keep while a release is current: index, answers, names of entities, results that cannot change.

A release never changes, so nothing here grows stale; the shelf of a release that is no longer read is dropped.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar

from graph.network import Network
from graph.releases import Release
from graph.search import Search

MOST_NAMES = 100_000
"""Entities whose label and address are remembered, in all languages together; some 30 MB."""
MOST_RESULTS = 2_000
"""Results of queries that are remembered, the longest unused leaving first."""
MOST_PAGES = 32_000_000
"""Characters of whole pages that are remembered, the longest unused page leaving first."""
MOST_SHELVES = 4
Result = TypeVar("Result")
Name = tuple[str, str]
"""The label of an entity and the address of its page."""


class Shelf:
    """One per release, shared by threads; computing a thing twice at once is harmless."""

    def __init__(self, release: Release, base: str) -> None:
        self._release, self._base = release, base
        self._names: dict[tuple[str, str], Name] = {}
        self._results: OrderedDict[Hashable, Any] = OrderedDict()
        self._pages: OrderedDict[Hashable, str] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    @cached_property
    def search(self) -> Search:
        """The search index of the release."""
        return Search(self._release.path)

    @cached_property
    def network(self) -> Network:
        """The network's answers."""
        return Network(self._release.store, self._base)

    def name(self, language: str, iri: str) -> Name | None:
        """What an entity is called and where its page is, if that is remembered."""
        return self._names.get((language, iri))

    def remember(self, language: str, names: dict[str, Name]) -> None:
        """Keep names; when there are too many, all are forgotten, which costs less than counting their use."""
        if len(self._names) > MOST_NAMES:
            self._names = {}
        self._names.update({(language, iri): name for iri, name in names.items()})

    def result(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """The result remembered under a key, else the one made now. The key holds all that it depends on."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                known: Result = self._results[key]
                return known
        made = make()
        with self._lock:
            self._results[key] = made
            if len(self._results) > MOST_RESULTS:
                self._results.popitem(last=False)
        return made

    def page(self, key: Hashable) -> str | None:
        """The page remembered under a key, which holds all that the page depends on."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def keep_page(self, key: Hashable, page: str) -> None:
        """Remember a page; one that would take a tenth of the room is not."""
        if len(page) > MOST_PAGES // 10:
            return
        with self._lock:
            self._characters += len(page) - len(self._pages.pop(key, ""))
            self._pages[key] = page
            while self._characters > MOST_PAGES:
                self._characters -= len(self._pages.popitem(last=False)[1])


_SHELVES: OrderedDict[str, Shelf] = OrderedDict()
_LOCK = Lock()


def shelf(release: Release, base: str) -> Shelf:
    """The shelf of a release; ``base`` is the start of the IRIs we mint."""
    key = release.path.resolve().as_posix()
    with _LOCK:
        found = _SHELVES.setdefault(key, Shelf(release, base))
        _SHELVES.move_to_end(key)
        while len(_SHELVES) > MOST_SHELVES:
            _SHELVES.popitem(last=False)
        return found
