"""Rows: what one row of a sheet states, and what it refers to; or why it is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from graph.names import digest, entity
from ingest.problems import Problem, Severity
from ingest.sheets import cells
from ingest.sheets.cells import CellError
from ingest.sheets.titles import Titles
from ingest.sheets.triples import Node, iri, text, typed
from ontology.sheets import Column, Sheet
from ontology.vocabulary import UnknownCode, vocabulary

FAILED = {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!"}
FEW = 24
"""Codes that a message still names one by one."""
LONGEST = 100_000
"""Characters of the longest cell that is believed: the articles of an agreement are shorter."""


@dataclass(slots=True)
class Row:
    """A row on its way: its place, its cells by column, and what came of it; ``refers`` to entities of sheets,
    ``cites`` works and publications of catalogues, by id."""

    sheet: Sheet
    file: str
    number: int
    cells: dict[str, str]
    id: str = ""
    lines: list[str] = field(default_factory=list)
    refers: list[tuple[Column, str]] = field(default_factory=list)
    cites: list[tuple[Column, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether something in the row could not be understood, so that nothing of it is taken."""
        return any(problem.severity is Severity.LOST for problem in self.problems)

    def refuse(self, kind: str, column: str, message: str, remedy: str, severity: Severity = Severity.LOST) -> None:
        """Note a problem with one of the cells."""
        place = f"{self.sheet.id}.{column}"
        self.problems.append(Problem(kind, message, remedy, severity, self.file, self.number, None, place))


def read_row(row: Row, base: str, titles: Titles) -> None:
    """Fill in the id, statements, references and problems of a row of an ordinary sheet."""
    required(row)
    own = row.sheet.columns[0]
    row.id = row.cells.get(own.id, "") or f"{row.sheet.id}-{digest(*sorted(map(':'.join, row.cells.items())))}"
    try:
        cells.identifier(row.id)
    except CellError as error:
        row.refuse("bad-id", own.id, error.message, error.remedy)
        return
    node = Node(entity(base, row.id), *row.sheet.types, lines=row.lines)
    for predicate, value in row.sheet.always.items():
        node.say(predicate, f"<{node.subject}>" if value == "this" else iri(value))
    for column in row.sheet.columns[1:]:
        if cell := row.cells.get(column.id, ""):
            _state(row, node, column, cell, base, titles)


def required(row: Row) -> None:
    """Note the cells that must not be empty but are, and those that hold no value."""
    for column in row.sheet.required:
        if not row.cells.get(column.id):
            message = f"{column.id} ({column.en}) is empty."
            row.refuse("empty-cell", column.id, message, "Fill it in.")
    _credible(row)


def _credible(row: Row) -> None:
    """Note cells in which a spreadsheet program could not compute its formula, or which hold a whole text."""
    for name, cell in row.cells.items():
        if cell in FAILED:
            message = f"{cell} stands where a spreadsheet program could not compute its formula."
            row.refuse("failed-formula", name, message, "Write the value itself.")
        elif len(cell) > LONGEST:
            message = f"The cell has {len(cell):,} characters; {LONGEST:,} are taken at most."
            row.refuse("long-cell", name, message, "Shorten it, or name the document by its address.")


def _state(row: Row, node: Node, column: Column, cell: str, base: str, titles: Titles) -> None:
    for value in cells.parts(cell) if column.several else [cell]:
        if column.kind == "sort":
            for name in sort(row, column, value):
                node.lines.append(f"<{node.subject}> {iri('rdf:type')} {iri(name)} .")
        elif column.kind == "counts":
            _count(row, node, column, value, base)
        elif term := understood(row, column, value, base, titles):
            _say(node, column, term)


def _say(node: Node, column: Column, term: str) -> None:
    target = node
    if column.below:
        target = node.part(column.below.name, column.below.predicate, column.below.type)
        for predicate, value in column.below.always.items():
            target.say(predicate, iri(value))
    for predicate in column.predicates:
        target.say(predicate, term)
    if column.library:
        above, inside, otherwise = column.library
        kind = inside if above in vocabulary().broader(term[1:-1]) else otherwise
        node.lines.append(f"<{node.subject}> {iri('rdf:type')} {iri(kind)} .")


def _count(row: Row, node: Node, column: Column, value: str, base: str) -> None:
    """``kota:2``: how many people of one library."""
    name, _, count = (part.strip() for part in value.partition(":"))
    try:
        people, library = cells.whole(count or "1"), cells.identifier(name)
    except CellError as error:
        row.refuse("bad-count", column.id, error.message, "Write library:number, such as kota:2; tirta:1.")
        return
    assert column.below is not None
    below = node.part(f"{column.below.name}-{quote(library, safe='')}", column.below.predicate, column.below.type)
    below.say(column.predicates[0], f"<{entity(base, library)}>")
    below.say(column.count, typed(people, "integer"))
    row.refers.append((column, library))


def sort(row: Row, column: Column, value: str) -> tuple[str, ...]:
    """The types a choice means; none, and a problem, when the word is no choice."""
    for name, types in column.choices.items():
        if value.casefold() in {name, column.choices_en[name]}:
            return types
    choices = ", ".join(column.choices)
    row.refuse("unknown-code", column.id, f"{value!r} is none of the choices.", f"Write one of: {choices}.")
    return ()


def understood(row: Row, column: Column, value: str, base: str, titles: Titles | None = None) -> str:
    """A cell's value as a term; empty, and a problem, when it cannot be understood."""
    try:
        if column.kind == "entity":
            row.refers.append((column, cells.identifier(value)))
            return f"<{entity(base, value)}>"
        if column.kind == "title" and titles is not None:
            return titles.term(row, column, value)
        if column.kind == "code":
            return f"<{vocabulary().find(value, column.codes)}>"
        return TERMS[column.kind](value)
    except UnknownCode as error:
        _unknown(row, column, error)
    except CellError as error:
        row.refuse(f"bad-{column.kind}", column.id, error.message, error.remedy)
    return ""


def _unknown(row: Row, column: Column, error: UnknownCode) -> None:
    """Note a word nobody knows, and what may be written instead: the nearest label, else all where they are few."""
    remedy = "The template lists the labels."
    labels = [vocabulary().label(one) for one in vocabulary().codes(column.codes)]
    if error.nearest:
        remedy = f"Did you mean {error.nearest!r}?"
    elif len(labels) <= FEW:
        remedy = f"Write one of: {', '.join(labels)}."
    row.refuse("unknown-code", column.id, f"{error.value!r} is not known here.", remedy)


TERMS: dict[str, Callable[[str], str]] = {
    "date": lambda value: typed(cells.day(value).isoformat(), "date"),
    "integer": lambda value: typed(cells.whole(value), "integer"),
    "amount": lambda value: typed(cells.plain(cells.number(value)), "decimal"),
    "coordinate": lambda value: typed(cells.plain(cells.coordinate(value)), "decimal"),
    "boolean": lambda value: typed("true" if cells.truth(value) else "false", "boolean"),
    "text": lambda value: text(value, "id"),
    "plain": text,
    "barcode": text,
    "link": lambda value: iri(cells.link(value)),
    "id": text,
}
