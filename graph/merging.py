"""Merging and splitting in the graph: what was decided to be one is asked as one, and what is two as two.

Run over a release that is being made, by the graph of decisions. Of an entity that gives way all statements, and
those of its parts, are told of the one that stays; its names become further names (``skos:altLabel``). What the
sources said is kept in the graph ``{base}/graph/merged``, and what is said instead in ``{base}/graph/derived``, so
that the next load begins with what the sources said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from graph.matching.standing import GRAPH, ours
from graph.names import SPARQL_PREFIXES, expand, source_graph

MERGED = "merged"
NAMES = {expand(name) for name in ("rdfs:label", "skos:prefLabel", "madsrdf:authoritativeLabel", "schema:name")}
TITLE, MAIN_TITLE, ALT = (ox.NamedNode(expand(name)) for name in ("bf:title", "bf:mainTitle", "skos:altLabel"))
LABEL = ox.NamedNode(expand("rdfs:label"))
NOT_COPIED = {expand(name) for name in ("bf:hasInstance", "owl:sameAs", "skos:exactMatch", "dct:isReplacedBy")}
"""What a new entity does not take over from the one it is split from: what belongs to one of the two alone."""
_MERGES = "SELECT ?gone ?stays WHERE { GRAPH <%s> { ?gone dct:isReplacedBy ?stays } }"
_SPLITS = """SELECT ?old ?new ?part ?label WHERE { GRAPH <%s> {
    ?one jp:verdict jp:verdict-split ; jp:decidedEntity ?old ; jp:decidedTarget ?new ; jp:splitPart ?part
    OPTIONAL { ?one jp:targetLabel ?label } } } ORDER BY ?old ?new ?part"""


@dataclass(frozen=True, slots=True)
class _Graphs:
    """A store, and the names of the graphs that matter here."""

    store: ox.Store
    base: str

    def named(self, name: str) -> ox.NamedNode:
        """The name of a graph of ours."""
        return ox.NamedNode(source_graph(self.base, name))

    def decided(self, query: str) -> list[list[str]]:
        """The rows of a query about the graph of decisions."""
        found = self.store.query(SPARQL_PREFIXES + query % self.named(GRAPH).value)
        assert isinstance(found, ox.QuerySolutions)
        return [[term.value if term is not None else "" for term in row] for row in found]

    def said(self, subject: Any, value: Any = None) -> list[ox.Quad]:
        """Statements of the default graph, but for decisions and what they say of two of ours."""
        quads = self.store.quads_for_pattern(subject, None, value, ox.DefaultGraph())
        return [quad for quad in quads if not self._of_decision(quad)]

    def _of_decision(self, quad: ox.Quad) -> bool:
        about = quad.subject, quad.object
        if not all(isinstance(one, ox.NamedNode) and ours(one.value, self.base) for one in about):
            return False
        return ox.Quad(quad.subject, quad.predicate, quad.object, self.named(GRAPH)) in self.store

    def take_away(self, quad: ox.Quad) -> None:
        """Move a statement out of the default graph."""
        self.store.remove(quad)
        self.store.add(ox.Quad(quad.subject, quad.predicate, quad.object, self.named(MERGED)))

    def say(self, subject: Any, predicate: ox.NamedNode, value: Any) -> None:
        """State in the default graph what follows."""
        if (quad := ox.Quad(subject, predicate, value)) not in self.store:
            self.store.add(quad)
            self.store.add(ox.Quad(subject, predicate, value, self.named("derived")))


def merge(store: ox.Store, base: str) -> int:
    """Make entities one, and one entity two, as the graph of decisions says. Returns how many there were."""
    graphs = _Graphs(store, base)
    splits: dict[tuple[str, str, str], set[str]] = {}
    for old, new, part, label in graphs.decided(_SPLITS):
        splits.setdefault((old, new, label), set()).add(part)
    for (old, new, label), parts in splits.items():
        _split(graphs, old, new, label, parts)
    replaced: dict[str, str] = {gone: stays for gone, stays in graphs.decided(_MERGES) if ours(gone, base)}
    for gone in replaced:
        stays = replaced[gone]
        while stays in replaced:
            stays = replaced[stays]
        _merge(graphs, gone, stays)
    return len(splits) + len(replaced)


def restore(store: ox.Store, base: str) -> None:
    """Bring back to the default graph what the sources said before merging. What was said instead is in the graph
    of derived statements, whose taking back is the caller's."""
    merged = _Graphs(store, base).named(MERGED)
    for quad in list(store.quads_for_pattern(None, None, None, merged)):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    store.remove_graph(merged)


def join(store: ox.Store, base: str, pairs: Mapping[str, str]) -> int:
    """Merge entities, each into another one, as a rule tells and not a person. Returns how many."""
    graphs = _Graphs(store, base)
    for gone, stays in pairs.items():
        _merge(graphs, gone, stays)
        graphs.say(ox.NamedNode(gone), ox.NamedNode(expand("dct:isReplacedBy")), ox.NamedNode(stays))
    return len(pairs)


