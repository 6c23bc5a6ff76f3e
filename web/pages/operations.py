"""The pages of ``ontology/operations``: a form, tables asked or computed, CSV and JSON, printable."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

from flask import Response, jsonify, render_template, request

from graph.errors import NotFound, QueryError
from ontology.operations import PLACE, Operation, Table, operations, page_title
from ontology.queries import REQUIRED, saved_queries
from web.pages.addresses import entity_of
from web.pages.asking import asked
from web.pages.blueprint import pages
from web.pages.choosing import choices, chosen
from web.pages.entities_of_rows import FORMS, as_rdf
from web.pages.paging import Leaf, first, leaf
from web.pages.remembered import remembered
from web.pages.sheet_files import table_file
from web.pages.visit import Visit, is_iri, visit

Rows = Sequence[Mapping[str, Any]]
DATA_FORMS = ("csv", "json", *FORMS)
MOST_ACROSS = 40
"""Rows and columns shown of a grid; 126 libraries make a page of 1.4 MB otherwise."""


@dataclass(frozen=True, slots=True)
class Way:
    """A value that leads somewhere on our pages."""

    text: str
    path: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Found:
    """What a module computes for a page: rows by table, the queries behind them, what its picture needs."""

    rows: Mapping[str, Rows] = field(default_factory=dict)
    queries: tuple[str, ...] = ()
    picture: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """A table with its rows, ready for the template.

    ``leaf`` is the page of it that is shown, ``data`` the address of its CSV, ``behind`` the page with its SPARQL;
    ``message`` says why there are no rows.
    """

    table: Table
    rows: Rows
    data: str = ""
    behind: str = ""
    message: str = ""
    turned: Leaf | None = None

    @property
    def leaf(self) -> Leaf:
        """The page of its rows that is shown, the first unless it was turned."""
        return self.turned or first(len(self.rows), self.table.key)

    @cached_property
    def part(self) -> Rows:
        """The rows of the page asked for."""
        return self.leaf.of(self.rows)

    @property
    def columns(self) -> list[str]:
        """The columns to show."""
        return [name for name in self.table.columns if name not in self.table.hidden]

    @property
    def grid(self) -> tuple[list[Any], dict[Any, dict[Any, Mapping[str, Any]]]]:
        """For a matrix: the names of its columns, and its rows by name."""
        matrix = self.table.matrix
        assert matrix is not None
        across = list(dict.fromkeys(row[matrix.column] for row in self.rows))[:MOST_ACROSS]
        down: dict[Any, dict[Any, Mapping[str, Any]]] = {}
        for row in self.rows:
            if row[matrix.row] in down or len(down) < MOST_ACROSS:
                down.setdefault(row[matrix.row], {})[row[matrix.column]] = row
        return across, down

    @property
    def cut(self) -> int:
        """How many rows and columns a grid is cut to, 0 when all are shown."""
        matrix = self.table.matrix
        sides = (matrix.row, matrix.column) if matrix else ()
        return MOST_ACROSS if any(len({row[name] for row in self.rows}) > MOST_ACROSS for name in sides) else 0

    def most(self, column: str) -> Any:
        """The largest figure of a column, for its bars."""
        return max((row[column] for row in self.rows if row[column]), default=0)


Compute = Callable[[Visit, Mapping[str, str]], Found]
COMPUTED: dict[str, Compute] = {}


def computes(page: str) -> Callable[[Compute], Compute]:
    """Declare who computes the tables of a page that are no saved queries."""

    def declare(compute: Compute) -> Compute:
        COMPUTED[page] = compute
        return compute

    return declare


@remembered
def operation_page(operation: Operation, name: str = "") -> Response | str:
    """The page of an operation; ``?format=csv&table=``, ``json``, ``ttl``, ``jsonld`` give its tables."""
    here = visit()
    values = chosen(here, operation)
    iri = ""
    if operation.of:
        iri = _subject(here, operation, name)
        values |= dict.fromkeys(operation.fills, iri) | {"name": iri}
    tables, found = _tables(here, operation, values)
    form = request.args.get("format", "")
    if form in DATA_FORMS:
        return _data(here, tables, form)
    tables = [_turned(one) for one in tables]
    here.know(value for one in tables for value in _iris(one.rows[:] if one.table.matrix else one.part))
    return render_template(
        "operation.html",
        operation=operation,
        tables=tables,
        iri=iri,
        values=values,
        alone=request.args.get("table", ""),
        is_iri=_is_iri,
        fields=[(one, choices(here, one.choice)) for one in operation.fields],
        see=list(_see(here, operation, name)),
        downloads=list(_downloads(here, operation, name, values)),
        picture=found.picture,
    )


def _subject(here: Visit, operation: Operation, name: str) -> str:
    iri = entity_of(here.store, here.site.base_iri, operation.of, name)
    if iri is None:
        raise NotFound(f"Nothing is known as {name}.", "Search for it by name or identifier.")
    return iri


def _tables(here: Visit, operation: Operation, values: Mapping[str, str]) -> tuple[list[Shown], Found]:
    compute = COMPUTED.get(operation.page)
    found = compute(here, values) if compute else Found()
    shown = []
    wanted = request.args.get("table", "")
    for table in operation.tables:
        if wanted not in ("", table.key):
            continue
        if table.query:
            shown.append(_asked(here, table, values))
        elif table.key in found.rows:
            shown.append(Shown(table, found.rows[table.key], data=here.here(format="csv", table=table.key)))
    return shown, found


def _turned(one: Shown) -> Shown:
    """A table turned to the page that the address asks for; of several tables on a page always the first."""
    if one.table.key != request.args.get("table"):
        return one
    return replace(one, turned=leaf(len(one.rows), one.table.key))


def _asked(here: Visit, table: Table, values: Mapping[str, str]) -> Shown:
    saved = saved_queries()[table.query]
    wanted = {one.name for one in saved.parameters}
    given = {name: value for name, value in {**values, **table.given}.items() if name in wanted and value}
    if "lang" in wanted:
        given["lang"] = here.language
    try:
        rows = asked(here, table.query, **given).rows
    except QueryError as error:
        if not any(one.default == REQUIRED and not given.get(one.name) for one in saved.parameters):
            raise
        return Shown(table, [], message=str(error))
    told = {name: here.local(value) for name, value in given.items() if name != "lang"}
    path = f"/q/{table.query}"
    return Shown(table, rows, here.href(path, format="csv", **told), here.href(path, **told) + "#sparql")


def _iris(rows: Rows) -> Iterable[str]:
    return (value for row in rows for value in row.values() if _is_iri(value))


def _is_iri(value: Any) -> bool:
    return isinstance(value, str) and is_iri(value)


def _placed(path: str, name: str) -> str:
    return PLACE.sub(lambda _: name, path)


def _see(here: Visit, operation: Operation, name: str) -> Iterable[tuple[str, str]]:
    for page in operation.see:
        known = operations().get(page) or operations().get(page.partition("?")[0])
        title = known.title if known else page_title(page)
        yield here.href(_placed(page, name)), title[here.language]


def _downloads(
    here: Visit, operation: Operation, name: str, values: Mapping[str, str]
) -> Iterable[tuple[str, str]]:
    given = {one.name: values.get(one.name) for one in operation.fields}
    for one in operation.downloads:
        yield here.href(_placed(one.path, name), **given), one.title[here.language]


def _data(here: Visit, tables: Sequence[Shown], form: str) -> Response:
    wanted = request.args.get("table", "")
    tables = [one for one in tables if wanted in ("", one.table.key)]
    if not tables:
        raise NotFound(f"This page has no table {wanted!r}.", "Leave ?table= out to get its first.")
    if form in FORMS:
        return as_rdf(here, chain.from_iterable(one.rows for one in tables), form)
    if form == "json":
        return jsonify(
            {one.table.key: [{k: _plain(v) for k, v in row.items()} for row in one.rows] for one in tables}
        )
    return as_csv(list(tables[0].table.columns), tables[0].rows)


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Response:
    """Rows as a CSV file with these headings, sent while they are read."""
    cells = ([_plain(row.get(name)) for name in columns] for row in rows)
    return table_file(chain([columns], cells))


def _plain(value: Any) -> Any:
    if isinstance(value, Way):
        return visit().site.url(value.path)
    return value.isoformat() if isinstance(value, date) else value


def _place() -> None:
    for number, operation in enumerate(operations().values()):
        path = PLACE.sub("<path:name>", operation.page)
        pages.add_url_rule(path, f"operation-{number}", operation_page, defaults={"operation": operation})


_place()
