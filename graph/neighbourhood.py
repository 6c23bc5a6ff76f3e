"""The neighbourhood of an entity as a picture: who is tied to whom, laid out the same way every time."""

from dataclasses import dataclass
from math import cos, pi, sin

from graph.names import SPARQL_PREFIXES
from graph.store import Store

MOST = 60
"""Nodes a picture can hold and still be read."""
WIDTH, HEIGHT = 960, 640

TIES = """SELECT DISTINCT ?one ?tie ?other WHERE {
  { ?m org:member <{iri}> ; org:organization ?other . BIND (<{iri}> AS ?one) BIND ("membership" AS ?tie) }
  UNION { ?m org:organization <{iri}> ; org:member ?one . BIND (<{iri}> AS ?other) BIND ("membership" AS ?tie) }
  UNION { ?other jp:signedBy <{iri}> . BIND (<{iri}> AS ?one) BIND ("agreement" AS ?tie) }
  UNION { <{iri}> jp:signedBy ?one . BIND (<{iri}> AS ?other) BIND ("agreement" AS ?tie) }
  UNION { <{iri}> jp:governedBy ?other . BIND (<{iri}> AS ?one) BIND ("agreement" AS ?tie) }
  UNION { ?one jp:governedBy <{iri}> . BIND (<{iri}> AS ?other) BIND ("agreement" AS ?tie) }
}"""
FURTHER = """SELECT DISTINCT ?one ?tie ?other WHERE {
  { VALUES ?other { {all} } ?m org:organization ?other . ?m org:member ?one . BIND ("membership" AS ?tie) }
  UNION { VALUES ?other { {all} } ?other jp:signedBy ?one . BIND ("agreement" AS ?tie) }
} LIMIT 400"""
"""The values stand inside each branch: outside, the store's planner reads all memberships first."""


Tie = tuple[str, str, str]
"""One end, ``membership`` or ``agreement``, the other end."""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity with its place in the picture, in units of the view box."""

    iri: str
    ring: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Nodes by ring around the centre, and the ties between them: (one, kind of tie, other)."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


def neighbourhood(store: Store, iri: str) -> Neighbourhood:
    """The entity, what it is tied to, and who else is tied to that, up to ``MOST`` nodes."""
    near = _ties(store, TIES.replace("{iri}", iri))
    first = sorted({end for one, _, other in near for end in (one, other) if end != iri})[: MOST // 2]
    values = " ".join(f"<{one}>" for one in first)
    further = _ties(store, FURTHER.replace("{all}", values)) if first else []
    second = sorted({one for one, _, _ in further} - {iri, *first})[: MOST - 1 - len(first)]
    nodes = [Node(iri, 0, WIDTH / 2, HEIGHT / 2), *_ring(first, 1, 0.5), *_ring(second, 2, 0.92)]
    kept = {node.iri for node in nodes}
    ties = sorted({tie for tie in (*near, *further) if tie[0] in kept and tie[2] in kept})
    return Neighbourhood(tuple(nodes), tuple(ties))


def _ties(store: Store, query: str) -> list[Tie]:
    rows = store.select(SPARQL_PREFIXES + query)
    return [tuple(row[name].value for name in ("one", "tie", "other")) for row in rows]  # type: ignore[union-attr,misc]


def _ring(iris: list[str], ring: int, part: float) -> list[Node]:
    """Evenly around an ellipse, in the order of their IRIs, so that the picture is stable."""
    turn = 2 * pi / max(1, len(iris))
    return [
        Node(
            iri,
            ring,
            WIDTH / 2 + (WIDTH / 2 - 90) * part * cos(place * turn + ring * 0.4),
            HEIGHT / 2 + (HEIGHT / 2 - 30) * part * sin(place * turn + ring * 0.4),
        )
        for place, iri in enumerate(iris)
    ]
