"""The directory as the sheet ``perpustakaan``, so that it can be corrected and returned."""

from flask import Response

from ingest.sheets.export import Export
from ontology.sheets import sheets
from web.pages.blueprint import pages
from web.pages.sheet_files import sheet_file
from web.pages.visit import visit


@pages.get("/direktori.csv")
def directory_sheet() -> Response:
    """Every organisation in the columns in which it is handed in."""
    here = visit()
    sheet = sheets()["perpustakaan"]
    rows = Export(here.store, here.site.base_iri).rows(sheet)
    return sheet_file("perpustakaan", [[column.id for column in sheet.columns], *rows])
