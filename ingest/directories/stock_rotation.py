"""Koha's tables of stock rotation, as CSV or JSON: rotas, their stages, and the items that travel.

The tables have no dates. With a column ``start`` beside a rota (asked once) the dates of its stages follow from the
days before them (``ontology/derived/koha-stage-dates.rq``).
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.names import entity
from ingest.directories.organisation import Reading
from ingest.directories.tabular import opened, rows
from ingest.sheets.cells import CellError, day, whole
from ingest.sheets.triples import Node, iri, text, typed

Cells = dict[str, str]
STARTS = ("start", "mulai", "startdate")
ENDS = ("end", "berakhir", "enddate")


def _rows(path: Path) -> Iterator[tuple[int, Cells]]:
    """Rows of a CSV or of JSON: a list, or a table with ``data`` as phpMyAdmin writes it."""
    content = opened(path).lstrip("\ufeff \r\n")
    if content[:1] not in ("[", "{"):
        yield from rows(path)
        return
    found: Any = json.loads(content)
    tables = found if isinstance(found, list) else [found]
    whole_table = next((table["data"] for table in tables if isinstance(table, dict) and "data" in table), tables)
    for number, row in enumerate(whole_table, 1):
        yield number, {key.casefold(): "" if value is None else str(value).strip() for key, value in row.items()}


def rotas(path: Path, reading: Reading) -> None:
    """Each rota is a plan with one package; without a start its stages have no dates."""
    for number, row in _rows(path):
        name, own = row["title"], row["rota_id"]
        if not name or not own:
            reading.note("empty-cell", "Rota without number or title; left out.", number, lost=True)
            continue
        plan, package = _named(reading, own, "jp:RotationPlan"), _package(reading, own)
        for node in (plan, package):
            node.say("rdfs:label", text(name))
        plan.say("dct:description", text(row["description"]) if row.get("description") else "")
        plan.say("jp:beginsAgain", typed("true", "boolean") if row.get("cyclical") == "1" else "")
        _date(plan, "schema:startDate", STARTS, row, reading, number)
        _date(plan, "schema:endDate", ENDS, row, reading, number)
        _unstarted(row, reading, number)
        _note(row, reading, number)


def _unstarted(row: Cells, reading: Reading, number: int) -> None:
    if not any(row.get(name) for name in STARTS):
        message = f"Rota {row['title']!r} has no start: add a column start, and its stages get dates."
        reading.note("not-stated", message, number)


def _note(row: Cells, reading: Reading, number: int) -> None:
    """What the row says that Koha does otherwise than a plan here."""
    for column, kind, message in (
        ("cyclical", "cyclical", "begins again after its last stage: until its column end, else for five years."),
        ("active", "inactive", "is not active in Koha."),
    ):
        if (row.get(column, "") == "1") == (column == "cyclical") and row.get(column):
            reading.note(kind, f"Rota {row['title']!r} {message}", number)


def _date(plan: Node, predicate: str, columns: tuple[str, ...], row: Cells, reading: Reading, number: int) -> None:
    said = next((row[name] for name in columns if row.get(name)), "")
    try:
        plan.say(predicate, typed(day(said).isoformat(), "date") if said else "")
    except CellError as error:
        reading.note("bad-date", error.message, number)


def stages(path: Path, reading: Reading) -> None:
    """The stages of all rotas, each after the days of those before it."""
    by_rota: defaultdict[str, list[tuple[int, int, Cells]]] = defaultdict(list)
    for number, row in _rows(path):
        try:
            by_rota[row["rota_id"]].append((whole(row["position"]), number, row))
        except CellError as error:
            reading.note("bad-cell", f"Stage {row['stage_id']}: {error.message} Left out.", number, lost=True)
    for rota, found in by_rota.items():
        before = 0
        for position, number, row in sorted(found, key=lambda one: one[0]):
            try:
                days = whole(row["duration"])
            except CellError as error:
                reading.note("bad-cell", f"Stage {row['stage_id']}: {error.message} Left out.", number, lost=True)
                continue
            _stage(reading, rota, row, position, days, before)
            before += days


def _stage(reading: Reading, rota: str, row: Cells, position: int, days: int, before: int) -> None:
    node = Node(_stage_iri(reading, row["stage_id"]), "jp:RotationStage", lines=reading.lines)
    plan, package = _named(reading, rota, "jp:RotationPlan"), _package(reading, rota)
    plan.say("jp:stage", f"<{node.subject}>")
    node.say("jp:package", f"<{package.subject}>")
    node.say("schema:position", typed(position, "integer"))
    node.say("jp:library", f"<{entity(reading.base, row['branchcode_id'])}>")
    node.say("schema:duration", typed(f"P{days}D", "dayTimeDuration"))
    node.say("jp:startsAfter", typed(f"P{before}D", "dayTimeDuration"))


def items(path: Path, reading: Reading) -> None:
    """Which items travel, by Koha's number (952 $9) or barcode; what is in demand stays out of the package."""
    for number, row in _rows(path):
        if row.get("indemand") == "1":
            message = f"Item {row['itemnumber_id']} is in demand and stays at home."
            reading.note("in-demand", message, number)
        elif not row.get("itemnumber_id") or not row.get("stage_id"):
            reading.note("empty-cell", "Item without number or stage; left out.", number, lost=True)
        else:
            stage = _stage_iri(reading, row["stage_id"])
            reading.lines.append(f"<{stage}> {iri('jp:itemNumber')} {text(row['itemnumber_id'])} .")
            if row.get("barcode") and row.get("rota_id"):
                _package(reading, row["rota_id"]).say("jp:barcode", text(row["barcode"]))


def _stage_iri(reading: Reading, stage: str) -> str:
    return entity(reading.base, f"koha-stage-{stage}")


def _named(reading: Reading, rota: str, *types: str) -> Node:
    return Node(entity(reading.base, f"koha-rota-{rota}"), *types, lines=reading.lines)


def _package(reading: Reading, rota: str) -> Node:
    own = entity(reading.base, f"koha-rota-{rota}-package")
    return Node(own, "jp:RotationPackage", "odrl:AssetCollection", lines=reading.lines)
