"""The sheets a library network keeps: from tables and agreement documents to statements, checked before storing."""

from ingest.sheets.reading import SheetReading, read_sheets, recognise
from ingest.sheets.validation import validate

__all__ = ["SheetReading", "read_sheets", "recognise", "validate"]
