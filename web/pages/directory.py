"""The directory as the sheet ``perpustakaan``, so that it can be corrected and returned."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import Any

from flask import Response, stream_with_context

from graph.queries import Row
from ingest.sheets.export import Export
from ontology.sheets import sheets
from web.pages.asking import asked
from web.pages.blueprint import pages
from web.pages.sheet_files import sheet_file
from web.pages.visit import visit


@pages.get("/direktori.csv")
def directory_sheet() -> Response:
    """Every organisation in the columns in which it is handed in."""
    here = visit()
    sheet = sheets()["perpustakaan"]
    rows = Export(here.store, here.site.base_iri).each(sheet)
    return sheet_file("perpustakaan", chain([[column.id for column in sheet.columns]], rows))


@pages.get("/direktori.jsonld")
def directory_linked() -> Response:
    """Every organisation in the terms of schema.org, sent while they are read."""
    rows = asked(visit(), "directory").rows
    return Response(stream_with_context(_document(rows)), mimetype="application/ld+json")


def _document(rows: Iterable[Row]) -> Iterator[str]:
    yield '{"@context": "https://schema.org", "@graph": ['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(_described(row), ensure_ascii=False)
    yield "\n]}\n"


def _described(row: Row) -> dict[str, Any]:
    """One row as a library with its address and place; what is not known is left out."""
    address = {"addressLocality": row["city"], "addressRegion": row["region"]}
    place = {"latitude": row["latitude"], "longitude": row["longitude"]}
    said: dict[str, Any] = {"@id": row["id"], "@type": "Library", "name": row["name"], "email": row["email"],
                            "identifier": row["isil"] or row["npp"]}  # fmt: skip
    for name, kind, values in (("address", "PostalAddress", address), ("geo", "GeoCoordinates", place)):
        known = {key: _number(value) for key, value in values.items() if value is not None}
        said[name] = {"@type": kind, **known} if known else None
    return {key: value for key, value in said.items() if value is not None}


def _number(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value
