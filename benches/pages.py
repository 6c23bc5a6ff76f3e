"""Pages and search over 1.8 million statements: first byte per kind of page, search, suggestions, sizes.

Wall-clock and processor time of this process, each page asked for the first time (nothing of it is remembered, but
the program is warm); 30 ms at the median, 80 ms at the 95th percentile, 30 ms for suggestions, 60 ms for searches.
Pages of operations are asked for twice: a second for the first view, after it they are remembered.
"""

import gzip
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from flask.testing import FlaskClient

from benches.network import WORKS, copy, scaled, statement
from graph import checks
from graph.releases import write_manifest
from graph.search import Search, Wanted, build
from graph.settings import Settings
from graph.store import LocalStore
from ontology.operations import PLACE, operations
from web.app import create_app
from web.server import settle

TIMES = 24
POPULAR, COPIES = 1, 3000
BASE = "https://data.jejaring.example"
ROOT = Path(__file__).resolve().parents[1]
HTML = {"Accept": "text/html"}
KINDS = ("work", "library", "network", "partnership", "agreement", "agent", "subject", "place", "series")
LIMITS = {"page": (30, 80), "search": (60, 80), "suggestions": (30, 80)}
FIRST = 1000
"""Milliseconds that the first view of an operation's page may take."""
NAMES = {"L": "lib7", "A": "ag1", "N": "jpmr", "P": "pt1", "K": "pk1"}
CHOSEN = {
    "/jalur": "dari=lib7&ke=lib8", "/tukar-hadiah": "untuk=lib7", "/katalog-induk": "a=lib1&b=lib2",
    "/rotasi/rencana": "kemitraan=P7&mulai=2026-07-13", "/sebelum-membeli": "cari=9786000000001&untuk=lib7",
    "/tambahan-koleksi": "bulan=2025-02&me=lib7", "/perpustakaan/{L}/keuntungan": "year=2025",
}  # fmt: skip
Shown = tuple[str, str, list[tuple[float, float]]]
"""Name, kind of limit, and (wall, processor) milliseconds of each time."""


def run() -> None:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        release = _published(data)
        over = [
            label
            for shown in (*_searches(Search(release)), *_pages(data, Search(release)))
            if (label := _show(shown))
        ]
        over += _operations(data)
        print("over the limit:", ", ".join(over) or "none")
        _sizes(data)


def _published(data: Path) -> Path:
    """The scaled network, with people and subjects, as the first release."""
    release = data / "releases" / "000001"
    release.mkdir(parents=True)
    store = scaled(release / "store")
    store.bulk_load("\n".join(_headings(random.Random(7))).encode(), ox.RdfFormat.N_TRIPLES)
    store.bulk_load("\n".join(_copies(random.Random(5))).encode(), ox.RdfFormat.N_TRIPLES)
    store.flush()
    for make in (build, checks.build):
        began = time.process_time()
        make(LocalStore(store), release)
        print(f"{make.__module__}: {time.process_time() - began:.1f} s of processor time")
    counts = {"statements": len(store)}
    print(f"statements: {counts['statements']:,}")
    write_manifest(release, {"number": 1, "date": "2026-03-15T08:00:00+00:00", "sources": [], "counts": counts})
    (data / "current").symlink_to("releases/000001")
    return release


def _headings(chance: random.Random) -> Iterator[str]:
    """People, subjects, places and series of the works."""
    kinds = {
        "agent": ("bf:Person", 6000),
        "subject": ("bf:Topic", 3000),
        "place": ("bf:Place", 400),
        "series": ("bf:Series", 300),
    }
    for kind, (name, number) in kinds.items():
        for n in range(number):
            yield statement(f"{kind}{n}", "rdf:type", name)
            yield statement(f"{kind}{n}", "rdfs:label", f'"{kind.title()} {n}"')
    for n in range(WORKS):
        work = f"work{n}"
        yield statement(work, "bf:contribution", f"{work}#by")
        yield statement(f"{work}#by", "bf:agent", f"agent{int(chance.paretovariate(1)) % 6000}")
        yield statement(work, "bf:subject", f"subject{int(chance.paretovariate(1)) % 3000}")
        yield statement(work, "bf:subject", f"place{chance.randrange(400)}")


def _copies(chance: random.Random) -> Iterator[str]:
    """Three thousand more copies of one work: what a schoolbook of the whole province has."""
    for n in range(COPIES):
        yield from copy(chance, f"copy{n}", POPULAR)


def _searches(search: Search) -> Iterator[Shown]:
    title = search.find(Wanted(chosen={"kind": "work"}, limit=1)).results[0].title
    words = title.split()[0]
    libraries = [f"{BASE}/id/lib{n}" for n in range(116)]
    search.find(Wanted(words))
    for label, wanted in (
        ("search with facets", Wanted(words)),
        ("search, last page", Wanted(words, offset=search.count(Wanted(words)) - 20)),
        ("everything by year, last", Wanted(sort="year", offset=search.count(Wanted()) - 20)),
        ("search, misspelt", Wanted(words[:-1] + "x")),
        ("everything, by holders", Wanted(sort="held")),
    ):
        yield label, "search", [_timed(lambda w=wanted: search.find(w)) for _ in range(TIMES)]
    nearest = Wanted(words, sort="nearest")
    yield "search, nearest first", "search", [_timed(lambda: search.near(nearest, libraries)) for _ in range(TIMES)]
    yield "suggestions", "suggestions", [_timed(lambda: search.suggest(words[:3])) for _ in range(TIMES)]


