"""What follows from the whole graph: CONSTRUCT queries of ``ontology/derived``, run before each publication.

Their results are in the default graph, and again in the named graph ``{base}/graph/derived`` so that the next
load can replace them. A query reads what the sources state and what queries before it (by file name) derived.

A query with a line ``# instead`` tells what stands for what: of the subject of ``?a dct:isReplacedBy ?b`` only that
statement remains, and who spoke of it speaks of the other (``graph.merging.give_way``; undone at the next load).
With a line ``# joined`` what was said of it is said of the other as well (``graph.merging.join``).

A query with a line ``# graph: jp:…`` makes an index: its results are in that named graph alone (or in those named),
and only what differs from before is written there, since there may be as many as items. A graph is there for the
queries after the last one that writes to it.

A query with a line ``# needs: bf:…`` gives nothing where no statement has that property, or one of those named, and
is not run then: a load does nothing else beside these queries.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from graph.errors import QueryError
from graph.merging import give_way, join
from graph.names import SPARQL_PREFIXES, expand, source_graph

FOLDER = Path(__file__).resolve().parents[1] / "ontology" / "derived"
MANY = 10_000
"""Additions from here on go through the bulk loader."""
_INDEX = re.compile(r"^# graph: (\w+:[\w-]+(?: \w+:[\w-]+)*)$", re.MULTILINE)
_NEEDS = re.compile(r"^# needs: (\w+:[\w-]+(?: \w+:[\w-]+)*)$", re.MULTILINE)
_INSTEAD = re.compile(r"^# (instead|joined)$", re.MULTILINE)


def queries(folder: Path = FOLDER) -> Iterator[tuple[str, str]]:
    """Name and text of the queries, in the order in which they run."""
    for file in sorted(folder.glob("*.rq")):
        yield file.stem, file.read_text(encoding="utf-8")


def derive(store: ox.Store, base: str, folder: Path = FOLDER) -> int:
    """Run the queries over a store whose derived graph is empty. Returns how many statements it gained."""
    return state(store, base, folder) + index(store, folder)


def state(store: ox.Store, base: str, folder: Path = FOLDER) -> int:
    """Run the queries whose results are stated in the default graph."""
    derived = ox.NamedNode(source_graph(base, "derived"))
    made = 0
    for name, query in queries(folder):
        if _lacks_needed(store, query):
            continue
        if told := _INSTEAD.search(query):
            carry_out = join if told[1] == "joined" else give_way
            made += carry_out(store, base, dict(sorted(map(_pair, _result(store, name, query)))))
        elif not _INDEX.search(query):
            made += _state(store, derived, _result(store, name, query))
    return made


def index(store: ox.Store, folder: Path = FOLDER) -> int:
    """Run the queries that make indexes. They read what the others stated; nobody who reads the default graph alone
    has to wait for them."""
    found = [(name, query, _INDEX.search(query)) for name, query in queries(folder)]
    indexes = [(name, query, [expand(graph) for graph in told[1].split()]) for name, query, told in found if told]
    last = {graph: name for name, _, graphs in indexes for graph in graphs}
    lines: defaultdict[str, set[bytes]] = defaultdict(set)
    made = 0
    for name, query, graphs in indexes:
        result = _result(store, name, query).serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        for graph in graphs:
            lines[graph].update(result.splitlines())
            if last[graph] == name:
                made += _exchange(store, ox.NamedNode(graph), lines.pop(graph))
    return made


def _lacks_needed(store: ox.Store, query: str) -> bool:
    told = _NEEDS.search(query)
    nodes = [ox.NamedNode(expand(name)) for name in told[1].split()] if told else []
    return bool(nodes) and not any(
        next(store.quads_for_pattern(None, node, None, ox.DefaultGraph()), None) for node in nodes
    )


def _pair(triple: ox.Triple) -> tuple[str, str]:
    assert isinstance(triple.subject, ox.NamedNode)
    assert isinstance(triple.object, ox.NamedNode)
    return triple.subject.value, triple.object.value


def _state(store: ox.Store, derived: ox.NamedNode, triples: Iterable[ox.Triple]) -> int:
    made = 0
    for triple in list(triples):
        stated = ox.Quad(triple.subject, triple.predicate, triple.object)
        if stated not in store:
            store.add(stated)
            store.add(ox.Quad(triple.subject, triple.predicate, triple.object, derived))
            made += 1
    return made


def _exchange(store: ox.Store, graph: ox.NamedNode, found: set[bytes]) -> int:
    """Make an index hold these lines of N-Triples and no others; how many came."""
    held = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
    known = set(held.splitlines())
    for quad in _read(known - found):
        store.remove(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
    coming = found - known
    if len(coming) >= MANY:
        store.bulk_load(b"\n".join(coming), ox.RdfFormat.N_TRIPLES, to_graph=graph)
    else:
        store.extend(ox.Quad(one.subject, one.predicate, one.object, graph) for one in _read(coming))
    return len(coming)


def _read(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    return ox.parse(b"\n".join(lines), ox.RdfFormat.N_TRIPLES)


def _result(store: ox.Store, name: str, query: str) -> ox.QueryTriples:
    try:
        result = store.query(SPARQL_PREFIXES + query)
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise QueryError(f"ontology/derived/{name}.rq cannot be evaluated: {error}.") from error
    if not isinstance(result, ox.QueryTriples):
        raise QueryError(f"ontology/derived/{name}.rq is no CONSTRUCT query.")
    return result
