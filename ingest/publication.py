"""From a finished load to a published release: derive, index, describe, seal, commit, publish."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.derivation import index, state
from graph.errors import NotFound, StoreError
from graph.names import shorten
from graph.releases import Manifest
from graph.store import LocalStore
from ingest.building import Building
from ingest.indexing import Index, indexed
from ingest.ledger import Ledger
from ingest.loading import Load
from ingest.missing_bibs import missing_bibs
from ingest.order import Conditions, Order
from ingest.report import report_of
from ingest.unknown_titles import unknown_titles

GONE_SHOWN = 1000


def publish(conditions: Conditions, order: Order, kept: int, indexes: Sequence[Index] = ()) -> tuple[Load, bool]:
    """Carry out an order and publish the result; whether there is a new release. Nothing is published when
    the graph stays as it is. Raises StoreError; what is published stays as it is then."""
    try:
        with Building(conditions.data) as building:
            ledger = Ledger(conditions.data, building.number)
            try:
                return _carried_out(conditions, order, building, ledger, kept, indexes)
            finally:
                ledger.close()
    except (OSError, sqlite3.Error) as error:
        raise _failure(error, conditions.data) from error


def _carried_out(
    conditions: Conditions,
    order: Order,
    building: Building,
    ledger: Ledger,
    kept: int,
    indexes: Sequence[Index],
) -> tuple[Load, bool]:
    load = Load(conditions, order, building, ledger)
    load.run()
    ledger.set_state("rules", conditions.rules)
    ledger.set_state("base", conditions.base)
    if not load.changed:
        if building.number > 1:
            ledger.keep()
        return load, False
    building.finish_adding()
    derived = state(building.store, conditions.base)
    with indexed(building.store, building.path, indexes):
        derived += index(building.store)
        _note_gaps(load, building.store, order, conditions.base)
        manifest = _manifest(conditions, building, ledger, load, derived)
    report = json.dumps(report_of(load, manifest), ensure_ascii=False, indent=1)
    (building.path / "report.json").write_text(report, encoding="utf-8")
    building.seal(manifest)
    ledger.set_state(f"published {building.number}", manifest["date"])
    ledger.commit()
    building.publish(kept)
    return load, True


def _note_gaps(load: Load, store: ox.Store, order: Order, base: str) -> None:
    """Note what is named and not there, now that all is known. Keeps nothing of the store: it must close when the
    release is sealed, or its clearing up goes on while the files are forced to disk."""
    local = LocalStore(store)
    load.journal.note(missing_bibs(local))
    cited = [one for document in order.documents for one in document.cited]
    load.journal.note(unknown_titles(local, cited, base))


def _manifest(conditions: Conditions, building: Building, ledger: Ledger, load: Load, derived: int) -> Manifest:
    try:
        before = building.releases.current().manifest
    except NotFound:
        before = {}
    counts = class_counts(building.store)
    archive = ledger.archive
    sources = [
        {"id": s.id, "kind": s.kind, "files": s.files, "records": archive.count(s.id), "release": s.release}
        for s in archive.sources()
    ]
    return {
        "number": building.number,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "base": conditions.base,
        "rules": conditions.rules,
        "sources": sources,
        "counts": counts,
        "derived": derived,
        "difference": _difference(before, sources, counts, load),
    }


def _difference(
    before: Manifest, sources: list[dict[str, Any]], counts: dict[str, int], load: Load
) -> dict[str, Any]:
    old = {source["id"] for source in before.get("sources", ())}
    new = {source["id"] for source in sources}
    names = {*before.get("counts", {}), *counts}
    changes = {name: counts.get(name, 0) - before.get("counts", {}).get(name, 0) for name in sorted(names)}
    tallies = {name: asdict(tally) for name, tally in sorted(load.journal.tallies.items())}
    return {
        "from": before.get("number"),
        "sources": {
            "added": sorted(new - old),
            "changed": sorted(
                name for name, tally in load.journal.tallies.items() if tally.changed and name in old & new
            ),
            "withdrawn": sorted(old - new),
        },
        "tallies": tallies,
        "counts": {name: change for name, change in changes.items() if change},
        "gone": len(load.gone),
        "gone_first": [{"iri": iri, "replaced": replaced} for iri, replaced in load.gone[:GONE_SHOWN]],
        "rebuilt": load.rebuild,
    }


def class_counts(store: ox.Store) -> dict[str, int]:
    """How many entities of each class there are, by prefixed name, and ``statements``."""
    query = "SELECT ?class (COUNT(?entity) AS ?n) WHERE { ?entity a ?class } GROUP BY ?class ORDER BY DESC(?n)"
    local = LocalStore(store)
    counts = {shorten(_text(row["class"])): int(_text(row["n"])) for row in local.select(query)}
    named = local.select("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
    return {"statements": len(store) - int(_text(named[0]["n"])), **counts}


def _text(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


def _failure(error: Exception, data: Path) -> StoreError:
    number = getattr(error, "errno", None)
    text = str(error)
    if number in {ENOSPC, EDQUOT, EFBIG} or "full" in text or "No space left" in text or "too large" in text:
        return StoreError(
            f"There is no room left on the disk of {data} ({text}).",
            "The published release is untouched. Free some space and load again.",
        )
    return StoreError(f"The load could not be finished: {text}.", "The published release is untouched.")
