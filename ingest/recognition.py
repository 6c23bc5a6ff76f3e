"""What a file is, and who reads it: one table of readers over all the formats that can be handed over."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

from graph.errors import InputError
from ingest import directories, rdf, readers, sheets
from ingest.conversions import Frame
from ingest.documents import Document
from ingest.inputs import Input
from ingest.order import Framing
from ingest.problems import Problem, Severity
from ingest.readers.iso2709 import Iso2709, read_record
from ingest.record import LostRecord, SourceRecord

MARC = {"marc", "indomarc", "marcxml", "marcjson"}
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
    if item.form in {"rdf", ""} and rdf.recognise(item.path):
        return Recognised("rdf", Kind.DOCUMENT)
    if format_ := directories.recognise(item.path, item.form):
        return Recognised(format_.name, Kind.DOCUMENT)
    if item.form in SHEET or (not item.form and sheets.recognise(item.path)):
        return Recognised("sheet", Kind.SHEET)
    if item.form in MARC or not item.form:
        return Recognised(readers.recognise(item.path).name, Kind.RECORDS)
    raise InputError(
        f"{item.path} is said to be {item.form!r}, which is no format known here.",
        f"Known are: {', '.join(sorted({'rdf', *MARC, *SHEET, *directories.names()}))}.",
    )


def read_records(group: list[tuple[Input, Recognised]]) -> Iterator[tuple[str, SourceRecord | LostRecord]]:
    """The records of a source's files, one file after the other."""
    for item, _ in group:
        for record in readers.read(item.path):
            yield item.path.name, record


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


def read_documents(
    found: list[tuple[Input, Recognised]], base: str, others: dict[str, list[str]]
) -> tuple[list[Document], list[Problem]]:
    """The documents, and what had to be refused. ``others`` is what all other documents state."""
    documents: list[Document] = []
    refused: list[Problem] = []
    for item, kind in found:
        try:
            if kind.kind is Kind.DOCUMENT:
                documents.append(_document(item, kind, base))
        except InputError as error:
            refused.append(
                Problem("unusable-file", error.message, error.remedy, Severity.LOST, file=str(item.path))
            )
    handed = [item for item, kind in found if kind.kind is Kind.SHEET]
    if handed:
        context = [line for lines in others.values() for line in lines]
        taken, unusable = _sheets(handed, base, context + [line for d in documents for line in d.lines])
        documents, refused = documents + taken, refused + unusable
    return documents, refused


def _sheets(handed: list[Input], base: str, context: list[str]) -> tuple[list[Document], list[Problem]]:
    """The sheets as documents; none of them when the network would then break its shapes."""
    declared = {unquote(subject) for subject in _subjects(context, base)}
    reading = sheets.read_sheets([item.path for item in handed], base, declared=declared)
    found = sheets.validate([*context, *reading.lines], reading.places)
    violations = [problem for problem in found if problem.severity is Severity.LOST]
    if violations:
        return [], [*violations, *reading.problems]
    documents: list[Document] = []
    for item in handed:
        lines, own = reading.of(item.path)
        if lines:
            own += [problem for problem in found if problem.file == str(item.path)]
            documents.append(Document(item.source_id, item.path.name, "sheet", _content(item.path), lines, own))
    used = {problem for document in documents for problem in document.problems}
    return documents, [p for p in reading.problems if p not in used and p.severity is Severity.LOST]


def _subjects(lines: list[str], base: str) -> set[str]:
    """The ids of what statements are about."""
    start = f"<{base}/id/"
    return {line[len(start) : line.index(">")].partition("#")[0] for line in lines if line.startswith(start)}


def _document(item: Input, kind: Recognised, base: str) -> Document:
    if kind.form == "rdf":
        statements = rdf.read(item.path, base)
    else:
        statements = directories.read(item.path, kind.form, base, item.library)
    return Document(
        item.source_id, item.path.name, kind.form, _content(item.path), statements.lines, statements.problems
    )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error}.") from error
