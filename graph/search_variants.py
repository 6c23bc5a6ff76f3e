"""Other names by which entities are searched for: their own, and those of what they are linked to elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.names import expand
from graph.store import LocalStore
from ontology.elsewhere import local_part

MOST = 60
"""Names of one entity that are kept; some authority files list hundreds of spellings."""
_KEPT = 50_000
_SAME = [ox.NamedNode(expand(name)) for name in ("owl:sameAs", "skos:exactMatch")]
_OTHER = [ox.NamedNode(expand(name)) for name in ("skos:altLabel", "madsrdf:variantLabel")]
_LABELS = [ox.NamedNode(expand(name)) for name in ("skos:prefLabel", "rdfs:label", "madsrdf:authoritativeLabel")]


@dataclass(frozen=True, slots=True)
class Variants:
    """What an entity is known by besides its label: names, and numbers (IRIs elsewhere and what ends them)."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


_NONE = Variants()


class KnownVariants:
    """The variants of a store's entities. Looked up one by one, since the planner of queries reads whole tables for
    many entities at once; and few have any, which a set of hashes tells without a look into the store."""

    def __init__(self, store: LocalStore) -> None:
        self._store = store.store
        self._known: dict[str, Variants] = {}
        self._some = {
            hash(quad.subject.value)
            for one in _SAME + _OTHER
            for quad in self._store.quads_for_pattern(None, one, None, ox.DefaultGraph())
            if isinstance(quad.subject, ox.NamedNode)
        }

    def of(self, iri: str) -> Variants:
        """The variants of an entity."""
        if hash(iri) not in self._some:
            return _NONE
        found = self._known.get(iri)
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            found = self._known[iri] = self._read(ox.NamedNode(iri))
        return found

    def _read(self, node: ox.NamedNode) -> Variants:
        same = [one for one in self._values(node, _SAME) if isinstance(one, ox.NamedNode)]
        names = dict.fromkeys(self._texts(node, _OTHER))
        for one in same:
            names |= dict.fromkeys(self._texts(one, _LABELS + _OTHER))
        if not names and not same:
            return _NONE
        numbers = dict.fromkeys(text for one in same for text in (one.value, local_part(one.value)))
        return Variants(tuple(names)[:MOST], tuple(numbers))

    def _texts(self, node: ox.NamedNode, properties: list[ox.NamedNode]) -> Iterator[str]:
        return (one.value for one in self._values(node, properties) if isinstance(one, ox.Literal))

    def _values(self, node: ox.NamedNode, properties: list[ox.NamedNode]) -> Iterator[object]:
        for one in properties:
            for quad in self._store.quads_for_pattern(node, one, None, ox.DefaultGraph()):
                yield quad.object
