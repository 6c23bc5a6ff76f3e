"""A sheet to take away, in the columns in which it is handed in."""

import re

from flask import Response

from ingest.sheets.writing import as_csv


def sheet_file(name: str, rows: list[list[str]]) -> Response:
    """A sheet to take away as a CSV file.

    A file replaces what one of its name said before, so a single row wants a ``name`` of its own.
    """
    headers = {"Content-Disposition": f'attachment; filename="{safe(name)}.csv"'}
    return Response(as_csv(rows), mimetype="text/csv", headers=headers)


def safe(name: str) -> str:
    """A file's name with nothing in it that a header or a file system minds."""
    return re.sub(r"[^\w.-]+", "-", name)
