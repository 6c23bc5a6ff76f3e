"""What to show instead of an IRI, in the reader's language, for many at once."""

from collections.abc import Iterable

import pyoxigraph as ox

from graph.names import SPARQL_PREFIXES
from graph.store import Store

_QUERY = """SELECT ?iri ?label ?rank WHERE {
  VALUES ?iri { %s }
  { ?iri skos:prefLabel ?label BIND (1 AS ?rank) } UNION { ?iri rdfs:label ?label BIND (2 AS ?rank) }
  UNION { ?iri schema:name ?label BIND (3 AS ?rank) } UNION { ?iri bf:title/bf:mainTitle ?label BIND (4 AS ?rank) }
  UNION { ?iri dct:title ?label BIND (5 AS ?rank) }
}"""
_AT_ONCE = 2000


def labels(store: Store, iris: Iterable[str], language: str = "id") -> dict[str, str]:
    """Label per IRI: in the language asked for where there is one, else any; IRIs without a label are left out."""
    found: dict[str, tuple[tuple[bool, int], str]] = {}
    wanted = sorted(iris)
    for start in range(0, len(wanted), _AT_ONCE):
        values = " ".join(f"<{iri}>" for iri in wanted[start : start + _AT_ONCE])
        for row in store.select(SPARQL_PREFIXES + _QUERY % values):
            iri, label, rank = row["iri"], row["label"], row["rank"]
            assert iri is not None
            assert isinstance(label, ox.Literal)
            assert rank is not None
            worth = (label.language not in (language, None), int(rank.value))
            if iri.value not in found or worth < found[iri.value][0]:
                found[iri.value] = (worth, label.value)
    return {iri: label for iri, (_, label) in found.items()}
