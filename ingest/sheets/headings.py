"""What the name and headings of a table say: which sheet it is, which columns it has, what is wrong with them."""

from collections.abc import Iterator, Sequence

from rapidfuzz import process

from ingest.problems import Problem, Severity
from ingest.sheets.tables import Table
from ontology.sheets import Column, Sheet, sheet_named, sheets

LISTS = {"daftar_kode", "petunjuk"}
"""Tabs of our own templates that hold no rows."""
AGREEMENT = 0.5
"""Share of a table's headings that a sheet must know for the table to be taken as that sheet."""


def recognised(table: Table) -> Sheet | None:
    """The sheet a table is: by its name, else by its headings."""
    if sheet := sheet_named(table.name):
        return sheet
    fits = [sheet for sheet in sheets().values() if all(_has(table, c.names) for c in sheet.required)]
    known = {sheet.id: sum(sheet.column(h) is not None for h in table.headings) for sheet in fits}
    best = max(fits, key=lambda sheet: known[sheet.id], default=None)
    return best if best and known[best.id] > AGREEMENT * len(table.headings) else None


def _has(table: Table, names: set[str]) -> bool:
    return any(heading.strip().casefold() in names for heading in table.headings)


def unrecognised(table: Table) -> Iterator[Problem]:
    """What is wrong with a table that is none of the sheets; nothing with the lists of our own templates."""
    if table.name.casefold() not in LISTS:
        near = process.extractOne(table.name, list(sheets()))
        remedy = f"Name it as one of the sheets, such as {near[0]!r}." if near else ""
        yield _problem("unknown-sheet", table, f"{table.name!r} is none of the sheets.", remedy)


def missing_columns(table: Table, sheet: Sheet) -> list[Problem]:
    """A problem for each required column that is not there; without it no row can be taken."""
    remedy = "Add the column; nothing of the sheet was taken."
    return [
        _problem("missing-column", table, f"Sheet {sheet.id} lacks the column {one.id!r} ({one.en}).", remedy)
        for one in sheet.required
        if not _has(table, one.names)
    ]


def odd_columns(table: Table, sheet: Sheet) -> Iterator[Problem]:
    """A warning for each heading nobody knows, and for each column that is there twice."""
    columns = [sheet.column(heading) for heading in table.headings]
    for heading, column in zip(table.headings, columns, strict=True):
        if heading and column is None:
            message = f"Column {heading!r} is unknown and was skipped."
            yield _problem("unknown-column", table, message, "", Severity.WARNING)
    for double in {one.id: one for one in columns if one and columns.count(one) > 1}.values():
        message = f"The column {double.id!r} ({double.en}) is there twice; its first filled cell counts."
        yield _problem("double-column", table, message, "Delete one of them.", Severity.WARNING)


def filled(columns: Sequence[Column | None], cells: Sequence[str]) -> dict[str, str]:
    """The filled cells of a row by the id of their column; of a column that is there twice the first."""
    found: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and cell:
            found.setdefault(column.id, cell)
    return found


def _problem(kind: str, table: Table, message: str, remedy: str, severity: Severity = Severity.LOST) -> Problem:
    return Problem(kind, message, remedy, severity, table.file, place=table.name)
