"""Facts: the values of a property for many entities at once, by its pattern in ``ontology/reconciliation``."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from graph.names import SPARQL_PREFIXES
from graph.store import Store
from ontology.reconciliation import Property

MOST = 500
"""Values of one property read for one entity; a subject may have a hundred thousand works."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value: its text, its language, and whether it is the IRI of something."""

    text: str
    language: str = ""
    is_iri: bool = False


def facts(store: Store, wanted: Property, iris: Iterable[str]) -> dict[str, list[Fact]]:
    """The values of a property by entity, in order. Each entity is asked for by itself, so that one with very many
    values takes no room from the others."""
    return {iri: _facts(store, wanted, iri) for iri in iris}


_NONE = Fact("0")
"""A count of nothing, which is no value."""


def _facts(store: Store, wanted: Property, iri: str) -> list[Fact]:
    pattern = f"WHERE {{ VALUES ?one {{ <{iri}> }} {wanted.pattern} }}"
    if wanted.values == "count":
        pattern = f"WHERE {{ SELECT (COUNT(DISTINCT ?value) AS ?count) {pattern} }}"
    answer = "(?count AS ?value)" if wanted.values == "count" else "?value"
    rows = store.select(f"{SPARQL_PREFIXES}SELECT DISTINCT {answer} {pattern} LIMIT {MOST}")
    found = (_fact(value) for row in rows if (value := row["value"]) is not None)
    return sorted((one for one in found if one != _NONE), key=lambda one: one.text)


def _fact(term: ox.NamedNode | ox.Literal | ox.BlankNode) -> Fact:
    if isinstance(term, ox.Literal):
        return Fact(term.value, term.language or "")
    return Fact(term.value, is_iri=True)
