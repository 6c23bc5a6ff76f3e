"""Tables of answers as text, CSV and JSON; shared by the verbs that ask."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FORMATS = ("table", "csv", "json")


def formatted(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], form: str) -> str:
    """Rows in one of FORMATS; the columns are the headings."""
    if form == "json":
        return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1, default=str)
    if form == "csv":
        return as_csv(columns, rows)
    return _table(columns, [[_cell(row.get(column)) for column in columns] for row in rows])


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Comma-separated values with a heading line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return text.getvalue().rstrip("\n")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _table(columns: Sequence[str], cells: list[list[str]]) -> str:
    widths = [max(len(line[i]) for line in [list(columns), *cells]) for i in range(len(columns))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) for line in cells]
    heading = "  ".join(name.ljust(width) for name, width in zip(columns, widths, strict=True))
    return "\n".join(line.rstrip() for line in [heading, "  ".join("-" * width for width in widths), *lines])
