"""The network's terms for items: category, access and status, found by label or code in the ontology."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox

NAMESPACE = "https://w3id.org/jejaring/ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMES = {
    "category": "scheme-category",
    "access": "scheme-access",
    "status": "scheme-item-status",
    "acquisition": "scheme-acquisition",
}
ONTOLOGY = Path(__file__).parent / "network" / "jejaring.ttl"


@cache
def item_terms(kind: str) -> dict[str, str]:
    """Casefolded label (any language), code (``cat-general``) or prefixed code → code, for one of SCHEMES."""
    scheme = ox.NamedNode(NAMESPACE + SCHEMES[kind])
    graph = _ontology()
    terms: dict[str, str] = {}
    for quad in graph.quads_for_pattern(None, ox.NamedNode(SKOS + "inScheme"), scheme):
        code = str(quad.subject)[1:-1].removeprefix(NAMESPACE)
        terms |= {code: code, f"jp:{code}": code}
        for label in graph.quads_for_pattern(quad.subject, ox.NamedNode(SKOS + "prefLabel"), None):
            if isinstance(label.object, ox.Literal):
                terms[label.object.value.casefold()] = code
    return terms


@cache
def _ontology() -> ox.Store:
    store = ox.Store()
    store.load(path=str(ONTOLOGY), format=ox.RdfFormat.TURTLE)
    return store
