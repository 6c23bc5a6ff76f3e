"""The entries of a release: our entities as the matcher compares them, indexed once per release beside its store.

The index is made when it is first asked for, since a load should not wait for it: a second for 2,000 entities.
While that of a new release is being made, the one before answers; where there is none, requests wait a little and
are then told when to come back.
"""

import logging
import shutil
import sqlite3
from pathlib import Path
from tempfile import mkdtemp
from threading import BoundedSemaphore, Event, Lock, Thread

from graph.errors import JejaringError
from graph.matching.entry import Entry
from graph.matching.index import Index
from graph.matching.matcher import Matcher
from graph.matching.own import own_entries
from graph.names import SPARQL_PREFIXES
from graph.releases import Release
from web.failures import Refused
from web.site import Site

LOG = logging.getLogger("jejaring")
FOLDER = "entries"
FIRST_SECONDS, NEXT_SECONDS = 8.0, 2.0
"""How long a request waits for the index of the first release, and for that of a later one."""
_WAITING = BoundedSemaphore(3)
"""Requests that may wait at a time; each holds a thread of the server."""
_REPLACED = "SELECT ?one WHERE { ?one dct:isReplacedBy ?other }"


class Entries:
    """The entries of one release, ready to be matched once ``ready`` is set."""

    def __init__(self, release: Release, shelf: "Shelf") -> None:
        self.release, self.ready, self.failure = release, Event(), ""
        self._shelf = shelf
        self._matcher: Matcher | None = None

    def begin(self) -> None:
        """Have them indexed, by a thread of their own."""
        Thread(target=self._prepare, daemon=True).start()

    @property
    def usable(self) -> bool:
        """Whether they can be asked now."""
        return self._matcher is not None

    def wait(self, seconds: float) -> bool:
        """Wait until they can be asked, unless enough requests do so already; whether they can."""
        if not self.ready.is_set() and _WAITING.acquire(blocking=False):
            try:
                self.ready.wait(seconds)
            finally:
                _WAITING.release()
        return self.usable

    @property
    def matcher(self) -> Matcher:
        """The matcher over them. Refuses with 503 while they are being indexed."""
        if self._matcher is None:
            message = self.failure or "The names of this release are still being indexed."
            raise Refused(503, message, "Ask again in half a minute.", Retry_After="30")
        return self._matcher

    @property
    def index(self) -> Index:
        """The index of them."""
        return self.matcher.index

    def get(self, iri: str) -> Entry | None:
        """The entry of an entity; None when it has none."""
        try:
            return self.index.get(iri)
        except JejaringError:
            return None

    def _prepare(self) -> None:
        with self._shelf.building:
            if self._shelf.newest is self:
                try:
                    self._matcher = Matcher(indexed(self.release))
                except Exception as error:  # whatever it is, requests are told instead of waiting for ever
                    LOG.exception("The names of release %d cannot be indexed.", self.release.number)
                    self.failure = f"The names of this release could not be indexed: {error}."
        self.ready.set()


class Shelf:
    """The entries of one data directory: those of its newest release, and the last that were ready."""

    def __init__(self) -> None:
        self.building = Lock()
        self.newest: Entries | None = None
        self._before: Entries | None = None
        self._lock = Lock()

    def of(self, release: Release) -> Entries:
        """The entries of a release, or of the one before while they are being indexed."""
        with self._lock:
            newest = self.newest
            if (
                newest is None
                or newest.release.number < release.number
                or (newest.ready.is_set() and newest.failure)
            ):
                if newest is not None and newest.usable:
                    self._before = newest
                newest = self.newest = Entries(release, self)
                newest.begin()
            before = self._before
        if newest.wait(NEXT_SECONDS if before else FIRST_SECONDS) or before is None:
            return newest
        return before


def indexed(release: Release) -> Index:
    """The index of a release's entries, made now when it is not there. Raises OSError when it cannot be written."""
    place = release.path / FOLDER
    if place.is_dir() and not _sound(place):
        shutil.rmtree(place)
    if not place.is_dir():
        fresh, replaced = Path(mkdtemp(prefix=f"{FOLDER}.", dir=release.path)), _replaced(release)
        try:
            Index.build(fresh, (entry for entry in own_entries(release.store) if entry.iri not in replaced))
            _put(fresh, place)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return Index.open(place)


def _sound(place: Path) -> bool:
    """Whether an index can be read: one made by an older version of the program may not."""
    try:
        index = Index.open(place)
        return isinstance(index.population, dict) and isinstance(index.suggest("a"), list)
    except (sqlite3.Error, ValueError, JejaringError):
        return False


def _replaced(release: Release) -> frozenset[str]:
    """Works noted by title only, whose place a catalogued one has taken."""
    rows = release.store.select(SPARQL_PREFIXES + _REPLACED)
    return frozenset(one.value for row in rows if (one := row["one"]) is not None)


def _put(fresh: Path, place: Path) -> None:
    try:
        fresh.rename(place)
    except OSError:
        if not place.is_dir():
            raise


def entries(here: Site) -> Entries:
    """The entries of the release of this request; shared by threads."""
    return _SHELVES.setdefault(str(here.settings.data.resolve()), Shelf()).of(here.release)


_SHELVES: dict[str, Shelf] = {}
