"""The entries of a release: our entities as the matcher compares them, indexed once per release beside its store.

The index is made when it is first asked for, since a load should not wait for it: a second for 4,000 entities.
Requests wait a little for it; while it takes longer they are told when to come back.
"""

import logging
import shutil
import sqlite3
from os import getpid
from pathlib import Path
from threading import Event, Lock, Thread

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
WAIT_SECONDS = 8.0
_REPLACED = "SELECT ?one WHERE { ?one dct:isReplacedBy ?other }"


class Entries:
    """The entries of one release, ready to be matched."""

    def __init__(self, release: Release) -> None:
        self.ready = Event()
        self.failure = ""
        self._release = release
        self._matcher: Matcher | None = None
        Thread(target=self._prepare, daemon=True).start()

    @property
    def matcher(self) -> Matcher:
        """The matcher over them. Refuses with 503 while they are being indexed."""
        self.ready.wait(WAIT_SECONDS)
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
        try:
            self._matcher = Matcher(indexed(self._release))
        except (OSError, JejaringError) as error:
            LOG.exception("The names of release %d cannot be indexed.", self._release.number)
            self.failure = f"The names of this release could not be indexed: {error}."
        self.ready.set()


def indexed(release: Release) -> Index:
    """The index of a release's entries, made now when it is not there. Raises OSError when it cannot be written."""
    place = release.path / FOLDER
    if place.is_dir() and not _sound(place):
        shutil.rmtree(place)
    if not place.is_dir():
        fresh, replaced = release.path / f"{FOLDER}.{getpid()}", _replaced(release)
        Index.build(fresh, (entry for entry in own_entries(release.store) if entry.iri not in replaced))
        _put(fresh, place)
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
        shutil.rmtree(fresh, ignore_errors=True)


def entries(here: Site) -> Entries:
    """The entries of the release of this request; one object per release, shared by threads."""
    key = str(here.release.path.resolve())
    with _LOCK:
        found = _KNOWN.get(key)
        if found is None or (found.failure and found.ready.is_set()):
            found = _KNOWN[key] = Entries(here.release)
            for old in list(_KNOWN)[:-_KEPT]:
                del _KNOWN[old]
        return found


_KEPT = 3
_LOCK = Lock()
_KNOWN: dict[str, Entries] = {}
