"""Tables of authority data: CSV and TSV with a declared mapping, one row or several below one another per entry."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from graph.authority_numbers import link
from graph.errors import InputError
from graph.matching.entry import Entry
from graph.matching.heading import KINDS
from ingest.authority_files.text import opened
from ingest.problems import Problem
from ontology.table_mappings import TableMapping, table_mapping

Row = dict[str, str]
csv.field_size_limit(1 << 22)


def read(path: Path, mapping: str, kind: str) -> Iterator[Entry | Problem]:
    """The entries of a table. Raises InputError for an unknown mapping, or where the table lacks its columns."""
    try:
        how = table_mapping(mapping)
    except ValueError as error:
        raise InputError(f"{error}.", "`jejaring authorities load --help` says more.") from error
    return _entries(path, how, kind)


def _entries(path: Path, how: TableMapping, kind: str) -> Iterator[Entry | Problem]:
    with opened(path) as file:
        quoting: Any = csv.QUOTE_NONE if how.delimiter == "\t" else csv.QUOTE_MINIMAL
        header = list(how.columns) if how.columns else None
        rows: csv.DictReader[str] = csv.DictReader(file, header, delimiter=how.delimiter, quoting=quoting)
        if missing := _missing(how, list(rows.fieldnames or ())):
            message = f"{path} has no column {', '.join(missing)}"
            raise InputError(f"{message}; it has {', '.join(rows.fieldnames or ())}.", "Give the right --mapping.")
        numbered = enumerate(rows, 1 if how.columns else 2)
        for iri, group in groupby(numbered, key=lambda pair: _iri(pair[1], how)):
            rest = list(group)
            number, row = rest[0]
            label = row.get(how.one["label"]) or ""
            if not iri or not label.strip():
                remedy = "Fill them and load the file again; the other rows are taken."
                yield Problem(
                    "no-label", "This row has no identifier or no label.", remedy, file=str(path), record=number
                )
                continue
            yield _joined(found.iri if (found := link(iri)) else iri, [one for _, one in rest], how, kind)


def _missing(how: TableMapping, there: list[str]) -> list[str]:
    wanted = [how.one["label"], *(part.partition("}")[0] for part in how.iri.split("{")[1:])]
    return [name for name in wanted if name not in there]


def _iri(row: Row, how: TableMapping) -> str:
    try:
        return how.iri.format_map({name: value or "" for name, value in row.items() if name}).strip()
    except (KeyError, IndexError, ValueError):
        return ""


def _joined(iri: str, rows: list[Row], how: TableMapping, kind: str) -> Entry:
    """An entry of its rows; the row with the preferred label comes first."""
    if how.preferred:
        column, value = how.preferred
        rows.sort(key=lambda row: row.get(column) != value)
    first = _entry(iri, rows[0], how, kind)
    if len(rows) == 1:
        return first
    others = [_entry(iri, row, how, kind) for row in rows[1:]]
    names = dict.fromkeys(name for one in (first, *others) for name in one.every_name() if name)
    names.pop(first.label, None)
    return replace(first, variants=tuple(names))


def _entry(iri: str, row: Row, how: TableMapping, kind: str) -> Entry:
    said = how.kind if isinstance(how.kind, str) else next(iter(how.kind.of(row)), "")
    given: dict[str, Any] = {name: (row.get(column) or "").strip() for name, column in how.one.items()}
    for name, sources in how.many.items():
        values = [(source.column, value) for source in sources for value in source.of(row)]
        if name == "identifiers":
            values = [(column, found.iri) for column, value in values if (found := link(value, column))]
        given[name] = tuple(dict.fromkeys(value for _, value in values))
    return Entry(iri, kind=said if said in KINDS else kind, coordinates=_coordinates(row, how), **given)


def _coordinates(row: Row, how: TableMapping) -> tuple[float, float] | None:
    try:
        lat, long = (float(row[name]) for name in how.coordinates)
    except (KeyError, TypeError, ValueError):
        return None
    return (lat, long) if abs(lat) <= 90 and abs(long) <= 180 else None
