"""The rows of ``directory``, read where they are looked at: a country has tens of thousands of libraries.

Which organisations there are, by name, is found once a release; what is known of them, some at a time.
"""

import re
from collections.abc import Iterator, Sequence
from typing import overload

from graph.queries import Question, Row, in_order, rows
from web.pages.asking import sooner
from web.pages.visit import Visit

AT_ONCE = 500
_START = re.compile(r"\bWHERE \{")
KNOWN = "# what is known of each"
"""The line of the query before which it says which organisations are meant."""


class Organisations(Sequence[Row]):
    """The rows of organisations whose IRIs are known, in their order; one with two addresses has two rows there."""

    def __init__(self, here: Visit, sparql: str, iris: Sequence[str]) -> None:
        self._here, self._sparql, self._iris = here, sparql, iris

    def __len__(self) -> int:
        return len(self._iris)

    def __iter__(self) -> Iterator[Row]:
        for start in range(0, len(self._iris), AT_ONCE):
            yield from self._read(self._iris[start : start + AT_ONCE])

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, int):
            return self._read([self._iris[place]])[0]
        return self._read(self._iris[place])

    def _read(self, iris: Sequence[str]) -> list[Row]:
        those = " ".join(f"<{iri}>" for iri in iris)
        only = _START.sub(lambda found: f"{found[0]} VALUES ?id {{ {those} }}", self._sparql, count=1)
        return rows(in_order(self._here.store, only)) if iris else []


@sooner("directory")
def directory(here: Visit, question: Question) -> Organisations:
    """Every organisation the question is about."""
    iris = here.shelf.result(("directory", question.sparql), lambda: _by_name(here, question.sparql))
    return Organisations(here, question.sparql, iris)


def _by_name(here: Visit, sparql: str) -> list[str]:
    """The organisations by name, then by IRI; of one with several names the first counts."""
    which = _START.split(sparql, maxsplit=1)[1].partition(KNOWN)[0]
    found = here.select(f"SELECT DISTINCT ?id ?name WHERE {{ {which} }}")
    named: dict[str, str] = {}
    for row in found:
        iri, name = row["id"].value, row["name"].value
        named[iri] = min(name, named.get(iri, name))
    return sorted(named, key=lambda iri: (named[iri], iri))
