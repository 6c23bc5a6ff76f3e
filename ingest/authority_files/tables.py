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
from ingest.authority_files.tongues import tagged
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
            if how.withdrawn and row.get(how.withdrawn[0]) == how.withdrawn[1]:
                continue
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
    tags = tuple(dict.fromkeys(one for entry in (first, *others) for one in entry.tagged))
    return replace(first, variants=tuple(names), tagged=tags, preferred=_preferred(rows, others, how))


def _preferred(rows: list[Row], others: list[Entry], how: TableMapping) -> tuple[str, ...]:
    """The labels of the other rows that are marked as preferred: those in other languages."""
    if not how.preferred:
        return ()
    column, value = how.preferred
    return tuple(one.label for row, one in zip(rows[1:], others, strict=True) if row.get(column) == value)


def _entry(iri: str, row: Row, how: TableMapping, kind: str) -> Entry:
    said = how.kind if isinstance(how.kind, str) else next(iter(how.kind.of(row)), "")
    given: dict[str, Any] = {name: (row.get(column) or "").strip() for name, column in how.one.items()}
    for name, sources in how.many.items():
        values = [(source.column, value) for source in sources for value in source.of(row)]
        if name == "identifiers":
            values = [(column, found.iri) for column, value in values if (found := link(value, column))]
        given[name] = tuple(dict.fromkeys(value for _, value in values))
    spot, tags = _coordinates(row, how), _tags(row, how, given["label"])
    return Entry(iri, kind=said if said in KINDS else kind, coordinates=spot, tagged=tags, **given)


def _tags(row: Row, how: TableMapping, label: str) -> tuple[str, ...]:
    """The names of a row whose language the table says, each after its tag."""
    of_row = how.language if isinstance(how.language, str) else next(iter(how.language.of(row)), "")
    variants = [pair for source in how.many.get("variants", ()) for pair in source.told(row)]
    return tuple(one for name, code in ((label, ""), *variants) for one in tagged(name, code or of_row))


def _coordinates(row: Row, how: TableMapping) -> tuple[float, float] | None:
    try:
        lat, long = (float(row[name]) for name in how.coordinates)
    except (KeyError, TypeError, ValueError):
        return None
    return (lat, long) if abs(lat) <= 90 and abs(long) <= 180 else None
