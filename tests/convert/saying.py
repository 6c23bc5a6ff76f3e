"""What one field's conversion says, as paths."""

from ingest.convert import Converter
from ingest.source import Source
from tests.convert.marc import record
from tests.convert.paths import paths

BASE = "https://kb.example"


def said(text: str) -> set[str]:
    """The statements made of a record in MarcEdit's notation."""
    return paths(Converter(BASE, Source("t")).convert(record(text)).lines, BASE)