def give_way(store: ox.Store, base: str, pairs: Mapping[str, str]) -> int:
    """Take entities out of the default graph, each for another one: who spoke of it speaks of the other now. Unlike
    in a merge nothing of it is passed on; that it ``dct:isReplacedBy`` the other remains. Returns how many."""
    graphs = _Graphs(store, base)
    for gone in pairs:
        for part in list(_below(graphs, ox.NamedNode(gone), set())):
            for quad in graphs.said(part):
                graphs.take_away(quad)
    for gone, stays in pairs.items():
        for quad in graphs.said(None, ox.NamedNode(gone)):
            graphs.take_away(quad)
            graphs.say(quad.subject, quad.predicate, ox.NamedNode(stays))
        graphs.say(ox.NamedNode(gone), ox.NamedNode(expand("dct:isReplacedBy")), ox.NamedNode(stays))
    return len(pairs)


def stated(store: ox.Store, base: str, triple: ox.Triple) -> bool:
    """Whether a statement is in the default graph, or was until what it is about was merged."""
    merged = _Graphs(store, base).named(MERGED)
    terms = (triple.subject, triple.predicate, triple.object)
    return ox.Quad(*terms) in store or ox.Quad(*terms, merged) in store


def successor(store: ox.Store, iri: str) -> str | None:
    """What took the place of an entity that was merged into another; None for any other entity."""
    node = ox.NamedNode(iri)
    typed = store.quads_for_pattern(node, ox.NamedNode(expand("rdf:type")), None, ox.DefaultGraph())
    instead = store.quads_for_pattern(node, ox.NamedNode(expand("dct:isReplacedBy")), None, ox.DefaultGraph())
    found = next((quad.object for quad in instead if isinstance(quad.object, ox.NamedNode)), None)
    return None if found is None or next(typed, None) else found.value


def predecessors(store: ox.Store, iri: str) -> list[str]:
    """The entities that were merged into one, directly or by way of others."""
    replaced = ox.NamedNode(expand("dct:isReplacedBy"))
    found, left = dict[str, None](), [iri]
    while left:
        quads = store.quads_for_pattern(None, replaced, ox.NamedNode(left.pop()), ox.DefaultGraph())
        fresh = {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)} - {iri, *found}
        merged = sorted(one for one in fresh if successor(store, one))
        found |= dict.fromkeys(merged)
        left += merged
    return list(found)


def _merge(graphs: _Graphs, gone: str, stays: str) -> None:
    titles = {q.object for q in graphs.said(ox.NamedNode(gone)) if q.predicate == TITLE}
    for node in list(_below(graphs, ox.NamedNode(gone), set())):
        for quad in graphs.said(node):
            graphs.take_away(quad)
            if node in titles:
                if quad.predicate == MAIN_TITLE:
                    _also_called(graphs, ox.NamedNode(stays), quad.object)
            elif quad.predicate.value in NAMES and node.value == gone:
                _also_called(graphs, ox.NamedNode(stays), quad.object)
            elif quad.predicate != TITLE:
                graphs.say(_renamed(node, gone, stays), quad.predicate, _renamed(quad.object, gone, stays))
        for quad in graphs.said(None, node):
            graphs.take_away(quad)
            if node not in titles:
                graphs.say(_renamed(quad.subject, gone, stays), quad.predicate, _renamed(node, gone, stays))


def _also_called(graphs: _Graphs, stays: ox.NamedNode, name: Any) -> None:
    known = {quad.object for quad in graphs.said(stays) if quad.predicate.value in NAMES}
    for title in graphs.said(stays):
        if title.predicate == TITLE:
            known |= {quad.object for quad in graphs.said(title.object) if quad.predicate == MAIN_TITLE}
    if name not in known:
        graphs.say(stays, ALT, name)


def _split(graphs: _Graphs, old: str, new: str, label: str, parts: set[str]) -> None:
    node, fresh = ox.NamedNode(old), ox.NamedNode(new)
    for quad in graphs.said(None, node):
        if _stem(quad.subject) in parts:
            graphs.take_away(quad)
            graphs.say(quad.subject, quad.predicate, fresh)
    for quad in graphs.said(node):
        if _stem(quad.object) in parts:
            graphs.take_away(quad)
            graphs.say(fresh, quad.predicate, quad.object)
    if label:
        graphs.say(fresh, LABEL, ox.Literal(label))
    for part in list(_below(graphs, node, set())):
        for quad in graphs.said(part):
            named_anew = bool(label) and part == node and quad.predicate.value in NAMES
            if quad.predicate.value not in NOT_COPIED and not named_anew:
                graphs.say(_renamed(part, old, new), quad.predicate, _renamed(quad.object, old, new))


def _below(graphs: _Graphs, node: ox.NamedNode, seen: set[str]) -> Iterator[ox.NamedNode]:
    """A node and those of its fragments that it leads to."""
    seen.add(node.value)
    yield node
    for quad in graphs.said(node):
        value = quad.object
        if (
            isinstance(value, ox.NamedNode)
            and value.value not in seen
            and _stem(value) == _stem(node) != value.value
        ):
            yield from _below(graphs, value, seen)


def _renamed(term: Any, old: str, new: str) -> Any:
    """A node that is an entity or a part of it, under another entity's name; any other term as it is."""
    if _stem(term) != old:
        return term
    return ox.NamedNode(new + term.value[len(old) :])


def _stem(term: object) -> str:
    return term.value.partition("#")[0] if isinstance(term, ox.NamedNode) else ""
