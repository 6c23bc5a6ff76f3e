"""The mapping bench: a record, its statements field by field, and the rule between them; nothing is stored."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import render_template, request
from pymarc import MARCMakerReader, Record

from graph.errors import InputError
from ingest import readers
from ingest.convert.tracing import explain
from ingest.record import SourceRecord
from ingest.source import Source
from web.pages.blueprint import pages
from web.pages.reasons import origin, records
from web.pages.visit import Visit, visit

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


@pages.route("/bangku-pemetaan", methods=["GET", "POST"])
def mapping_bench() -> str:
    """A form to paste a record in MARCMaker text, MARCXML or MARC-in-JSON, and what becomes of it.

    ``?terbitan=`` (the id of an edition) shows the record behind it, converted as its source is.
    """
    here = visit()
    text, source, record = _wanted(here)
    conversion, steps = explain(here.site.base_iri, source, record) if record else (None, [])
    shown = [step for step in steps if step.text or step.made]
    return render_template("bench.html", text=text, steps=shown, conversion=conversion, base=here.site.base_iri)


def _wanted(here: Visit) -> tuple[str, Source, Record | None]:
    """The text in the form, what is known of its source, and the record to convert."""
    text = request.form.get("record", "")[:LONGEST]
    if text.strip():
        return text, Source("bangku"), pasted(text)
    name = request.args.get("terbitan", "")
    found = records(here, here.site.iri("/id/" + name)) if name else []
    if found:
        record = found[0].marc()
        return str(record), origin(here, found[0]), record
    return EXAMPLE, Source("bangku"), None


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
            try:
                for found in readers.read(file):
                    if isinstance(found, SourceRecord):
                        return found.record
            except InputError as error:
                raise InputError(error.message.replace(str(file), "The text"), error.remedy) from error
    raise InputError(
        "No record was found in the text.", "Paste MARCMaker text (=245 10$a…), MARCXML or MARC-in-JSON."
    )
