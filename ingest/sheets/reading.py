"""Reading sheets: all that are handed over are read together, because their rows refer to one another."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import process

from graph.errors import InputError
from graph.names import entity
from graph.store import Store
from ingest.problems import Problem, Severity
from ingest.record import Statements
from ingest.sheets.agreements import agreement_tables, is_agreement
from ingest.sheets.headings import filled, missing_columns, odd_columns, recognised, unrecognised
from ingest.sheets.keeping import Keeper, Kept, Remember
from ingest.sheets.rows import Row, read_row
from ingest.sheets.tables import WORKBOOKS, Table, tables
from ingest.sheets.terms import read_term
from ingest.sheets.titles import Titles
from ingest.unknown_titles import Citation
from ontology.sheets import sheet_named


@dataclass(slots=True)
class SheetReading:
    """What sheets say. ``documents`` by file (``file#tab`` in workbooks); ``places`` tells for each IRI the file,
    sheet and row it comes from; ``packages`` the rotation package of each barcode; ``cited`` the ids of works and
    publications, which only catalogues can tell to be right; ``kept`` by file the earlier rows that stand for such
    as cannot be understood; ``untaken`` the sheets (document, file, id) of which no row could be taken."""

    documents: dict[str, Statements] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    packages: dict[str, str] = field(default_factory=dict)
    cited: list[Citation] = field(default_factory=list)
    kept: dict[str, list[Kept]] = field(default_factory=dict)
    untaken: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The statements of all documents."""
        return [line for document in self.documents.values() for line in document.lines]

    def of(self, path: Path) -> tuple[list[str], list[Problem]]:
        """The statements and problems of one file, all its tabs together."""
        own = [d for name, d in self.documents.items() if name == str(path) or name.startswith(f"{path}#")]
        lines = list(dict.fromkeys(line for document in own for line in document.lines))
        return lines, [problem for document in own for problem in document.problems]


def recognise(path: Path) -> bool:
    """Whether a file is a sheet, a workbook of sheets or an agreement in YAML."""
    if is_agreement(path):
        return True
    if path.suffix.casefold() not in {".csv", ".tsv", ".txt", *WORKBOOKS}:
        return False
    try:
        return any(recognised(table) for table in tables(path))
    except InputError:
        return sheet_named(path.stem) is not None


Placed = tuple[str, Row]
"""A row with the document it belongs to."""


def read_sheets(
    paths: Sequence[Path],
    base_iri: str,
    known: Store | None = None,
    declared: Collection[str] = (),
    remember: Remember = lambda file: None,
) -> SheetReading:
    """Read sheets. ``known`` is what is stored already, ``declared`` further ids that exist. Rows that cannot be
    understood are refused with sheet, row, column and remedy; the others are taken. What ``remember`` knows of a
    refused row from the last time stays, unless nothing of the file can be taken. Never raises for bad input."""
    reading = SheetReading()
    rows = [row for path in paths for row in _rows_of(path, reading)]
    titles = Titles(base_iri, known)

    def read(row: Row) -> None:
        if row.sheet.form == "terms":
            read_term(row, base_iri)
        else:
            read_row(row, base_iri, titles)

    for _, row in rows:
        read(row)
    keeper = Keeper(base_iri, remember, _again, read)
    _unique([row for _, row in rows])
    usable = {row.file for _, row in rows if not row.refused}
    rows += _earlier(rows, [pair for pair in rows if pair[1].refused and pair[1].file in usable], keeper)
    untaken = [one for one in reading.untaken if one[1] in usable]
    rows += [(document, row) for document, file, sheet in untaken for row in keeper.whole(file, sheet)]
    _resolve(rows, base_iri, known, set(declared), keeper)
    for document, row in rows:
        _take(row, reading, document, base_iri)
    for statements in reading.documents.values():
        statements.lines = list(dict.fromkeys(statements.lines))
    return reading


def _again(path: Path) -> list[Row]:
    """The rows of a file that was read before, without its problems, which were told then."""
    return [row for _, row in _rows_of(path, SheetReading())]


def _earlier(rows: list[Placed], refused: list[Placed], keeper: Keeper) -> list[Placed]:
    """What stands for refused rows: their earlier versions, unless another row has the id."""
    taken = {row.id for _, row in rows if not row.refused}
    found = [(document, keeper.instead_of(row, taken)) for document, row in refused]
    return [(document, row) for document, row in found if row]


def _take(row: Row, reading: SheetReading, document: str, base: str) -> None:
    statements = reading.documents.setdefault(document, Statements([]))
    statements.problems += row.problems
    reading.problems += row.problems
    if not row.refused:
        statements.lines += row.lines
        for column, name in row.cites:
            reading.cited.append(Citation(row.file, row.number, f"{row.sheet.id}.{column.id}", name))
        reading.places[entity(base, row.id)] = (row.file, row.sheet.id, row.number)
        if any(problem.kind == "row-kept" for problem in row.problems):
            reading.kept.setdefault(row.file, []).append([row.sheet.id, row.number, row.cells])
        for barcode in (row.cells.get("barkode") or "").split(";"):
            if barcode.strip():
                reading.packages[barcode.strip()] = row.id


def _rows_of(path: Path, reading: SheetReading) -> Iterator[tuple[str, Row]]:
    try:
        found = agreement_tables(path) if is_agreement(path) else tables(path)
    except InputError as error:
        problem = Problem("unusable-file", error.message, error.remedy, Severity.LOST, str(path))
        reading.problems.append(problem)
        return
    for table in found:
        document = str(path) if len(found) == 1 or is_agreement(path) else f"{path}#{table.name}"
        yield from ((document, row) for row in _rows(table, document, reading))


def _rows(table: Table, document: str, reading: SheetReading) -> Iterator[Row]:
    sheet = recognised(table)
    if sheet is None:
        reading.problems += [*table.problems, *unrecognised(table)]
        return
    missing = missing_columns(table, sheet)
    problems = [*table.problems, *(missing or odd_columns(table, sheet))]
    reading.problems += problems
    if missing:
        reading.untaken.append((document, table.file, sheet.id))
        return
    reading.documents.setdefault(document, Statements([])).problems += problems
    columns = [sheet.column(heading) for heading in table.headings]
    for number, cells in table.rows:
        yield Row(sheet, table.file, number, filled(columns, cells))


def _same_elsewhere(row: Row, other: Row) -> bool:
    """Whether two files say the same, as an agreement that is written as YAML and entered in a sheet."""
    return row.file != other.file and set(row.lines) == set(other.lines)


def _unique(rows: list[Row]) -> None:
    """Refuse a row whose id another row has already."""
    first: dict[str, Row] = {}
    for row in rows:
        if row.refused:
            continue
        if (other := first.get(row.id)) and not _same_elsewhere(row, other):
            place = f"{other.sheet.id} row {other.number} of {Path(other.file).name}"
            message = f"The id {row.id!r} is taken already, by {place}."
            row.refuse(
                "double-id", row.sheet.columns[0].id, message, "Ids are unique over all sheets; choose another."
            )
        else:
            first[row.id] = row


def _resolve(rows: list[Placed], base: str, known: Store | None, declared: set[str], keeper: Keeper) -> None:
    """Refuse rows that refer to nothing, and then those that refer to refused rows, until none is left; their
    earlier versions join the rows."""
    open_world = known is None and not declared and not any(row.sheet.id == "perpustakaan" for _, row in rows)
    while not open_world:
        ids = {row.id for _, row in rows if not row.refused} | declared
        ids |= _stored({name for _, row in rows for _, name in row.refers} - ids, base, known)
        dangling = [
            pair for pair in rows if not pair[1].refused and any(name not in ids for _, name in pair[1].refers)
        ]
        if not dangling:
            return
        refused = {row.id: row for _, row in rows if row.refused and row.id}
        for _, row in dangling:
            _dangles(row, ids, refused)
        rows += _earlier(rows, dangling, keeper)


def _dangles(row: Row, ids: set[str], refused: Mapping[str, Row]) -> None:
    for column, name in row.refers:
        if other := refused.get(name):
            message = f"It needs {name!r}, which was refused itself: {other.sheet.id} row {other.number}."
            row.refuse("unknown-id", column.id, message, "Correct that row, and this one is taken.")
        elif name not in ids:
            near = process.extractOne(name, sorted(ids), score_cutoff=60)
            remedy = f"Did you mean {near[0]!r}?" if near else "Add it to its sheet, or correct this row."
            row.refuse("unknown-id", column.id, f"Nothing has the id {name!r}.", remedy)


def _stored(names: set[str], base: str, known: Store | None) -> set[str]:
    if known is None:
        return set()
    return {name for name in names if known.ask(f"ASK {{ <{entity(base, name)}> ?p ?o }}")}