def _pages(data: Path, search: Search) -> Iterator[Shown]:
    client = create_app(Settings(data=str(data), base_iri=BASE)).test_client()
    settle()
    for label, paths in _paths(client, search):
        client.get(paths[-1], headers=HTML)
        yield label, "page", [_timed(lambda p=path: client.get(p, headers=HTML)) for path in paths[:-1]]


def _operations(data: Path) -> list[str]:
    """Print for each page of an operation its first and its second view; the names of those over the limit."""
    client = create_app(Settings(data=str(data), base_iri=BASE)).test_client()
    for path in ("/", "/karya/work5"):
        client.get(path, headers=HTML)
    over = []
    for page in operations():
        path = PLACE.sub(lambda found: NAMES[found[1]], page) + "?lang=en&" + CHOSEN.get(page, "")
        views = [_timed(lambda p=path: client.get(p, headers=HTML)) for _ in range(2)]
        (first, used), (second, _) = views
        print(f"{page:36} first view {first:7.0f} ms (processor {used:5.0f})   second {second:5.1f} ms")
        if first > FIRST or second > LIMITS["page"][1]:
            over.append(page)
    return over


def _paths(client: FlaskClient, search: Search) -> Iterator[tuple[str, list[str]]]:
    """Kind of page → addresses of different pages of it; the last one only warms up."""
    chance = random.Random(1)
    for kind in KINDS:
        found = search.find(Wanted(chosen={"kind": kind}, limit=400)).results
        some = chance.sample(found, min(len(found), TIMES + 1)) * (2 if len(found) < 2 else 1)
        ids = [one.iri.partition("/id/")[2] for one in some]
        pages = [client.get(f"/id/{name}", headers=HTML).headers["Location"] for name in ids]
        if kind in ("work", "library") and pages:
            yield f"{kind}, for my library", [f"{page}?untuk=lib{n}" for n, page in enumerate(pages)]
        if pages:
            yield kind, [f"{page}?lang=en" for page in pages]
    popular = f"work{POPULAR}"
    yield f"work of {COPIES} copies", [f"/karya/{popular}?untuk=lib{n}" for n in range(TIMES + 1)]
    yield "may I, of it", [f"/may-borrow?copy={popular}&borrower=lib{n}" for n in range(TIMES + 1)]
    numbers = chance.sample(range(WORKS), TIMES + 1)
    yield "instance", [f"/terbitan/rec{n}" for n in numbers]
    yield "item", [f"/eksemplar/item{n}" for n in numbers]
    yield "request answer", [f"/may-borrow?copy=item{n}&borrower=lib{n % 116}" for n in numbers]
    yield (
        "why",
        [f"/mengapa?iri={BASE}/id/work{n}&property=http://id.loc.gov/ontologies/bibframe/title" for n in numbers],
    )
    yield "relations", [f"/hubungan/lib{n}" for n in range(TIMES + 1)]
    yield "search page", [f"/search?q=judul+{n}" for n in numbers]
    yield "suggestions, answered", [f"/suggest?q=judul+{n}" for n in numbers]
    for path in (
        "/",
        "/q",
        "/about",
        "/direktori",
        "/releases/1",
        "/pemeriksaan",
        "/laporan",
        "/penjelajah?mulai=lib1",
    ):
        yield path, [path] * (TIMES + 1)


def _sizes(data: Path) -> None:
    """Bytes over the line, gzipped: pages with the style sheet, and the scripts."""
    client = create_app(Settings(data=str(data), base_iri=BASE)).test_client()
    static = ROOT / "web" / "static"
    css = _packed(static / "site.css")
    for path in ("/karya/work1", "/perpustakaan/lib1", "/jejaring/jpmr", "/terbitan/rec1"):
        page = len(gzip.compress(client.get(path, headers=HTML).data))
        print(f"{path:26} {(page + css) / 1000:6.1f} kB with style sheet")
    for name, files in {
        "script of every page": ["site.js"],
        "map": ["map.js", "vendor/leaflet/leaflet.js", "vendor/leaflet/leaflet.css", "outline.geojson",
                "vendor/markercluster/leaflet.markercluster.js"],
        "explorer": ["explorer.js", "vendor/cytoscape/cytoscape.min.js"],
        "SPARQL editor": ["sparql.js", "vendor/yasgui/yasgui.min.js", "vendor/yasgui/yasgui.min.css"],
    }.items():  # fmt: skip
        print(f"{name:26} {sum(_packed(static / file) for file in files) / 1000:6.1f} kB")


def _packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes()))


def _timed(call: object) -> tuple[float, float]:
    began, used = time.perf_counter(), time.process_time()
    call()  # type: ignore[operator]
    return (time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000


def _show(shown: Shown) -> str:
    """Print one line; the name when it is over its limit."""
    label, kind, times = shown
    wall, used = (sorted(one[place] for one in times) for place in (0, 1))
    middle, high = statistics.median(wall), wall[int(len(wall) * 0.95)]
    print(f"{label:26} median {middle:7.1f} ms   p95 {high:7.1f} ms   processor {statistics.median(used):6.1f} ms")
    limits = LIMITS[kind]
    return label if middle > limits[0] or high > limits[1] else ""
