"""A sheet to take away, in the columns in which it is handed in."""

from flask import Response

from ingest.sheets.writing import as_csv


def sheet_file(name: str, rows: list[list[str]]) -> Response:
    """A sheet to take away as a CSV file."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(as_csv(rows), mimetype="text/csv", headers=headers)
