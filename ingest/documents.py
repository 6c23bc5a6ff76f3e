"""Documents: sheets, directory files and RDF files, each replaced as a whole and kept in a named graph."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import pyoxigraph as ox

from graph.names import source_graph
from graph.statements import canonical
from ingest.building import Building
from ingest.ledger import Ledger
from ingest.problems import Problem
from ingest.retraction import document_lines
from ingest.sheets.keeping import Kept
from ingest.unknown_titles import Citation

BUNDLE = 5000
"""Lines of a named graph removed at once."""
MANY = 50_000
"""Lines added at once; when there are more, they go through the bulk loader, which needs less time and memory."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: ``form`` is the format's name, ``content`` the file as it came,
    ``cited`` the works and publications it names by id, ``kept`` the earlier rows of a sheet that stay because
    those it has now cannot be understood."""

    source: str
    file: str
    form: str
    content: bytes = field(repr=False)
    lines: list[str] = field(repr=False)
    problems: list[Problem] = field(default_factory=list, repr=False)
    cited: list[Citation] = field(default_factory=list, repr=False)
    kept: list[Kept] = field(default_factory=list, repr=False)


def lines_of(store: ox.Store, graph: str) -> set[str]:
    """What a named graph holds, as canonical lines."""
    quads = store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
    return {f"{quad.triple} ." for quad in quads}


class Replacement:
    """Puts documents in the place of their predecessors."""

    def __init__(self, building: Building, ledger: Ledger, base: str) -> None:
        self.building = building
        self.ledger = ledger
        self.base = base

    def replace(self, source: str, lines: Iterable[str]) -> tuple[int, int]:
        """Make a source's named graph hold these lines; how many came and how many left it. The default
        graph follows: new lines are added, old ones noted as leaving. No lines at all withdraw the source."""
        graph = source_graph(self.base, source)
        store = self.building.store
        before, after = lines_of(store, graph), canonical(lines)
        coming, leaving = after - before, before - after
        self._add(coming, ox.NamedNode(graph))
        for bundle in _bundles(leaving, BUNDLE):
            store.update(f"DELETE DATA {{ GRAPH <{graph}> {{\n" + "\n".join(bundle) + "\n} }")
        if not after:
            store.remove_graph(ox.NamedNode(graph))
        self.ledger.leave(document_lines(leaving))
        return len(coming), len(leaving)

    def _add(self, lines: Collection[str], graph: ox.NamedNode) -> None:
        store = self.building.store
        many = len(lines) > MANY
        for bundle in _bundles(lines, MANY):
            text = "\n".join((*bundle, "")).encode()
            if many:
                store.bulk_load(text, ox.RdfFormat.N_TRIPLES, to_graph=graph)
                store.bulk_load(text, ox.RdfFormat.N_TRIPLES)
            else:
                store.load(text, ox.RdfFormat.N_TRIPLES, to_graph=graph)
                self.building.add(text)


def _bundles(lines: Iterable[str], size: int) -> Iterator[list[str]]:
    stream = iter(lines)
    return iter(lambda: list(islice(stream, size)), [])
