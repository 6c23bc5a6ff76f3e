"""Readers of catalogue files: whatever state they are in, records come out, and the news of those that do not."""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from graph.errors import InputError
from ingest.readers import streams
from ingest.readers.aleph import AlephSequential
from ingest.readers.iso2709 import Iso2709
from ingest.readers.kinds import Kind, is_unimarc, kind_of
from ingest.readers.marcjson import MarcJson
from ingest.readers.marcxml import MarcXml
from ingest.record import LostRecord, RecordFormat, SourceRecord

__all__ = ["FORMATS", "Kind", "kind_of", "read", "recognise"]

FORMATS: tuple[RecordFormat, ...] = (MarcXml(), MarcJson(), AlephSequential(), Iso2709())
"""Binary MARC comes last: its delimiters may stand as dirt in the text of the others."""
LOOKED_AT = 100
"""Records at the beginning of a file by which it is told to be UNIMARC."""

Results = Iterator[SourceRecord | LostRecord]

_FOREIGN = (
    (b"=LDR", "MARCMaker text (.mrk)", "Make binary MARC of it with MarcEdit (MARC Maker)."),
    (b"insert into", "an SQL dump", "Export the records as MARC from the library system (Koha: export catalog)."),
    (b"copy ", "an SQL dump", "Export the records as MARC from the library system (Evergreen: marc_export)."),
    (b"create table", "an SQL dump", "Export the records as MARC from the library system."),
    (b"<html", "a web page", "Download the file itself."),
)


def recognise(path: Path) -> RecordFormat:
    """The format of a file of MARC records, by its content. Raises InputError when it holds none."""
    head = streams.head(path)
    lowered = head[:4096].lower()
    if b"insert into" not in lowered:
        for form in FORMATS:
            if form.recognise(path, head):
                return form
    for mark, what, remedy in _FOREIGN:
        if mark.lower() in lowered:
            raise InputError(f"{path} is {what}, which is not read here.", remedy)
    raise InputError(
        f"{path} holds no MARC records.",
        "Readable are ISO 2709, MARCXML, MARC-in-JSON and Aleph sequential, each also gzipped.",
    )


def read(path: Path) -> Results:
    """The records of a file in order, and those lost; repaired ones say what was changed.

    Raises InputError for a file that cannot be used as a whole: no MARC, UNIMARC, empty, unreadable.
    """
    results = recognise(path).read(path)
    first = list(islice(results, LOOKED_AT))
    _refuse_unimarc(path, first)
    return chain(first, results)


def _refuse_unimarc(path: Path, results: list[SourceRecord | LostRecord]) -> None:
    records = [result for result in results if isinstance(result, SourceRecord)]
    bibliographic = [found.record for found in records if kind_of(found.record) == "bibliographic"]
    if bibliographic and 2 * sum(map(is_unimarc, bibliographic)) > len(bibliographic):
        encodings = sorted({found.encoding for found in records} - {"ASCII"}) or ["ASCII"]
        raise InputError(
            f"{path} is UNIMARC (title in 200, processing data in 100 $a, in {', '.join(encodings)}).",
            "Only MARC 21 is read: convert the file, for example with MarcEdit or USEMARCON.",
        )
