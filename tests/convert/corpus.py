"""The records of real files beside the project, for checks over all of them or a sample."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pymarc import Record

from graph.errors import InputError
from ingest import readers
from ingest.record import SourceRecord


def records(folder: Path, every: int = 1, most: int | None = None) -> Iterator[tuple[Path, Record]]:
    """Each ``every``-th of the first ``most`` records of each file that is read at all, at least the first one,
    with its file."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            results = readers.read(path)
        except InputError:
            continue
        for place, found in enumerate(islice(results, most)):
            if place % every == 0 and isinstance(found, SourceRecord):
                yield path, found.record
