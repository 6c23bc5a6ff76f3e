"""How tables of authority data are read: ``ontology/matching/tables/*.yaml`` or a file of one's own, checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ontology.errors import DeclarationError

FOLDER = Path(__file__).parent / "matching" / "tables"
DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";"}
ONE = ("label", "dates", "place", "description")
MANY = ("variants", "identifiers", "broader", "titles", "names", "languages", "roles")
KEYS = {"delimiter", "columns", "iri", "kind", "language", "preferred", "withdrawn", "coordinates", *ONE, *MANY}


@dataclass(frozen=True, slots=True)
class Values:
    """Where the values of one part of an entry stand: a column, what divides them (``split``), from where on each
    is cut off (``cut``), after which sign its language stands (``language``), and how single values are translated
    (``values``)."""

    column: str
    split: str = ""
    cut: str = ""
    values: Mapping[str, str] | None = None
    language: str = ""

    def of(self, row: Mapping[str, str]) -> list[str]:
        """The values of a row, none where the table lacks the column."""
        return [value for value, _ in self.told(row)]

    def told(self, row: Mapping[str, str]) -> list[tuple[str, str]]:
        """The values of a row, each with the code of its language or ""."""
        text = row.get(self.column) or ""
        found = []
        for one in text.split(self.split) if self.split else [text]:
            value, _, code = (
                one.rpartition(self.language) if self.language and self.language in one else (one, "", "")
            )
            value = value.partition(self.cut)[0].strip() if self.cut else value.strip()
            found.append((self.values.get(value, value) if self.values is not None else value, code.strip()))
        return [pair for pair in found if pair[0]]


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A table's columns (``()``: from its header), the IRI of a row with columns in braces, and its parts.

    ``preferred`` is the column and value that mark the row with the preferred label where an entry has several;
    ``withdrawn`` those that mark an entry its publisher took back, which nothing is to be linked to;
    ``language`` the language of the names of a row: a code, or a column that has it.
    """

    delimiter: str
    columns: tuple[str, ...]
    iri: str
    kind: Values | str
    one: Mapping[str, str]
    many: Mapping[str, tuple[Values, ...]]
    coordinates: tuple[str, ...]
    preferred: tuple[str, str] | None
    language: Values | str = ""
    withdrawn: tuple[str, str] | None = None


def names() -> list[str]:
    """The mappings that come with the project."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def table_mapping(name: str) -> TableMapping:
    """The mapping of a name, or in a file. Raises DeclarationError naming the file and what is wrong."""
    file = FOLDER / f"{name}.yaml" if name in names() else Path(name)
    if not file.is_file():
        raise DeclarationError(f"there is no mapping {name}; known are {', '.join(names())}, or give a file")
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or not {"iri", "label"} <= set(raw) or set(raw) - KEYS:
        unknown = ", ".join(sorted(set(raw) - KEYS)) if isinstance(raw, dict) else ""
        raise DeclarationError(f"{file.name}: needs iri and label; unknown: {unknown or 'none'}")
    return _read(raw, file)


def _read(raw: dict[str, Any], file: Path) -> TableMapping:
    delimiter = str(raw.get("delimiter", "comma"))
    if delimiter not in DELIMITERS:
        raise DeclarationError(f"{file.name}: delimiter is one of {', '.join(DELIMITERS)}")
    kind = raw.get("kind", "")
    return TableMapping(
        DELIMITERS[delimiter],
        tuple(map(str, raw.get("columns", ()))),
        str(raw["iri"]),
        _values(kind) if isinstance(kind, dict) else str(kind),
        {name: str(raw[name]) for name in ONE if name in raw},
        {name: tuple(_values(one) for one in raw[name]) for name in MANY if name in raw},
        tuple(map(str, raw.get("coordinates", ()))),
        _mark(raw, "preferred"),
        _values(language) if isinstance(language := raw.get("language", ""), dict) else str(language),
        _mark(raw, "withdrawn"),
    )


def _mark(raw: dict[str, Any], name: str) -> tuple[str, str] | None:
    """The column and the value in it that mark a row."""
    return (str(raw[name]["column"]), str(raw[name]["value"])) if name in raw else None


def _values(raw: str | dict[str, Any]) -> Values:
    if isinstance(raw, str):
        return Values(raw)
    values = {str(key): str(value) for key, value in raw["values"].items()} if "values" in raw else None
    split, cut, language = (str(raw.get(name, "")) for name in ("split", "cut", "language"))
    return Values(str(raw["column"]), split, cut, values, language)
