"""Loading from end to end: a MARC file to a published release, against the bare bulk load of its statements.

The file is the given one, or invented records multiplied; the ready N-Triples file is what `jejaring export RDF`
gives of the result, so it has every statement once. Beside the times stands where the CPU time of the load goes,
and the least that two cores could take: all of it, evenly.
"""

import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any
from unittest import mock

import pyoxigraph as ox
from pymarc import Field, Indicators, Record, Subfield

from benches.conversion import peak_memory
from graph.releases import Releases
from graph.settings import Settings
from ingest import publication
from ingest.building import Building
from ingest.indexing import indexed
from ingest.inputs import Input
from ingest.pipeline import Pipeline

RECORDS = 20_000
MANY = 100_000
PLACES = ("Ambon", "Jakarta", "Yogyakarta", "Padang", "Makassar", "Bandung")
SUBJECTS = ("Sejarah", "Cerita rakyat", "Pertanian", "Perikanan", "Bahasa Melayu", "Hukum adat", "Musik", "Ekonomi")


def records(count: int) -> Iterator[Record]:
    """Invented records of common make-up: names and subjects recur, titles do not."""
    for n in range(count):
        year = 1950 + n % 75
        record = Record(to_unicode=True, force_utf8=True)
        record.leader = "00000nam a2200000 a 4500"
        record.add_field(Field("001", data=f"b{n}"))
        record.add_field(Field("003", data="JEJ"))
        record.add_field(Field("005", data="20260101120000.0"))
        record.add_field(Field("008", data=f"260101s{year}    io a     b    000 0 ind d"))
        for tag, indicators, parts in _fields(n, year):
            record.add_field(Field(tag, Indicators(*indicators), [Subfield(part[0], part[1:]) for part in parts]))
        yield record


def _fields(n: int, year: int) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    author, place = f"Pengarang {n % 4001}, Nama", PLACES[n % len(PLACES)]
    yield "020", "  ", (f"a978602{n:06d}0", "qpbk.")
    yield "040", "  ", ("aJEJ", "bind", "erda", "cJEJ")
    yield "041", "0 ", ("aind",)
    yield "082", "04", (f"a{n % 1000:03d}.{n % 97}", "223")
    yield "100", "1 ", (f"a{author},", f"d{1900 + n % 90}-", "epengarang.")
    yield "245", "10", (f"aJudul buku nomor {n} :", f"bcatatan tentang {n % 701} /", f"c{author}.")
    yield "250", "  ", (f"aCetakan ke-{1 + n % 9}.",)
    yield "264", " 1", (f"a{place} :", f"bPenerbit {n % 307},", f"c{year}.")
    yield "300", "  ", (f"axii, {100 + n % 500} halaman :", "bilustrasi ;", "c21 cm")
    yield "336", "  ", ("ateks", "btxt", "2rdacontent")
    yield "337", "  ", ("atanpa perantara", "bn", "2rdamedia")
    yield "338", "  ", ("avolume", "bnc", "2rdacarrier")
    yield "490", "1 ", (f"aSeri {n % 211} ;", f"v{n % 40}")
    yield "504", "  ", (f"aBibliografi: halaman {100 + n % 300}.",)
    yield "520", "  ", (f"aRingkasan isi buku {n}.",)
    for step in range(3):
        yield "650", " 4", (f"a{SUBJECTS[(n + step) % len(SUBJECTS)]}", f"z{PLACES[(n * step) % len(PLACES)]}.")
    yield "700", "1 ", (f"aPenyunting {n % 907}, Nama,", "epenyunting.")
    yield "952", "  ", ("apusat", "bpusat", f"o{n % 1000:03d} JUD", f"p{n:010d}", "yBK")


def run(file: Path | None = None) -> None:
    """Print both times, their ratio, and memory for few and many records."""
    with tempfile.TemporaryDirectory(dir=".") as folder:
        here = Path(folder)
        marc = file or _written(here / "bench.mrc", RECORDS)
        load = _apart(_load, marc, here / "data")
        ready = here / "ready.nt"
        Releases(here / "data").current().store.store.dump(str(ready), from_graph=ox.DefaultGraph())
        bare = _apart(_bulk_load, ready, here / "bare")
        rate, bare_rate = load.count / load.seconds, bare.count / bare.seconds
        print(f"load from MARC to release {load.seconds:8.1f} s  {rate:8,.0f} records/s  {load.peak:6,.0f} MB")
        print(f"bare bulk_load of the same{bare.seconds:8.1f} s  {bare_rate:8,.0f} statements/s")
        print(f"ratio {load.seconds / bare.seconds:.2f}, statements a record {bare.count / load.count:.0f}")
        _apart(_account, marc, here / "accounted")
        cpu = load.children + load.cpu
        print(f"CPU: bare bulk_load {bare.cpu:.1f} s; the load {cpu:.1f} s, on two cores at least {cpu / 2:.1f} s")
        _room(bare, cpu)


