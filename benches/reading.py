"""Reading binary MARC: our readers beside pymarc alone, and what a gzip bomb and a large file do to memory.

``python -m benches reading``. Uses ``../shared/data/marc/solrmarc+solrmarc/uva_001_2000.mrc.gz`` where it is,
else made-up records; each figure is the best of five runs, in CPU seconds.
"""

import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import psutil
from pymarc import Field, Indicators, Leader, MARCReader, Record, Subfield

from ingest import readers

REAL = Path(__file__).resolve().parents[2] / "shared/data/marc/solrmarc+solrmarc/uva_001_2000.mrc.gz"


def run() -> None:
    """Print records per second and megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.mrc"
        path.write_bytes(gzip.decompress(REAL.read_bytes()) if REAL.is_file() else _made() * 2000)
        count = path.read_bytes().count(b"\x1d")
        theirs, ours = _best(lambda: _pymarc(path)), _best(lambda: _ours(path))
        print(f"{path.stat().st_size:,} bytes, {count:,} records ({'real' if REAL.is_file() else 'made up'})")
        print(f"pymarc alone   {count / theirs:>8,.0f} records/s")
        print(f"our readers    {count / ours:>8,.0f} records/s, ratio {theirs / ours:.2f}")
        before = _resident()
        large = Path(folder) / "large.mrc"
        large.write_bytes(path.read_bytes() * 50)
        _ours(large)
        print(f"{50 * count:,} records  {_resident() - before:>8.1f} MB more than before")
        before = _resident()
        with gzip.open(Path(folder) / "bomb.mrc.gz", "wb", 1) as bomb:
            bomb.write(_made())
            for _ in range(1000):
                bomb.write(bytes(1 << 20))
        _ours(Path(folder) / "bomb.mrc.gz")
        print(f"1 GB in a gzip {_resident() - before:>8.1f} MB more than before")


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)


def _pymarc(path: Path) -> int:
    with path.open("rb") as file:
        return sum(record is not None for record in MARCReader(file, hide_utf8_warnings=True))


def _ours(path: Path) -> int:
    return sum(1 for _ in readers.read(path))


def _resident() -> float:
    return psutil.Process().memory_info().rss / (1 << 20)


def _made() -> bytes:
    record = Record()
    record.leader = Leader("00000nam a2200000 i 4500")
    record.add_field(Field("001", data="1"))
    for number in range(20):
        value = [Subfield("a", f"A value of the length of many {number}"), Subfield("b", "and a second")]
        record.add_field(Field(str(500 + number), Indicators(" ", " "), value))
    return record.as_marc()
