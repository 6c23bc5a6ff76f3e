"""Writing: an update or a graph replaced by a user, published like a load, and kept so that a rebuild repeats it.

What users write is part of what the graph is a function of. Each write is one release: all of it or nothing. The
archive keeps the writes in their order (table ``written``); a rebuild, which begins with an empty store, applies
them again after the sources. A later load leaves alone what was written, except in the graphs of its sources.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import pyoxigraph as ox

from graph import packing
from graph.derivation import index, state
from graph.errors import InputError
from graph.merging import merge, restore
from graph.names import source_graph
from graph.releases import Manifest
from graph.settings import Settings
from ingest.building import Building
from ingest.indexing import indexed
from ingest.ledger import Ledger
from ingest.publication import class_counts
from ingest.wiring import indexes

TABLE = """CREATE TABLE IF NOT EXISTS written (
    number INTEGER PRIMARY KEY, release INTEGER NOT NULL, kind TEXT NOT NULL, graph TEXT, form TEXT NOT NULL,
    base TEXT NOT NULL, content BLOB NOT NULL
)"""
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Writing:
    """One step of a write. ``kind`` is update (``content`` is SPARQL), put, post or delete (``content`` is RDF of
    media type ``form`` for ``graph``; None is the default graph). Relative IRIs are resolved against ``base``."""

    kind: str
    content: bytes
    graph: str | None = None
    form: str = ""
    base: str = ""


def apply(store: ox.Store, writing: Writing) -> None:
    """Do it. Raises InputError when the content cannot be read; the store is then as it was."""
    graph = ox.NamedNode(writing.graph) if writing.graph else ox.DefaultGraph()
    try:
        if writing.kind == "update":
            store.update(writing.content.decode(), base_iri=writing.base or None)
            return
        if writing.kind in {"put", "delete"}:
            store.clear_graph(graph) if writing.kind == "put" else store.remove_graph(graph)
        if writing.kind in {"put", "post"}:
            store.add_graph(graph) if isinstance(graph, ox.NamedNode) else None
            store.load(writing.content, FORMATS[writing.form], base_iri=writing.base or None, to_graph=graph)
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise InputError(f"What was sent cannot be read: {error}.") from error


def publish_writing(settings: Settings, writings: Iterable[Writing]) -> int:
    """Apply writes and publish the result as one release; returns its number. Raises InputError, StoreError."""
    with Building(settings.data) as building:
        ledger = Ledger(settings.data, building.number)
        try:
            _write(building, ledger, settings, list(writings))
        finally:
            ledger.close()
    return building.number


def replay(store: ox.Store, ledger: Ledger) -> None:
    """Apply all writes there ever were, in their order, over what the sources state."""
    ledger.run(TABLE)
    for kind, graph, form, base, content in ledger.run(
        "SELECT kind, graph, form, base, content FROM written ORDER BY number"
    ).fetchall():
        apply(store, Writing(kind, packing.expand(content), graph, form, base))


def _write(building: Building, ledger: Ledger, settings: Settings, writings: list[Writing]) -> None:
    _forget_derived(building.store, settings.base_iri)
    restore(building.store, settings.base_iri)
    ledger.run(TABLE)
    for writing in writings:
        apply(building.store, writing)
        values = (building.number, writing.kind, writing.graph, writing.form, writing.base)
        insert = "INSERT INTO written (release, kind, graph, form, base, content) VALUES (?, ?, ?, ?, ?, ?)"
        ledger.run(insert, (*values, packing.compress(writing.content)))
    merge(building.store, settings.base_iri)
    derived = state(building.store, settings.base_iri)
    # A write may run confined, where no other process can be started.
    with indexed(building.store, building.path, indexes(settings.base_iri), large=sys.maxsize):
        derived += index(building.store)
        manifest = _manifest(building, settings, derived)
    building.seal(manifest)
    ledger.set_state(f"published {building.number}", manifest["date"])
    ledger.commit()
    building.publish(settings.number("releases_kept"))


def _forget_derived(store: ox.Store, base: str) -> None:
    graph = ox.NamedNode(source_graph(base, "derived"))
    for quad in list(store.quads_for_pattern(None, None, None, graph)):
        store.remove(quad)
        store.remove(ox.Quad(quad.subject, quad.predicate, quad.object))


def _manifest(building: Building, settings: Settings, derived: int) -> Manifest:
    before: Manifest = building.releases.current().manifest if building.number > 1 else {"base": settings.base_iri}
    counts = class_counts(building.store)
    old: dict[str, int] = before.get("counts", {})
    moved = {name: counts.get(name, 0) - old.get(name, 0) for name in sorted({*old, *counts})}
    return {
        **before,
        "number": building.number,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "counts": counts,
        "derived": derived,
        "difference": {
            "from": before.get("number"),
            "sources": {"added": [], "changed": [], "withdrawn": []},
            "tallies": {},
            "counts": {name: change for name, change in moved.items() if change},
            "gone": 0,
            "gone_first": [],
            "rebuilt": False,
            "written": True,
        },
    }
