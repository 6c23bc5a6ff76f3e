"""What a file is, and who reads it: one table of readers over all the formats that can be handed over."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from graph.errors import InputError
from ingest import catalogues, directories, rdf, readers, sheets
from ingest.conversions import Frame
from ingest.inputs import Input
from ingest.order import Framing
from ingest.readers import streams
from ingest.readers.iso2709 import Iso2709, read_record
from ingest.record import LostRecord, SourceRecord

RDF = "rdf"
SHEETS = {"lembar", "perjanjian"}
MARC = {"marc", "indomarc", "marcxml", "marcjson", "aleph"}
SHEET = {"sheet", "lembar", "perjanjian", "agreement"}


ISO_2709 = Iso2709()


class Kind(StrEnum):
    """What is made of a file: records of a catalogue, rows of sheets, or a document of its own."""

    RECORDS = "records"
    SHEET = "sheet"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file's format by name, and what is made of it."""

    form: str
    kind: Kind


def recognise(item: Input) -> Recognised:
    """What a file is, by what was told, its name and its beginning. Raises InputError when nobody reads it."""
    return _as_told(item) if item.form else _by_content(item.path)


def _as_told(item: Input) -> Recognised:
    form = item.form.strip().casefold()
    if form in SHEETS:
        return Recognised(form, Kind.SHEET)
    if form in catalogues.FORMATS:
        return Recognised(form, Kind.RECORDS)
    if form == RDF or form in directories.names():
        return Recognised(form, Kind.DOCUMENT)
    if form in MARC:
        return Recognised(readers.recognise(item.path).name, Kind.RECORDS)
    known = ", ".join(sorted({RDF, *SHEETS, *MARC, *catalogues.FORMATS, *directories.names()}))
    message = f"{item.path} is said to be {item.form!r}, which is no format known here."
    raise InputError(message, f"Known are: {known}.")


def _by_content(path: Path) -> Recognised:
    if rdf.recognise(path):
        return Recognised(RDF, Kind.DOCUMENT)
    head = streams.head(path)
    if (directory := directories.recognise(path)) is not None:
        return Recognised(directory.name, Kind.DOCUMENT)
    if (catalogue := catalogues.recognise(path, head)) is not None:
        return Recognised(catalogue, Kind.RECORDS)
    if sheets.recognise(path):
        return Recognised("lembar", Kind.SHEET)
    if head.startswith(b"PK\x03\x04"):
        message = f"{path} is a ZIP archive, and no workbook with sheets that are known."
        raise InputError(message, "Unpack it and hand over what is in it; gzip (.gz) is read as it is.")
    return Recognised(readers.recognise(path).name, Kind.RECORDS)


def read_records(group: list[tuple[Input, Recognised]]) -> Iterator[tuple[str, SourceRecord | LostRecord]]:
    """The records of a source's files, one file after the other; exports of one system are read together."""
    exports: dict[str, list[Path]] = {}
    for item, kind in group:
        if kind.form in catalogues.FORMATS:
            exports.setdefault(kind.form, []).append(item.path)
        else:
            for record in readers.read(item.path):
                yield item.path.name, record
    for form, paths in exports.items():
        for path, record in catalogues.read_together(paths, form):
            yield path.name, record


def framing(group: list[tuple[Input, Recognised]]) -> Framing | None:
    """How the records of a source can be had as bytes, when all its files are ISO 2709."""
    if any(kind.form != ISO_2709.name for _, kind in group):
        return None

    def frames() -> Iterator[Frame | LostRecord]:
        for item, _ in group:
            readers.read(item.path)  # looks at the first records and refuses what cannot be used as a whole
            for found in ISO_2709.frames(item.path):
                if isinstance(found, LostRecord):
                    yield found
                else:
                    yield Frame(item.source_id, item.path, *found, read_record)

    return frames
