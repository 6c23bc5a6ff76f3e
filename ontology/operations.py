"""The operations of a network: pages made of saved queries and computed tables, in ``ontology/operations/*.yaml``.

Each file maps an address to what its page is called, which entity its address names, what may be chosen on it,
and which tables it shows. A table is a saved query, or rows a page module computes (``columns`` are given then).
Texts are in both languages; a file that does not fit is refused with its name when it is first read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ontology.queries import HeaderError, saved_queries

FOLDER = Path(__file__).parent / "operations"
CHOICES = frozenset(
    {
        "library",
        "network",
        "partnership",
        "agreement",
        "package",
        "subject",
        "action",
        "kind",
        "date",
        "month",
        "year",
        "text",
        "number",
    }
)
PLACE = re.compile(r"\{(\w)\}")
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """Something the reader chooses: ``choice`` says from what; ``default`` is filled in when nothing is chosen."""

    name: str
    choice: str
    label: Names
    default: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """How rows become a grid: which column names its rows, which its columns, which fill its cells."""

    row: str
    column: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: of a saved query with ``given`` values, or computed with its own ``columns`` (query is empty)."""

    key: str
    title: Names
    lead: Names
    query: str
    given: Mapping[str, str]
    columns: Mapping[str, Names]
    hidden: tuple[str, ...]
    bars: tuple[str, ...]
    matrix: Matrix | None
    empty: Names


@dataclass(frozen=True, slots=True)
class Download:
    """A file the page offers besides its tables."""

    path: str
    title: Names


@dataclass(frozen=True, slots=True)
class Operation:
    """One page; ``of`` is the kind of entity its address names, ``fills`` the parameters that entity fills."""

    page: str
    of: str
    fills: tuple[str, ...]
    title: Names
    lead: Names
    picture: str
    fields: tuple[Field, ...]
    tables: tuple[Table, ...]
    downloads: tuple[Download, ...]
    see: tuple[str, ...]

    @property
    def queries(self) -> tuple[str, ...]:
        """The saved queries among its tables."""
        return tuple(table.query for table in self.tables if table.query)


@cache
def operations() -> Mapping[str, Operation]:
    """All operations by address. Raises HeaderError when a file does not fit."""
    found = {
        one.page: one for file in sorted(FOLDER.glob("*.yaml")) for one in read(file.name, file.read_text("utf-8"))
    }
    for one in found.values():
        for page in one.see:
            if page not in found and page.partition("?")[0] not in found and not page_title(page):
                raise HeaderError(f"{one.page}: nothing is known at {page}, which it says to see.")
    return found


def read(name: str, text: str) -> Iterator[Operation]:
    """The operations in a file's text. Raises HeaderError."""
    try:
        content = yaml.safe_load(text)
        for page, given in content.items():
            yield _operation(str(page), given)
    except (KeyError, TypeError, AttributeError, ValueError, yaml.YAMLError) as error:
        raise HeaderError(f"{name}: {error}") from error


def page_title(page: str) -> Names:
    """What the page at an address is called, when it is that of a saved query; else nothing."""
    path = page.partition("?")[0]
    return next((one.title for one in saved_queries().values() if one.page.partition("?")[0] == path), {})


def _operation(page: str, given: Mapping[str, Any]) -> Operation:
    tables = tuple(_table(page, key, one) for key, one in (given.get("tables") or {}).items())
    fills = given.get("fills", ())
    of = str(given.get("of", ""))
    if bool(PLACE.search(page)) != bool(of):
        raise HeaderError(f"{page}: `of` says which kind of entity the address names; both or neither.")
    return Operation(
        page=page,
        of=of,
        fills=(fills,) if isinstance(fills, str) else tuple(fills),
        title=_both(page, given, "title"),
        lead=_both(page, given, "lead"),
        picture=str(given.get("picture", "")),
        fields=tuple(_field(page, key, one, tables) for key, one in (given.get("fields") or {}).items()),
        tables=tables,
        downloads=tuple(Download(path, _texts(path, one)) for path, one in (given.get("downloads") or {}).items()),
        see=tuple(given.get("see") or ()),
    )


def _field(page: str, name: str, given: Any, tables: tuple[Table, ...]) -> Field:
    given = {"choice": given} if isinstance(given, str) else given
    known = {p.name: p.label for table in tables if table.query for p in saved_queries()[table.query].parameters}
    label = _texts(page, given) if "en" in given else known[name]
    if given["choice"] not in CHOICES:
        raise HeaderError(f"{page}: {name} is chosen from {given['choice']!r}; known: {sorted(CHOICES)}.")
    return Field(name, given["choice"], label, str(given.get("default", "")))


def _table(page: str, key: str, given: Mapping[str, Any]) -> Table:
    query = str(given.get("query", ""))
    saved = saved_queries()[query] if query else None
    columns = saved.columns if saved else {k: _texts(page, v) for k, v in given["columns"].items()}
    matrix = (
        Matrix(given["matrix"]["row"], given["matrix"]["column"], tuple(given["matrix"]["cells"]))
        if "matrix" in given
        else None
    )
    named = {
        *given.get("hidden", ()),
        *given.get("bars", ()),
        *((matrix.row, matrix.column, *matrix.cells) if matrix else ()),
    }
    if unknown := named - set(columns):
        raise HeaderError(f"{page}: table {key} has no column {', '.join(sorted(unknown))}.")
    return Table(
        key=key,
        title=_both(page, given, "title") if "title" in given or saved is None else saved.title,
        lead=_both(page, given, "lead") if "lead" in given else {"en": "", "id": ""},
        query=query,
        given=given.get("given") or {},
        columns=columns,
        hidden=tuple(given.get("hidden", ())),
        bars=tuple(given.get("bars", ())),
        matrix=matrix,
        empty=_both(page, given, "empty") if "empty" in given else {"en": "Nothing.", "id": "Tidak ada."},
    )


def _both(page: str, given: Mapping[str, Any], key: str) -> Names:
    if key not in given:
        raise HeaderError(f"{page}: {key} is missing.")
    return _texts(f"{page}: {key}", given[key])


def _texts(place: str, given: Mapping[str, Any]) -> Names:
    if not all(isinstance(given.get(language), str) for language in ("en", "id")):
        raise HeaderError(f"{place}: a text is needed in both languages: {{en: …, id: …}}.")
    return {"en": given["en"], "id": given["id"]}
