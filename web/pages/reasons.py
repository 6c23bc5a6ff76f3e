"""Why a fact is on a page: the sheet and row that say so, or the record, its field and the rule that reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import render_template, request

from graph.archive import Archive, ArchivedRecord
from graph.errors import InputError, JejaringError, NotFound
from graph.merging import predecessors
from graph.names import SPARQL_PREFIXES, source_graph
from graph.queries import native
from graph.statements import abbreviated
from ingest.convert.tracing import explain
from ingest.sheets.reading import read_sheets, recognise
from ingest.sheets.tables import tables
from ingest.source import Source
from ingest.sources import source_of
from ontology.rules import Rule
from web.pages.blueprint import pages
from web.pages.visit import Visit, is_iri, visit

MOST_RECORDS = 10
MOST_TRACED = 3
"""Records whose conversion is shown; tracing one takes some milliseconds."""
Place = tuple[str, int]
"""Sheet and row number of a spreadsheet."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The row of a sheet that states an entity: where it stands and what is written there."""

    document: str
    file: str
    sheet: str
    row: int
    cells: list[tuple[str, str]]


@dataclass(slots=True)
class Trace:
    """One record and, of its fields, those that made the fact: the field, the rule, the statements."""

    record: ArchivedRecord
    made: list[tuple[str, Rule | None, list[str]]] = field(default_factory=list)


@pages.app_template_filter("abbreviated")
def short(line: str) -> str:
    """A statement with prefixes in place of long IRIs."""
    return abbreviated(line, visit().site.base_iri)


@pages.get("/mengapa")
def why() -> str:
    """The statements of one property of an entity, each with the documents that make it, and the records behind."""
    here, iri, name = visit(), request.args.get("iri", ""), request.args.get("property", "")
    if not is_iri(iri) or not is_iri(name):
        raise NotFound("No fact was named.", "Give ?iri= and ?property=.")
    rows = here.store.select(f"""{SPARQL_PREFIXES}SELECT ?value ?graph WHERE {{ <{iri}> <{name}> ?value
      OPTIONAL {{ GRAPH ?graph {{ <{iri}> <{name}> ?value }} }} }} LIMIT 200""")
    if not rows:
        raise NotFound("Nothing says so in this release.", "The fact may be from an earlier release.")
    found: dict[str, list[str]] = {}
    for row in rows:
        documents = found.setdefault(str(native(row["value"])), [])
        if row["graph"] is not None:
            documents.append(row["graph"].value.removeprefix(source_graph(here.site.base_iri, "")))
    here.know([iri, *found])
    entity = iri.partition("#")[0]
    named = sorted({one for many in found.values() for one in many})
    return render_template(
        "why.html", iri=iri, name=name, found=found, entity=entity,
        rows=[place for one in named if (place := sheet_row(here, one, entity))],
        traces=traces(here, entity, iri, name),
    )  # fmt: skip


def records(here: Visit, iri: str) -> list[ArchivedRecord]:
    """The archived catalogue records that an entity was made from, at most ten."""
    with _archive(here) as archive:
        if archive is None:
            return []
        try:
            return archive.stating(iri, MOST_RECORDS) or [archive.record(iri)]
        except NotFound:
            return []


def origin(here: Visit, record: ArchivedRecord) -> Source:
    """What the converter was told about the source of an archived record."""
    with _archive(here) as archive:
        entry = archive.source(record.source) if archive else None
    return source_of(entry, {}, {}) if entry else Source(record.source)


def traces(here: Visit, entity: str, iri: str, name: str) -> list[Trace]:
    """For the first records behind an entity, or behind one merged into it: which field and rule made the fact."""
    shown = [(entity, record) for record in records(here, entity)[:MOST_TRACED]]
    for merged in predecessors(here.store.store, entity)[:MOST_TRACED]:
        shown += [(merged, record) for record in records(here, merged)[:1]]
    return [_trace(here, record, one + iri[len(entity) :], name) for one, record in shown]


def _trace(here: Visit, record: ArchivedRecord, iri: str, name: str) -> Trace:
    trace = Trace(record)
    _, steps = explain(here.site.base_iri, origin(here, record), record.marc())
    head = f"<{iri}> <{name}> "
    parts = {f"<{iri}#{line.partition(f'<{iri}#')[2].partition('>')[0]}> "
             for step in steps for _, lines in step.made for line in lines
             if line.startswith(head) and f" <{iri}#" in line}  # fmt: skip
    for step in steps:
        for rule, lines in step.made:
            if any(line.startswith(head) for line in lines):
                shown = [line for line in lines if line.startswith((head, *parts))]
                trace.made.append((step.text, rule, list(dict.fromkeys(shown))))
    return trace


def sheet_row(here: Visit, document: str, iri: str) -> SheetRow | None:
    """The row of a loaded sheet that an entity comes from; None for other documents."""
    known = here.shelf.result(("rows", document), lambda: _rows(here, document))
    return known.get(iri)


def _rows(here: Visit, document: str) -> dict[str, SheetRow]:
    """Every entity of a sheet with its row; the sheet is read again from the archive, as it came."""
    with _archive(here) as archive, TemporaryDirectory() as folder:
        try:
            file, content = archive.document(document) if archive else ("", b"")
        except NotFound:
            return {}
        path = Path(folder) / (Path(file).name or "none")
        path.write_bytes(content)
        try:
            return _read_rows(here, document, path) if recognise(path) else {}
        except (JejaringError, OSError, ValueError):
            return {}


def _read_rows(here: Visit, document: str, path: Path) -> dict[str, SheetRow]:
    reading = read_sheets([path], here.site.base_iri, here.store)
    cells: dict[Place, list[tuple[str, str]]] = {}
    try:
        for table in tables(path):
            for number, row in table.rows:
                written = [(head, cell) for head, cell in zip(table.headings, row, strict=False) if cell]
                cells[table.name, number] = written
    except InputError:
        cells = {}
    numbers: dict[int, Any] = {number: row for (_, number), row in cells.items()}
    return {
        iri: SheetRow(document, path.name, sheet, number, cells.get((sheet, number)) or numbers.get(number, []))
        for iri, (_, sheet, number) in reading.places.items()
    }


@contextmanager
def _archive(here: Visit) -> Iterator[Archive | None]:
    """The archive, None where nothing was loaded through it."""
    if not (here.site.settings.data / "archive.sqlite").exists():
        yield None
        return
    archive = Archive.open(here.site.settings.data)
    try:
        yield archive
    finally:
        archive.close()
