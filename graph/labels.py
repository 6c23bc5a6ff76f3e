"""What to show instead of an IRI, in the reader's language, for many at once."""

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from graph.names import SPARQL_PREFIXES, expand
from graph.store import LocalStore, Store

_QUERY = """SELECT ?iri ?label ?rank WHERE {
  VALUES ?iri { %s }
  { ?iri skos:prefLabel ?label BIND (1 AS ?rank) } UNION { ?iri rdfs:label ?label BIND (2 AS ?rank) }
  UNION { ?iri schema:name ?label BIND (3 AS ?rank) } UNION { ?iri bf:title/bf:mainTitle ?label BIND (4 AS ?rank) }
  UNION { ?iri dct:title ?label BIND (5 AS ?rank) } UNION { ?iri skos:notation ?label BIND (6 AS ?rank) }
  UNION { ?iri bf:mainTitle ?label BIND (7 AS ?rank) }
}"""
_AT_ONCE = 2000
_UNSORTED = re.compile("<<([^<>]*)>>")
_PATHS = [
    [ox.NamedNode(expand(name)) for name in path.split("/")]
    for path in (
        "skos:prefLabel",
        "rdfs:label",
        "schema:name",
        "bf:title/bf:mainTitle",
        "dct:title",
        "skos:notation",
        "bf:mainTitle",
    )
]
"""Where labels are, the best first; the query has them in the same order."""


def labels(store: Store, iris: Iterable[str], language: str = "id") -> dict[str, str]:
    """Label per IRI: in the language asked for where there is one, else any; IRIs without a label are left out."""
    if isinstance(store, LocalStore):
        found = ((iri, _read(store.store, ox.NamedNode(iri), language)) for iri in iris)
        return {iri: shown(label) for iri, label in found if label is not None}
    return _asked(store, iris, language)


def shown(text: str) -> str:
    """A title or name without the marks of German catalogues around what does not sort (RAK: ``<<Der>> Wal``).

    >>> shown("<<Der>> Wal")
    'Der Wal'
    """
    return _UNSORTED.sub(r"\1", text) if "<<" in text else text


def _read(store: ox.Store, subject: ox.NamedNode, language: str) -> str | None:
    """The label straight from the indexes of an embedded store: a third of the time of a query, page after page."""
    other: str | None = None
    for path in _PATHS:
        for literal in sorted(_values(store, subject, path), key=lambda one: _worth(subject.value, one, language)):
            if _distance(literal, language) < 2:
                return literal.value
            other = other or literal.value
    return other


def rather_a_name(iri: str, text: str) -> tuple[bool, str]:
    """Of several labels the least of these is shown: rather a name than the code that the IRI ends in."""
    return iri.endswith("/" + text), text


def _worth(iri: str, label: ox.Literal, language: str) -> tuple[int, bool, str]:
    return _distance(label, language), *rather_a_name(iri, label.value)


def _distance(label: ox.Literal, language: str) -> int:
    """How far a label is from the language asked for: in it, of no language, in another."""
    return 0 if label.language == language else 1 if label.language is None else 2


def _values(
    store: ox.Store, subject: ox.NamedNode | ox.BlankNode, path: list[ox.NamedNode]
) -> Iterator[ox.Literal]:
    for quad in store.quads_for_pattern(subject, path[0], None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.Literal) and len(path) == 1:
            yield quad.object
        elif isinstance(quad.object, ox.NamedNode | ox.BlankNode) and len(path) > 1:
            yield from _values(store, quad.object, path[1:])


def _asked(store: Store, iris: Iterable[str], language: str) -> dict[str, str]:
    found: dict[str, tuple[tuple[bool, int, int, bool, str], str]] = {}
    wanted = sorted(iris)
    for start in range(0, len(wanted), _AT_ONCE):
        values = " ".join(f"<{iri}>" for iri in wanted[start : start + _AT_ONCE])
        for row in store.select(SPARQL_PREFIXES + _QUERY % values):
            iri, label, rank = row["iri"], row["label"], row["rank"]
            assert iri is not None
            assert isinstance(label, ox.Literal)
            assert rank is not None
            distance = _distance(label, language)
            worth = (distance == 2, int(rank.value), *_worth(iri.value, label, language))
            if iri.value not in found or worth < found[iri.value][0]:
                found[iri.value] = (worth, label.value)
    return {iri: shown(label) for iri, (_, label) in found.items()}
