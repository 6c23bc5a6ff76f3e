"""The store: one interface over the embedded Oxigraph and over any SPARQL 1.1 endpoint.

The default graph holds every statement once, so plain SPARQL is right without FROM or GRAPH; named graphs hold
again what one sheet or directory file says ("who says so").
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from graph.errors import QueryError, StoreError

Term = ox.NamedNode | ox.Literal | ox.BlankNode
Row = dict[str, Term | None]


class Store(Protocol):
    """What pages, saved queries and checks need of a store; none of them knows which one it talks to."""

    def select(self, query: str) -> list[Row]:
        """The rows of a SELECT query: variable name → term, None where unbound. Raises QueryError."""
        ...

    def ask(self, query: str) -> bool:
        """The answer of an ASK query. Raises QueryError."""
        ...

    def construct(self, query: str) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query. Raises QueryError."""
        ...

    def describe(self, iri: str) -> list[ox.Triple]:
        """All triples with this subject, and with the subjects below it (``iri#…``)."""
        ...


class LocalStore:
    """An Oxigraph store: in memory, or in a directory."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    @classmethod
    def in_memory(cls) -> "LocalStore":
        """An empty store for tests and previews."""
        return cls(ox.Store())

    @classmethod
    def open(cls, path: Path, *, read_only: bool = True) -> "LocalStore":
        """The store in a directory. Raises StoreError, for instance when another process writes to it."""
        try:
            return cls(ox.Store.read_only(str(path)) if read_only else ox.Store(str(path)))
        except OSError as error:
            raise StoreError(f"The store in {path} cannot be opened: {error}.") from error

    def select(self, query: str) -> list[Row]:
        """See Store.select."""
        result = self._query(query)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("This query is no SELECT.")
        names = [variable.value for variable in result.variables]
        return [dict(zip(names, row, strict=True)) for row in result]

    def ask(self, query: str) -> bool:
        """See Store.ask."""
        return bool(self._query(query))

    def construct(self, query: str) -> list[ox.Triple]:
        """See Store.construct."""
        result = self._query(query)
        if not isinstance(result, ox.QueryTriples):
            raise QueryError("This query is no CONSTRUCT or DESCRIBE.")
        return list(result)

    def describe(self, iri: str) -> list[ox.Triple]:
        """See Store.describe."""
        return list(self._below(ox.NamedNode(iri), set()))

    def load_lines(self, lines: Iterable[str], graph: str | None = None) -> None:
        """Add N-Triples lines to the default graph, or to a named one."""
        text = "\n".join(lines)
        to_graph = ox.NamedNode(graph) if graph else None
        self.store.bulk_load(text.encode(), ox.RdfFormat.N_TRIPLES, to_graph=to_graph)

    def _query(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self.store.query(query)
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise QueryError(f"The query cannot be evaluated: {error}.") from error

    def _below(self, subject: ox.NamedNode, seen: set[ox.NamedNode]) -> Iterator[ox.Triple]:
        """A node's triples and those of the fragments it points to, which belong to it alone."""
        seen.add(subject)
        stem = subject.value.partition("#")[0] + "#"
        for quad in self.store.quads_for_pattern(subject, None, None, ox.DefaultGraph()):
            yield quad.triple
            value = quad.object
            if isinstance(value, ox.NamedNode) and value not in seen and value.value.startswith(stem):
                yield from self._below(value, seen)
