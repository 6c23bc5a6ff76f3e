"""What follows from the whole graph: CONSTRUCT queries of ``ontology/derived``, run before each publication.

Their results are in the default graph, and again in the named graph ``{base}/graph/derived`` so that the next
load can replace them. A query reads what the sources state and what queries before it (by file name) derived.
"""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from graph.errors import QueryError
from graph.names import SPARQL_PREFIXES, source_graph

FOLDER = Path(__file__).resolve().parents[1] / "ontology" / "derived"


def queries(folder: Path = FOLDER) -> Iterator[tuple[str, str]]:
    """Name and text of the queries, in the order in which they run."""
    for file in sorted(folder.glob("*.rq")):
        yield file.stem, file.read_text(encoding="utf-8")


def derive(store: ox.Store, base: str, folder: Path = FOLDER) -> int:
    """Run the queries over a store whose derived graph is empty. Returns how many statements they made."""
    derived = ox.NamedNode(source_graph(base, "derived"))
    made = 0
    for name, query in queries(folder):
        for triple in _triples(store, name, query):
            stated = ox.Quad(triple.subject, triple.predicate, triple.object)
            if stated not in store:
                store.add(stated)
                store.add(ox.Quad(triple.subject, triple.predicate, triple.object, derived))
                made += 1
    return made


def _triples(store: ox.Store, name: str, query: str) -> list[ox.Triple]:
    try:
        result = store.query(SPARQL_PREFIXES + query)
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise QueryError(f"ontology/derived/{name}.rq cannot be evaluated: {error}.") from error
    if not isinstance(result, ox.QueryTriples):
        raise QueryError(f"ontology/derived/{name}.rq is no CONSTRUCT query.")
    return list(result)
