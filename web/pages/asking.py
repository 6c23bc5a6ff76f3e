"""Asking saved queries for a page: most are asked as they are; of a few a module finds the same rows sooner."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.queries import Question, Row, prepared
from ontology.queries import SavedQuery
from web.pages.visit import Visit

Find = Callable[[Visit, Question], Sequence[Row]]
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


def asked(here: Visit, name: str, **given: Any) -> Asked:
    """A saved query asked on the day of the visit. Raises NotFound and QueryError."""
    find = _SOONER.get(name)
    if find is None:
        answers = here.ask(name, **given)
        return Asked(answers.query, answers.given, answers.sparql, answers.rows)
    question = prepared(here.store, name, given, here.site.base_iri, here.on)
    return Asked(question.query, question.given, question.sparql, find(here, question))
