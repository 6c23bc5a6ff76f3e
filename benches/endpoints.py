"""What the endpoint costs over the bare engine: light queries one by one and many at once, and a large CSV."""

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter
from urllib.parse import quote

import psutil
import pyoxigraph as ox

STATEMENTS = 200_000
ROWS = 100_000
LIGHT = 'SELECT ?s { ?s <urn:p> "value number 7" }'
LARGE = f"SELECT ?s ?o {{ ?s <urn:p> ?o }} LIMIT {ROWS}"
CLIENTS = 16
PORT = 18765


def run() -> None:
    """Print the figures and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        store = make_release(Path(folder), STATEMENTS)
        with serving(Path(folder)) as process:
            light(store)
            many()
            large(store)
            million(psutil.Process(process.pid))


def make_release(data: Path, count: int) -> ox.Store:
    """A release of as many statements; returns its store, opened for reading."""
    place = data / "releases" / "000001"
    place.mkdir(parents=True)
    writing = ox.Store(str(place / "store"))
    lines = (f'<https://data.test/id/{i}> <urn:p> "value number {i}" .\n' for i in range(count))
    writing.bulk_load("".join(lines).encode(), ox.RdfFormat.N_TRIPLES)
    del writing
    manifest = {"number": 1, "date": "2026-11-23T00:00:00+00:00", "sources": [], "counts": {}}
    (place / "manifest.json").write_text(json.dumps(manifest))
    (data / "current").symlink_to("releases/000001")
    return ox.Store.read_only(str(place / "store"))


@contextmanager
def serving(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real server over a data directory."""
    command = [sys.executable, "-c", "from web.cli import main; main()", "--data", str(data), "serve"]
    environment = {**os.environ, "JEJARING_ACCESS_LOG": "no", "JEJARING_DUMPS": "no"}
    process = subprocess.Popen([*command, "--port", str(PORT)], stdout=subprocess.PIPE, env=environment)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        get(LIGHT)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def get(query: str, form: str = "json", connection: http.client.HTTPConnection | None = None) -> bytes:
    """The body of an answer."""
    client = connection or http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    client.request("GET", f"/sparql?format={form}&query={quote(query)}")
    answer = client.getresponse()
    content = answer.read()
    assert answer.status == 200, content
    return content


def timed(call: Callable[[], object], times: int) -> list[float]:
    """Seconds of each call."""
    seconds = []
    for _ in range(times):
        began = perf_counter()
        call()
        seconds.append(perf_counter() - began)
    return seconds


def light(store: ox.Store) -> None:
    """One light query after the other."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    bare = statistics.median(timed(lambda: bare_answer(store, LIGHT, ox.QueryResultsFormat.JSON), 300)) * 1000
    served = statistics.median(timed(lambda: get(LIGHT, connection=connection), 300)) * 1000
    print(f"light query, median: bare {bare:.2f} ms, over HTTP {served:.2f} ms, overhead {served - bare:.2f} ms")


def many(seconds: float = 5.0) -> None:
    """Light queries from many clients at once, each client a thread of this process."""
    until = perf_counter() + seconds

    def ask() -> int:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        count = 0
        while perf_counter() < until:
            get(LIGHT, connection=connection)
            count += 1
        return count

    with ThreadPoolExecutor(CLIENTS) as threads:
        total = sum(threads.map(lambda _: ask(), range(CLIENTS)))
    print(f"light queries from {CLIENTS} clients: {total / seconds:.0f} per second")


def large(store: ox.Store) -> None:
    """A large result as CSV."""
    bare = min(timed(lambda: bare_answer(store, LARGE, ox.QueryResultsFormat.CSV), 5))
    served = min(timed(lambda: get(LARGE, "csv"), 5))
    rates = f"bare {ROWS / bare:,.0f} rows/s, over HTTP {ROWS / served:,.0f} rows/s"
    print(f"{ROWS:,} rows as CSV: {rates}, ratio {bare / served:.0%}")


def million(server: psutil.Process) -> None:
    """A million rows in each format, and the memory the server and its children take meanwhile."""
    rows = "{ ?s <urn:p> ?o . VALUES ?x { <urn:1> <urn:2> <urn:3> <urn:4> <urn:5> } }"
    for form in ("csv", "tsv", "json", "xml", "nt"):
        head = "CONSTRUCT { ?s ?x ?o } WHERE" if form == "nt" else "SELECT *"
        began = perf_counter()
        size, peak = 0, 0
        client = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        client.request("GET", f"/sparql?format={form}&query={quote(f'{head} {rows}')}")
        answer = client.getresponse()
        while part := answer.read(1 << 20):
            size += len(part)
            peak = max(peak, memory(server))
        seconds = perf_counter() - began
        print(f"1,000,000 rows as {form}: {size >> 20} MiB in {seconds:.1f} s, largest process {peak >> 20} MiB")


def memory(server: psutil.Process) -> int:
    """The resident memory of the largest process, in bytes."""
    sizes = [server.memory_info().rss]
    for child in server.children():
        with suppress(psutil.NoSuchProcess):
            sizes.append(child.memory_info().rss)
    return max(sizes)


def bare_answer(store: ox.Store, query: str, form: ox.QueryResultsFormat) -> bytes:
    """The same result without us."""
    return store.query(query).serialize(format=form) or b""
