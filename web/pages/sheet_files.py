"""Tables to take away as CSV files, sent while they are read; sheets in the columns in which they are handed in."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain
from typing import Any

from flask import Response, stream_with_context

SENT_AT_ONCE = 500
"""Lines of a CSV file that are sent together."""
_MARK = "\ufeff"
"""Tells spreadsheets the encoding."""


def sheet_file(name: str, rows: Iterable[Sequence[str]]) -> Response:
    """A sheet to take away as a CSV file; the first row holds the headings.

    A file replaces what one of its name said before, so a single row wants a ``name`` of its own.
    """
    headers = {"Content-Disposition": f'attachment; filename="{safe(name)}.csv"'}
    return _file(chain.from_iterable(([_MARK], _lines(rows))), headers)


def table_file(rows: Iterable[Sequence[Any]]) -> Response:
    """A table as a CSV file; the first row holds the headings."""
    return _file(_lines(rows), {})


def _file(lines: Iterable[str], headers: dict[str, str]) -> Response:
    return Response(stream_with_context(iter(lines)), mimetype="text/csv", headers=headers)


def _lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    text = StringIO(newline="")
    writer = csv.writer(text)
    for number, row in enumerate(rows):
        writer.writerow(row)
        if number % SENT_AT_ONCE == 1:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def safe(name: str) -> str:
    """A file's name with nothing in it that a header or a file system minds."""
    return re.sub(r"[^\w.-]+", "-", name)
