"""The example network: its sheets, and what they must say."""

from pathlib import Path

import pyoxigraph as ox
from rdflib import BNode, Graph, URIRef
from rdflib.compare import IsomorphicGraph, to_isomorphic

BASE = "https://data.jejaring.example"
FOLDER = Path(__file__).parents[1] / "network"
SHEETS = sorted((FOLDER / "sheets").glob("*.csv"))


def stored(store: ox.Store) -> IsomorphicGraph:
    """A store's content with the fragments below our entities taken for blank nodes."""
    graph = Graph()
    graph.parse(data=store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()).decode(), format="nt")
    bare = Graph()
    for triple in graph:
        bare.add(tuple(_bare(term) for term in triple))  # type: ignore[arg-type]
    return to_isomorphic(bare)


def _bare(term: object) -> object:
    ours = isinstance(term, URIRef) and term.startswith(f"{BASE}/id/") and "#" in term
    return BNode(str(abs(hash(term)))) if ours else term


def expected() -> IsomorphicGraph:
    """The network as written by hand."""
    store = ox.Store()
    store.load(path=str(FOLDER / "network.ttl"), format=ox.RdfFormat.TURTLE)
    return stored(store)


def store_of(lines: list[str]) -> ox.Store:
    store = ox.Store()
    store.load("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES)
    return store
