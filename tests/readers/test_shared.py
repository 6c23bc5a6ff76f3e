"""Over real files: everything goes through, and what pymarc refuses is recovered."""

import csv
import gzip
from pathlib import Path
from unicodedata import normalize

import pytest
from pymarc import MARCReader

from graph.errors import InputError
from ingest import readers
from ingest.record import LostRecord, SourceRecord
from tests.readers import made

pytestmark = pytest.mark.shared
MARC = {"ISO 2709", "MARCXML", "gzip MARCXML", "MARC-in-JSON"}
SAMPLE = 500
PADDED = {"edsu+pymarc/bad_indicator.dat", "edsu+pymarc/bad_records.mrc"}
"""Files whose second, respectively seventh record is blanks, or a leader and nothing else."""


def test_every_file_goes_through(shared: Path) -> None:
    folder = shared / "data" / "marc"
    with (folder / "MANIFEST.csv").open(encoding="utf-8") as manifest:
        rows = list(csv.DictReader(manifest))
    assert len(rows) > 300
    for row in rows:
        counted = _counted(folder / row["file"])
        if row["format"] not in MARC or "UNIMARC bib" in row["flavour"].split(";")[0]:
            assert counted is None, row["file"]
        else:
            assert counted == min(int(row["records_in_file"]), SAMPLE) - (row["file"] in PADDED), row["file"]


def _counted(path: Path) -> int | None:
    """How many records come out of the first 500; None when the file is refused with a remedy."""
    try:
        results = readers.read(path)
    except InputError:
        return None
    found = [result for result, _ in zip(results, range(SAMPLE), strict=False)]
    assert all(
        found.problem.message and found.offset is not None for found in found if isinstance(found, LostRecord)
    )
    return sum(isinstance(result, SourceRecord) for result in found)


def test_pride_and_prejudice_is_recovered(shared: Path) -> None:
    folder = shared / "data" / "marc" / "marc4j+marc4j"
    broken = folder / "pride-and-prejudice-with-many-errors.mrc.gz"
    chunks = gzip.decompress(broken.read_bytes()).split(b"\x1d")[:-1]
    refused = [place for place, chunk in enumerate(chunks) if next(MARCReader(chunk + b"\x1d")) is None]
    assert len(refused) == 85
    ours, _ = made.results(broken)
    fixed, _ = made.results(folder / "pride-and-prejudice-fixed.mrc.gz")
    equal = [place for place in refused if made.content(ours[place].record) == made.content(fixed[place].record)]
    assert len(equal) >= 75
    assert all(ours[place].repairs for place in refused)


def test_three_forms_of_one_file_agree(shared: Path) -> None:
    folder = shared / "data" / "marc" / "solrmarc+solrmarc"
    forms = ["specTestRecs.xml.gz", "specTestRecs_no_Prolog.xml.gz", "specTestRecs_withBOM.xml.gz"]
    contents = [[made.content(found.record) for found in made.results(folder / form)[0]] for form in forms]
    assert contents[0] == contents[1] == contents[2]
    assert len(contents[0]) == 76


@pytest.mark.parametrize("name", ["evergreen-library-system+Evergreen/hebrew.marc", "edsu+pymarc/marc.dat"])
def test_sound_files_read_as_pymarc_reads_them(shared: Path, name: str) -> None:
    """But for bytes that are no character: pymarc makes blanks of them, we U+FFFD."""
    path = shared / "data" / "marc" / name
    ours = [made.content(found.record) for found in made.results(path)[0]]
    with path.open("rb") as file:
        theirs = [made.content(record) for record in MARCReader(file, hide_utf8_warnings=True) if record]
    assert [str(record).replace("\ufffd", " ") for record in ours] == [
        normalize("NFC", str(record)) for record in theirs
    ]
