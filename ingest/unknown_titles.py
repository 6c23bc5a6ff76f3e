"""Ids of works and publications in sheets that nobody has: found when a release is made, and all is known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process

from graph.names import SPARQL_PREFIXES, entity
from graph.store import LocalStore
from ingest.problems import Problem
from ingest.sheets.titles import cited

ALIKE = 60
"""From which likeness (0 to 100) on an id is offered instead of one that nobody has."""
_IDS = SPARQL_PREFIXES + "SELECT DISTINCT ?one WHERE { VALUES ?class { bf:Work bf:Instance } ?one a ?class }"


@dataclass(frozen=True, slots=True)
class Citation:
    """An id of a work or publication in a cell: ``place`` is ``sheet.column``, ``record`` the row."""

    file: str
    record: int
    place: str
    id: str


def unknown_titles(store: LocalStore, citations: Iterable[Citation], base: str) -> Iterator[Problem]:
    """A problem for each cited id of which the store says nothing, with the nearest id that is known."""
    lacking = [one for one in citations if not store.ask(f"ASK {{ <{cited(base, one.id)}> ?p ?o }}")]
    known = _known(store, base) if lacking else []
    for one in lacking:
        near = process.extractOne(one.id, known, score_cutoff=ALIKE)
        otherwise = "Load the catalogue that has it, or write the title or its ISBN."
        remedy = f"Did you mean {near[0]!r}?" if near else otherwise
        message = f"No work or publication has the id {one.id!r}; the row is taken, but leads nowhere."
        yield Problem("unknown-title", message, remedy, file=one.file, record=one.record, place=one.place)


def _known(store: LocalStore, base: str) -> list[str]:
    start = entity(base, "")
    iris = (str(getattr(row["one"], "value", "")) for row in store.select(_IDS))
    return sorted(iri.removeprefix(start) for iri in iris if iri.startswith(start) and "#" not in iri)
