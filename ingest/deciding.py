"""Decisions in a load: the graph of decisions says what stands in the file of decisions, each time it is made."""

from pathlib import Path

import pyoxigraph as ox

from graph.archive import Archive
from graph.errors import NotFound
from graph.matching import standing
from graph.matching.decisions import Decision, Decisions
from graph.names import source_graph

DECISIONS = standing.GRAPH


def last_decision(data: Path) -> int:
    """The number of the newest act in the file of decisions; 0 when there is none."""
    try:
        decisions = Decisions.open(data)
    except NotFound:
        return 0
    try:
        return decisions.last
    finally:
        decisions.close()


def published_decision(archive: Archive) -> int:
    """The number of the newest act that the published release knows of."""
    return int(archive.state("decisions", "0"))


def decision_lines(data: Path, store: ox.Store, base: str, until: int) -> list[str]:
    """The statements of what stands about entities that the store describes; ``until`` 0 means nothing stands."""
    decided = ox.NamedNode(source_graph(base, DECISIONS))

    def described(iri: str) -> bool:
        quads = store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph())
        return any(ox.Quad(q.subject, q.predicate, q.object, decided) not in store for q in quads)

    return standing.lines(standing_decisions(data) if until else [], base, described)


def standing_decisions(data: Path) -> list[Decision]:
    """What stands, in the order in which it was decided; nothing where nothing was decided."""
    try:
        decisions = Decisions.open(data)
    except NotFound:
        return []
    try:
        return list(decisions.current())
    finally:
        decisions.close()
