"""Progress bars of the command line: rate and remaining time, on what takes longer than two seconds."""

import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from ingest.conversions import Job
from ingest.order import Records

T = TypeVar("T")
MARKS = (b"\x1d", b"<leader", b":leader", b'"leader"')
"""What each record has once: the end of an ISO 2709 record, the leader of the other forms."""


def bar(items: Iterable[T], what: str, total: int | None = None, unit: str = "") -> Iterator[T]:
    """The items, with a bar on the terminal; nothing when the output is no terminal."""
    return iter(
        tqdm(items, desc=what, total=total, unit=unit, delay=2, leave=False, disable=not sys.stderr.isatty())
    )


def watch(records: Records, source: str, files: list[Path]) -> Records:
    """A bar over the records of a source."""
    total = sum(map(records_in, files)) if sys.stderr.isatty() else None
    return bar(records, source, total or None, " records")


def records_in(path: Path) -> int:
    """About how many records a file has, for the remaining time."""
    counts = dict.fromkeys(MARKS, 0)
    with path.open("rb") as raw:
        packed = raw.peek(2)[:2] == b"\x1f\x8b"
        stream = gzip.GzipFile(fileobj=raw) if packed else raw
        try:
            while block := stream.read(1 << 20):
                for mark in MARKS:
                    counts[mark] += block.count(mark)
        except (OSError, EOFError, zlib.error):
            return 0
    return max(counts.values())


def jobs(items: Iterable[Job], step: str, number: int) -> Iterator[Job]:
    """A bar over records that are converted again."""
    return bar(items, step, number, " records")
