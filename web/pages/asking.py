"""Asking saved queries for a page: most are asked as they are; of a few a module finds the same rows sooner."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from graph.queries import Question, Row, in_order, prepared, rows
from ontology.queries import SavedQuery
from web.pages.visit import Visit

Find = Callable[[Visit, Question], Sequence[Row]]
SLOW = 0.05
"""Seconds that a query takes whose answer is kept."""
MOST_KEPT = 50_000
"""Rows that are kept in all answers together; some 40 MB."""
_SOONER: dict[str, Find] = {}


@dataclass(frozen=True)
class Asked:
    """A saved query with its answer; the rows may be read only when they are looked at."""

    query: SavedQuery
    given: Mapping[str, str]
    sparql: str
    rows: Sequence[Row]


def sooner(name: str) -> Callable[[Find], Find]:
    """Declare who finds the rows of a saved query sooner than SPARQL does. A test compares both."""

    def declare(find: Find) -> Find:
        _SOONER[name] = find
        return find

    return declare


class Kept:
    """Answers of a release that took long, for the next page of the same table; the longest unused leave first."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, Sequence[Row]] = OrderedDict()
        self._lock = Lock()

    def rows(self, sparql: str, find: Callable[[], Sequence[Row]]) -> Sequence[Row]:
        """The rows of a query, found now or kept."""
        with self._lock:
            if sparql in self._answers:
                self._answers.move_to_end(sparql)
                return self._answers[sparql]
        began = monotonic()
        found = find()
        if monotonic() - began >= SLOW and len(found) <= MOST_KEPT:
            self._keep(sparql, found)
        return found

    def _keep(self, sparql: str, found: Sequence[Row]) -> None:
        with self._lock:
            self._answers[sparql] = found
            while sum(map(len, self._answers.values())) > MOST_KEPT:
                self._answers.popitem(last=False)


def _in_sparql(here: Visit, question: Question) -> Sequence[Row]:
    kept = here.shelf.result("answers", Kept)
    return kept.rows(question.sparql, lambda: rows(in_order(here.store, question.sparql)))


def asked(here: Visit, name: str, **given: Any) -> Asked:
    """A saved query asked on the day of the visit. Raises NotFound and QueryError."""
    question = prepared(here.store, name, given, here.site.base_iri, here.on)
    find = _SOONER.get(question.query.name, _in_sparql)
    return Asked(question.query, question.given, question.sparql, find(here, question))
