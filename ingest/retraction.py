"""Taking statements back: a line leaves the graph when nobody states it any more.

Records that state something about the same entity are known to the archive, by digest of what they state: equal
digests need no look, and of each different one a single record is converted again to see whether it has the
line. Documents are asked through their named graphs.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

import pyoxigraph as ox

from graph.statements import canonical, key, stem, triples
from ingest.building import Building
from ingest.conversions import Job, Workshop
from ingest.ledger import Leaving, Ledger

BUNDLE = 5000
"""Lines looked at and removed at once."""


class Retraction:
    """The end of a step in which lines were noted as leaving: those stated elsewhere stay, the others go."""

    def __init__(self, building: Building, ledger: Ledger, workshop: Workshop) -> None:
        self.building = building
        self.ledger = ledger
        self.workshop = workshop
        self.removed = 0
        self._lines_of = lru_cache(maxsize=2000)(self._convert)

    def settle(self) -> None:
        """Remove from the default graph what nobody states any more."""
        self.building.finish_adding()
        documents = bool(list(self.building.store.named_graphs()))
        for bundle in self.ledger.leaving(BUNDLE):
            gone = self._unstated(bundle)
            if documents:
                gone = [line for line in gone if not self._in_a_document(line)]
            self.ledger.unpoint(_links(gone))
            self.building.remove(gone)
            self._note_subjects(gone)
            self.removed += len(gone)

    def _unstated(self, bundle: Iterable[Leaving]) -> list[str]:
        gone: list[str] = []
        for (entity, digest), group in groupby(sorted(bundle), key=lambda leaving: leaving[:2]):
            if not digest or not self.ledger.stated(entity, digest):
                gone += self._without_witness(entity, {line for _, _, line in group})
        return gone

    def _without_witness(self, entity: int, lines: set[str]) -> set[str]:
        for number in self.ledger.witnesses(entity):
            lines = lines - self._lines_of(number)
            if not lines:
                break
        return lines

    def _convert(self, number: int) -> frozenset[str]:
        record = self.ledger.archive.by_number(number)
        lines, _, _ = self.workshop.statements(Job(record.source, number, record.packed))
        return frozenset(canonical(lines))

    def _in_a_document(self, line: str) -> bool:
        store = self.building.store
        return any(
            not isinstance(quad.graph_name, ox.DefaultGraph)
            for triple in triples([line])
            for quad in store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        )

    def _note_subjects(self, gone: Iterable[str]) -> None:
        """Entities of which nothing is said any more."""
        for name in {stem(line) for line in gone}:
            if "/id/" in name and self._silent(name):
                self.ledger.bereave(name)

    def conclude(self) -> list[tuple[str, str | None]]:
        """At the end of a load: the entities that are gone, each with the one that took its place, if known."""
        gone: list[tuple[str, str | None]] = []
        for iri, links in self.ledger.bereft():
            if self._silent(iri):
                replaced = next(filter(None, (self._instead(*link) for link in links)), None)
                self.ledger.gone(iri, replaced)
                gone.append((iri, replaced))
        return gone

    def _instead(self, subject: str, predicate: str) -> str | None:
        """What a statement that led to a vanished entity leads to now, when that is one entity of ours."""
        pattern = (ox.NamedNode(subject), ox.NamedNode(predicate), None, ox.DefaultGraph())
        objects = [quad.object for quad in self.building.store.quads_for_pattern(*pattern)]
        found = objects[0] if len(objects) == 1 else None
        return found.value if isinstance(found, ox.NamedNode) and "/id/" in found.value else None

    def _silent(self, name: str) -> bool:
        node = ox.NamedNode(name)
        return next(self.building.store.quads_for_pattern(node, None, None, ox.DefaultGraph()), None) is None


def _links(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Object, subject and predicate of the lines that lead from entity to entity."""
    for line in lines:
        if line.endswith("> .") and "/id/" in line:
            subject, predicate, value = (term.strip("<>") for term in line[:-2].split(" ", 2))
            yield value, subject, predicate


def vanished(old: ox.Store, new: ox.Store, base: str) -> Iterator[str]:
    """Entities of ours that one store describes and another does not."""
    query = f"""SELECT DISTINCT ?entity WHERE {{ ?entity ?p ?o
        FILTER(STRSTARTS(STR(?entity), "{base}/id/") && !CONTAINS(STR(?entity), "#")) }}"""
    result = old.query(query)
    assert isinstance(result, ox.QuerySolutions)
    for (entity,) in result:
        if next(new.quads_for_pattern(entity, None, None, ox.DefaultGraph()), None) is None:
            yield entity.value


def document_lines(lines: Iterable[str]) -> list[Leaving]:
    """Lines of a document as ``Ledger.leave`` wants them."""
    return [(key(stem(line)), 0, line) for line in lines]
