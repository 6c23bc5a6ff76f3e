"""Documents: sheets, directory files and RDF files, each replaced as a whole and kept in a named graph."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import pyoxigraph as ox

from graph.names import source_graph
from graph.statements import canonical
from ingest.building import Building
from ingest.ledger import Ledger
from ingest.problems import Problem
from ingest.retraction import document_lines

BUNDLE = 5000
"""Lines of a named graph removed at once."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: ``form`` is the format's name, ``content`` the file as it came."""

    source: str
    file: str
    form: str
    content: bytes = field(repr=False)
    lines: list[str] = field(repr=False)
    problems: list[Problem] = field(default_factory=list, repr=False)


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
        if coming:
            text = "".join(f"{line}\n" for line in coming).encode()
            store.load(text, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))
            self.building.add(text)
        for bundle in _bundles(leaving):
            store.update(f"DELETE DATA {{ GRAPH <{graph}> {{\n" + "\n".join(bundle) + "\n} }")
        if not after:
            store.remove_graph(ox.NamedNode(graph))
        self.ledger.leave(document_lines(leaving))
        return len(coming), len(leaving)


def _bundles(lines: Iterable[str]) -> Iterator[list[str]]:
    stream = iter(lines)
    return iter(lambda: list(islice(stream, BUNDLE)), [])
