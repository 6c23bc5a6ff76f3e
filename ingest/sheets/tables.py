"""Tables: rows of CSV files (comma, semicolon, tab; UTF-8, UTF-16, Windows) and of XLSX and ODS workbooks."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from graph.errors import InputError
from ingest.problems import Problem, Severity
from ingest.sheets.cells import written

WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""The first bytes of XLSX and ODS, and of XLS."""
HEADING_WITHIN = 10
"""Rows among which the headings are looked for, below titles."""
BYTES = 64 * 2**20
"""Largest spreadsheet that is read."""


@dataclass(slots=True)
class Table:
    """A table as written. ``rows`` pairs each row's number in the spreadsheet (from 1) with its cells."""

    file: str
    name: str
    headings: list[str]
    rows: list[tuple[int, list[str]]]
    problems: list[Problem] = field(default_factory=list)


def tables(path: Path) -> list[Table]:
    """The tables of a file. Raises InputError when it cannot be read as a table."""
    if not path.is_file():
        raise InputError(f"{path} does not exist.", "Check the name.")
    if path.stat().st_size > BYTES:
        raise InputError(f"{path} is larger than {BYTES >> 20} MiB.", "Split it, or check that it is a sheet.")
    return _workbook(path) if is_workbook(path) else [_csv(path)]


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook by its beginning, whatever its name says; by its name when it is no text."""
    with path.open("rb") as file:
        head = file.read(4096)
    return head.startswith(PACKED) or (path.suffix.casefold() in WORKBOOKS and b"\0" in head)


def _workbook(path: Path) -> list[Table]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        raw = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(
            f"{path} cannot be read as a workbook: {error}.", "Save it again as .xlsx, .ods or .csv."
        ) from error
    found = [_table(str(path), name, [[written(cell) for cell in row] for row in rows]) for name, rows in raw]
    return [table for table in found if table.headings]


def _csv(path: Path) -> Table:
    content = path.read_bytes()
    problems: list[Problem] = []
    text = decoded(content)
    if text is None:
        text = content.decode("cp1252", "replace")
        message = "The file is not UTF-8; it was read as Windows-1252."
        problems.append(Problem("not-utf-8", message, "Save it as CSV UTF-8.", Severity.REPAIRED, str(path)))
    if "\0" in text:
        raise InputError(f"{path} is no text.", "Save the sheet as CSV, XLSX or ODS.")
    try:
        table = _table(str(path), path.stem, list(_records(text)))
    except csv.Error as error:
        raise InputError(f"{path} is no CSV: {error}.", "Save the sheet as CSV again.") from error
    if not table.headings:
        raise InputError(f"{path} is empty.", "The first line must hold the headings.")
    table.problems += problems
    return table


def decoded(content: bytes) -> str | None:
    """Text in UTF-8 or, with its mark, UTF-16; None when it is neither."""
    try:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _records(text: str) -> Iterator[list[str]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = delimiter_of(text)
    if text.startswith("sep="):  # written by spreadsheet programs for each other
        text = text.partition("\n")[2]
    for record in csv.reader(io.StringIO(text), delimiter=delimiter):
        yield [written(cell) for cell in record]


def delimiter_of(text: str) -> str:
    """Comma, semicolon or tab: the one most frequent in the heading line, outside quotation marks."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", heading)
    return max(",;\t", key=bare.count)


def _table(file: str, name: str, records: list[list[str]]) -> Table:
    filled = [(number, record) for number, record in enumerate(records, 1) if any(record)]
    if not filled:
        return Table(file, name, [], [])
    first = _heading(filled)
    headings = [cell.lstrip("\ufeff") for cell in filled[first][1]]
    return Table(file, name, headings, filled[first + 1 :])


def _heading(filled: list[tuple[int, list[str]]]) -> int:
    """The row of the headings: the first with more than one cell filled, since titles above them have one."""
    several = (at for at, (_, row) in enumerate(filled[:HEADING_WITHIN]) if sum(map(bool, row)) > 1)
    return next(several, 0)
