"""The mapping bench: a pasted record left, its statements right, field by field; nothing is stored."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import render_template, request
from pymarc import Field, MARCMakerReader, Record

from graph.errors import InputError
from ingest import readers
from ingest.convert import Conversion, Converter
from ingest.convert.draft import Draft
from ingest.record import SourceRecord
from ingest.source import Source
from web.pages.blueprint import pages
from web.pages.visit import visit

LONGEST = 100_000
"""Characters of a pasted record that are taken."""
EXAMPLE = """=LDR  00000nam a2200000 a 4500
=001  b1
=008  050101s1980\\\\\\\\io\\\\\\\\\\\\\\\\\\\\\\\\000\\1\\ind\\d
=020  \\\\$a9789799731234
=100  1\\$aPramoedya Ananta Toer,$d1925-2006.
=245  10$aBumi manusia :$bsebuah roman /$cPramoedya Ananta Toer.
=264  \\1$aJakarta :$bHasta Mitra,$c1980.
=650  \\0$aJavanese (Indonesian people)$vFiction.
"""


@dataclass(slots=True)
class Step:
    """One field of the record and the statements that came from it; without a field: from the record as a whole."""

    source: str
    lines: list[str] = field(default_factory=list)


@pages.route("/bangku-pemetaan", methods=["GET", "POST"])
def mapping_bench() -> str:
    """A form to paste a record in MARCMaker text, MARCXML or MARC-in-JSON, and what becomes of it."""
    text = request.form.get("record", "")[:LONGEST]
    steps, conversion = explained(pasted(text)) if text.strip() else ([], None)
    return render_template("bench.html", text=text or EXAMPLE, steps=steps, conversion=conversion)


def pasted(text: str) -> Record:
    """The first record in a text. Raises InputError when there is none."""
    if text.lstrip().startswith("="):
        for record in MARCMakerReader(text.strip().replace("\r\n", "\n") + "\n\n"):
            if isinstance(record, Record):
                return record
    else:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "record"
            file.write_text(text, encoding="utf-8")
            for found in readers.read(file):
                if isinstance(found, SourceRecord):
                    return found.record
    raise InputError(
        "No record was found in the text.", "Paste MARCMaker text (=245 10$a…), MARCXML or MARC-in-JSON."
    )


def explained(record: Record) -> tuple[list[Step], Conversion]:
    """The conversion of a record with the statements of each field, in the record's order."""
    steps: list[Step] = [Step("")]
    seen = 0

    def mark(draft: Draft, line: Field | None) -> None:
        nonlocal seen
        steps[-1].lines = draft.lines[seen:]
        seen = len(draft.lines)
        steps.append(Step(str(line) if line is not None else ""))

    conversion = Converter(visit().site.base_iri, Source("bangku")).convert(record, mark)
    shown = {line for step in steps for line in step.lines}
    steps[-1].lines = [line for line in conversion.lines if line not in shown]
    return [step for step in steps if step.lines or step.source], conversion
