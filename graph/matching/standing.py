"""What stands, as statements: a link for each *same*, and a node that says who decided, when, why and on what.

Among our own entities *same* means that one gives way to the other; chains of that end at one survivor, and a
decision that would join what somebody keeps apart, or close a circle, joins nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from graph.matching.decisions import Decision
from graph.names import digest, entity, expand

GRAPH = "decisions"
"""The named graph of decisions, ``{base}/graph/decisions``."""
CONCEPTS = {"topic", "genre"}
"""Kinds that are concepts, so that a link between them is a mapping, not an identity of things."""
Exists = Callable[[str], bool]


@dataclass(slots=True)
class Families:
    """Our entities that are one: ``replaced`` leads from each to what took its place, ``refused`` are decisions
    that contradict others."""

    replaced: dict[str, str] = field(default_factory=dict)
    refused: list[Decision] = field(default_factory=list)

    def survivor(self, iri: str) -> str:
        """What an entity is now."""
        while iri in self.replaced:
            iri = self.replaced[iri]
        return iri


def families(decisions: Iterable[Decision], base: str) -> Families:
    """Which of our entities give way to which, by the decisions that stand, in their order."""
    all_ = [one for one in decisions if ours(one.target, base)]
    apart = [(one.entity, one.target) for one in all_ if one.verdict == "different"]
    found = Families()
    for one in all_:
        if one.verdict == "same":
            gives_way, stays = found.survivor(one.entity), found.survivor(one.target)
            if gives_way == stays or _kept_apart(found, apart, {gives_way, stays}):
                found.refused.append(one)
            else:
                found.replaced[gives_way] = stays
    return found


def _kept_apart(found: Families, apart: list[tuple[str, str]], pair: set[str]) -> bool:
    return any({found.survivor(one), found.survivor(other)} == pair for one, other in apart)


def ours(iri: str, base: str) -> bool:
    """Whether an IRI is one of our entities."""
    return iri.startswith(f"{base}/id/")


def lines(decisions: Iterable[Decision], base: str, exists: Exists) -> list[str]:
    """The statements of the decisions about entities that ``exists`` finds in the graph, as N-Triples."""
    all_ = list(decisions)
    made = {one.target for one in all_ if one.verdict == "split"}

    def known(iri: str) -> bool:
        return iri in made or not ours(iri, base) or exists(iri)

    standing = [one for one in all_ if known(one.entity) and known(one.target)]
    found = families(standing, base)
    said = [line for one in standing for line in (*_node(one, base), *_link(one, base))]
    for gone, stays in found.replaced.items():
        said += [_line(gone, "dct:isReplacedBy", stays), _line(gone, "owl:sameAs", stays)]
    return said


def _link(decision: Decision, base: str) -> Iterator[str]:
    one, other = decision.entity, decision.target
    if decision.verdict == "different":
        yield _line(one, "owl:differentFrom", other)
    elif decision.verdict == "split":
        yield _line(other, "owl:differentFrom", one)
        yield _line(other, "prov:wasDerivedFrom", one)
    elif decision.verdict == "same" and not ours(other, base):
        yield _line(one, "skos:exactMatch" if decision.kind in CONCEPTS else "owl:sameAs", other)


def _node(decision: Decision, base: str) -> Iterator[str]:
    node = entity(base, "decision", digest(*sorted((decision.entity, decision.target))))
    yield _line(node, "rdf:type", expand("jp:LinkDecision"))
    yield _line(node, "jp:decidedEntity", decision.entity)
    yield _line(node, "jp:decidedTarget", decision.target)
    yield _line(node, "jp:verdict", expand(f"jp:verdict-{decision.verdict}"))
    yield _text(node, "jp:decidedBy", decision.by)
    yield _text(node, "dct:created", decision.at, "xsd:dateTime")
    yield _text(node, "jp:reviewed", str(decision.person).lower(), "xsd:boolean")
    if decision.label:
        yield _text(node, "rdfs:label", f"{decision.label} – {decision.target_label or decision.target}")
    if decision.target_label:
        yield _text(node, "jp:targetLabel", decision.target_label)
    if decision.why:
        yield _text(node, "dct:description", decision.why)
    if decision.score is not None:
        yield _text(node, "jp:score", f"{decision.score:.4f}", "xsd:decimal")
    for name, value in decision.evidence.items():
        yield _text(node, "jp:evidence", f"{name}={value:.3g}")
    for part in decision.parts:
        yield _line(node, "jp:splitPart", part)


def _line(subject: str, predicate: str, value: str) -> str:
    return f"<{subject}> <{expand(predicate)}> <{value}> ."


def _text(subject: str, predicate: str, value: str, datatype: str = "") -> str:
    term = ox.Literal(value, datatype=ox.NamedNode(expand(datatype))) if datatype else ox.Literal(value)
    return f"<{subject}> <{expand(predicate)}> {term} ."
