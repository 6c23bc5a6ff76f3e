"""Reading documents: each directory and RDF file for itself, all sheets of a load together and judged together.

When the sheets would make the network break one of its shapes, none of them is taken and what was stored before
stays; what others say that is wrong already does not count against them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.errors import InputError
from graph.store import LocalStore
from ingest import directories, rdf, sheets
from ingest.documents import Document
from ingest.inputs import Input
from ingest.problems import Problem, Severity
from ingest.recognition import RDF, Kind, Recognised
from ingest.record import Statements
from ingest.rows_elsewhere import contained, rows_elsewhere
from ingest.sheets import SheetReading
from ingest.sheets.keeping import Before
from ingest.sheets.validation import violations
from ingest.unknown_titles import Citation

Found = list[tuple[Input, Recognised]]
Stored = Callable[[], list[str]]
Loaded = Callable[[str], Before | None]
"""From a source to the sheet that was loaded from it last."""


@dataclass(slots=True)
class DocumentReading:
    """What was read, and what could not be used."""

    documents: list[Document] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)


def read_documents(
    found: Found,
    base: str,
    others: Mapping[str, list[str]],
    *,
    stored: Stored | None = None,
    loaded: Loaded = lambda source: None,
    judged: bool = True,
) -> DocumentReading:
    """The documents. ``others`` is what each document states that is not handed over now, ``stored`` tells what is
    stated so far (by those before them too), ``loaded`` how a sheet was before; without ``judged`` the shapes are
    not asked, as when stored documents are read again."""
    reading = DocumentReading()
    for item, kind in found:
        if kind.kind is not Kind.SHEET:
            _read_one(item, kind, base, reading)
    around = [line for lines in others.values() for line in lines]
    around += [line for document in reading.documents for line in document.lines]
    chosen = [(item, kind) for item, kind in found if kind.kind is Kind.SHEET]
    if chosen:
        said = stored or (lambda: around) if judged else None
        _read_sheets(chosen, base, around, reading, loaded, said, others)
    return reading


def _read_one(item: Input, kind: Recognised, base: str, reading: DocumentReading) -> None:
    try:
        statements = (
            rdf.read(item.path, base)
            if kind.form == RDF
            else directories.read(item.path, kind.form, base, item.library)
        )
        reading.documents.append(_document(item, kind, statements))
    except InputError as error:
        reading.refused.append(_unusable(item.path, error.message, error.remedy))


def _read_sheets(
    found: Found,
    base: str,
    around: list[str],
    reading: DocumentReading,
    loaded: Loaded,
    stored: Stored | None,
    others: Mapping[str, list[str]],
) -> None:
    known = LocalStore.in_memory()
    known.load_lines(around)
    sources = {str(item.path): item.source_id for item, _ in found}
    read = sheets.read_sheets(list(map(Path, sources)), base, known, remember=lambda file: loaded(sources[file]))
    judgement = [*rows_elsewhere(read, others), *(_judged(read, around, stored) if stored else [])]
    if wrong := violations(judgement):
        reading.refused += [*wrong, *(p for p in judgement if p.kind == "row-elsewhere"), *read.problems]
        reading.refused.append(_refusal([item.path.name for item, _ in found], contained(read, others)))
        return
    for item, kind in found:
        lines, problems = read.of(item.path)
        about = [p for p in (*read.problems, *judgement) if p.file == str(item.path) and p not in problems]
        if lines:
            cited = [one for one in read.cited if one.file == str(item.path)]
            document = _document(item, kind, Statements(lines, [*problems, *about]), cited)
            reading.documents.append(replace(document, kept=read.kept.get(str(item.path), [])))
        else:
            reading.refused += [*problems, *about] or [_unusable(item.path, f"{item.path} has no row.", "")]


def _refusal(names: Iterable[str], inside: Iterable[str]) -> Problem:
    """Sheets are refused. Those with all rows of the sources ``inside`` may be meant to take their place, as when
    sheets were exported, corrected and handed over under another name."""
    message = f"The sheets ({', '.join(names)}) are not taken: with them the network would break its rules."
    remedy = "Correct the rows named above."
    if options := " ".join(f"--replacing {source}" for source in inside):
        remedy = f"Correct the rows named above; or, to put them in the place of other files, load with {options}."
    return Problem("sheets-refused", message, remedy, Severity.LOST)


def _judged(read: SheetReading, around: list[str], stored: Stored) -> list[Problem]:
    """What the shapes find that they do not find in what is stated so far."""
    found = sheets.validate([*around, *read.lines], read.places)
    if not violations(found):
        return found
    before = {problem.message for problem in sheets.validate(stored())}
    return [problem for problem in found if problem.message not in before]


def _document(item: Input, kind: Recognised, statements: Statements, cited: Iterable[Citation] = ()) -> Document:
    content = item.path.read_bytes()
    lines, problems = statements.lines, statements.problems
    return Document(item.source_id, item.path.name, kind.form, content, lines, problems, list(cited))


def _unusable(path: Path, message: str, remedy: str) -> Problem:
    return Problem("unusable-file", message, remedy, Severity.LOST, file=str(path))