def memory() -> None:
    """Print the peak memory of the process that loads, for few and many records."""
    for count in (1000, MANY):
        with tempfile.TemporaryDirectory(dir=".") as folder:
            here = Path(folder)
            load = _apart(_load, _written(here / "bench.mrc", count), here / "data")
            print(f"{count:8,} records: {load.seconds:6.1f} s, loading {load.peak:5,.0f} MB")


def _written(path: Path, count: int) -> Path:
    with path.open("wb") as file:
        for record in records(count):
            file.write(record.as_marc())
    return path


@dataclass(frozen=True, slots=True)
class Measured:
    """What a piece of work took: seconds, peak memory in MB, CPU seconds of its process and of those it started."""

    seconds: float
    peak: float
    cpu: float
    children: float
    count: int


def _room(bare: Measured, cpu: float) -> None:
    """Print what two cores could do beside bulk loading in so many times the bare load, and what the load does."""
    for ratio in (1.3, 1.5):
        room = 2 * ratio * bare.seconds - bare.cpu
        print(f"{ratio} times it leaves {room:5.1f} s CPU beside bulk loading; the load has {cpu - bare.cpu:.1f} s")


def _apart(work: Callable[..., int], *paths: Path) -> Measured:
    """Do a piece of work in a process of its own."""
    context = get_context("spawn")
    results: SimpleQueue[Measured] = context.SimpleQueue()
    process = context.Process(target=_measured, args=(work, results, *paths))
    process.start()
    process.join()
    return results.get()


def _measured(work: Callable[..., int], results: SimpleQueue[Measured], *paths: Path) -> None:
    start, cpu = time.perf_counter(), time.process_time()
    count = work(*paths)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    results.put(Measured(seconds, peak_memory(), cpu, _of_children(), count))


def _load(marc: Path, data: Path) -> int:
    outcome = Pipeline(Settings(data=str(data))).load([Input(marc)])
    assert outcome.load is not None
    return sum(tally.read for tally in outcome.load.journal.tallies.values())


PHASES: tuple[tuple[str, Any, str], ...] = (
    ("derived statements", publication, "state"),
    ("index of holdings", publication, "index"),
    ("counts", publication, "_manifest"),
    ("to disk", Building, "seal"),
)
ELSEWHERE = "search index (its process)"


def _account(marc: Path, data: Path) -> int:
    """Load once more and print the CPU seconds of each phase, of the processes that convert, and what is least."""
    spent: dict[str, float] = {}
    with ExitStack() as stack:
        for name, owner, attribute in PHASES:
            timed = _timed(getattr(owner, attribute), name, spent)
            stack.enter_context(mock.patch.object(owner, attribute, timed))
        stack.enter_context(mock.patch.object(publication, "indexed", _indexed(spent)))
        start = time.process_time()
        count = _load(marc, data)
        here = sum(seconds for name, seconds in spent.items() if name != ELSEWHERE)
        spent["bulk loading, archive, rest"] = time.process_time() - start - here
    spent["conversion (its processes)"] = _of_children() - spent[ELSEWHERE]
    for name, seconds in sorted(spent.items(), key=lambda pair: -pair[1]):
        print(f"  {name:28}{seconds:7.1f} s CPU")
    return count


def _indexed(spent: dict[str, float]) -> Callable[..., Any]:
    @contextmanager
    def timed(*args: Any) -> Iterator[None]:
        start = _of_children()
        with indexed(*args):
            yield
        spent[ELSEWHERE] = _of_children() - start

    return timed


def _of_children() -> float:
    """CPU seconds of the processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _timed(work: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        start = time.thread_time()
        try:
            return work(*args, **kwargs)
        finally:
            spent[name] = spent.get(name, 0.0) + time.thread_time() - start

    return timed


def _bulk_load(ready: Path, folder: Path) -> int:
    shutil.rmtree(folder, ignore_errors=True)
    store = ox.Store(str(folder))
    store.bulk_load(path=str(ready), format=ox.RdfFormat.N_TRIPLES)
    return len(store)


if __name__ == "__main__":
    run()
    memory()
