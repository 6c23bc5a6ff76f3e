"""The sheets: one readable file per sheet says its headings, what each cell means and what is stated of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ontology.errors import DeclarationError
from ontology.vocabulary import vocabulary

FOLDER = Path(__file__).parent
KINDS = {
    "id", "entity", "code", "date", "integer", "amount", "coordinate", "boolean", "text", "plain", "link", "title",
    "sort", "counts", "barcode",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Below:
    """The part of a row's entity that a cell speaks of: its address, its answer to one question."""

    name: str
    predicate: str
    type: str
    always: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``predicates`` are IRIs, with ``^`` before those that point to the row's entity."""

    id: str
    en: str
    kind: str
    predicates: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    codes: str = ""
    required: bool = False
    several: bool = False
    below: Below | None = None
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices_en: Mapping[str, str] = field(default_factory=dict)
    library: tuple[str, str, str] | None = None
    count: str = ""
    term: str = ""
    note: str = ""

    @property
    def names(self) -> set[str]:
        """Every heading by which the column is known, casefolded."""
        return {name.casefold() for name in (self.id, self.en, *self.aliases)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: what a row of it is, and its columns in order. ``form`` is ``rows`` or ``terms``."""

    id: str
    en: str
    title: Mapping[str, str]
    columns: tuple[Column, ...]
    types: tuple[str, ...] = ()
    always: Mapping[str, str] = field(default_factory=dict)
    form: str = "rows"
    found_by: str = ""

    def column(self, heading: str) -> Column | None:
        """The column with a heading in either language, or None."""
        folded = heading.strip().casefold()
        return next((column for column in self.columns if folded in column.names), None)

    @property
    def required(self) -> list[Column]:
        """The columns without which the sheet cannot be read."""
        return [column for column in self.columns if column.required]


def _read(path: Path) -> Sheet:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    columns = tuple(_column(name, said or {}, path) for name, said in content["columns"].items())
    return Sheet(
        id=path.stem.partition("-")[2],
        en=content["en"],
        title=content["title"],
        columns=columns,
        types=_expanded(content.get("types", ())),
        always=_pairs(content.get("always", {})),
        form=content.get("form", "rows"),
        found_by=_predicate(content["found_by"]) if "found_by" in content else "",
    )


def _column(name: str, said: dict[str, Any], path: Path) -> Column:
    unknown = set(said) - set(Column.__slots__) - {"predicate"}
    if unknown or said.get("kind") not in KINDS:
        raise DeclarationError(f"{path.name}, column {name}: unknown {', '.join(unknown) or said.get('kind')}.")
    named = said.get("predicate", ())
    choices = said.get("choices", {})
    return Column(
        id=name,
        en=said["en"],
        kind=said["kind"],
        predicates=tuple(_predicate(p) for p in ([named] if isinstance(named, str) else named)),
        aliases=tuple(said.get("aliases", ())),
        codes=_codes(said.get("codes", ""), path, name),
        required=bool(said.get("required")),
        several=bool(said.get("several")),
        below=_below(said["below"]) if "below" in said else None,
        choices={key: _expanded(value["types"]) for key, value in choices.items()},
        choices_en={key: value["en"] for key, value in choices.items()},
        library=_expanded(said["library"]) if "library" in said else None,  # type: ignore[arg-type]
        count=_predicate(said["count"]) if "count" in said else "",
        term=said.get("term", ""),
        note=said.get("note", ""),
    )


def _codes(selector: str, path: Path, name: str) -> str:
    if selector and not vocabulary().codes(selector):
        raise DeclarationError(f"{path.name}, column {name}: no code begins with {selector!r}.")
    return selector


def _below(said: dict[str, Any]) -> Below:
    expand = vocabulary().expand
    return Below(said["name"], expand(said["predicate"]), expand(said["type"]), _pairs(said.get("always", {})))


def _predicate(name: str) -> str:
    return "^" + vocabulary().expand(name[1:]) if name.startswith("^") else vocabulary().expand(name)


def _expanded(names: Any) -> tuple[str, ...]:
    return tuple(vocabulary().expand(name) for name in names)


def _pairs(said: Mapping[str, str]) -> dict[str, str]:
    expand = vocabulary().expand
    return {expand(key): value if value == "this" else expand(value) for key, value in said.items()}


@cache
def sheets() -> dict[str, Sheet]:
    """All sheets by their Indonesian name, in the order of their files. Raises DeclarationError."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.yaml"))]
    return {sheet.id: sheet for sheet in found}


def sheet_named(name: str) -> Sheet | None:
    """The sheet with a name in either language (file names and tab names), or None."""
    folded = name.strip().casefold().replace(" ", "_").replace("-", "_")
    return next((sheet for sheet in sheets().values() if folded in {sheet.id, sheet.en}), None)
