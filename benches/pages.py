"""Pages and search over 1.8 million statements: first byte per kind of page, search, suggestions."""

import statistics
import tempfile
import time
from pathlib import Path

from benches.network import scaled
from graph.releases import write_manifest
from graph.search import Search, Wanted, build
from graph.settings import Settings
from graph.store import LocalStore
from web.app import create_app

TIMES = 15
BASE = "https://data.jejaring.example"
HTML = {"Accept": "text/html"}


def run() -> None:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        release = data / "releases" / "000001"
        release.mkdir(parents=True)
        (release / "store").symlink_to(_stored(data))
        store = LocalStore.open(release / "store")
        began = time.perf_counter()
        build(store, release)
        size = sum(file.stat().st_size for file in (release / "search").iterdir())
        print(f"search index: {time.perf_counter() - began:.1f} s, {size / 1e6:.1f} MB")
        counts = {"statements": len(store.store)}
        print(f"statements: {counts['statements']:,}")
        write_manifest(release, {"number": 1, "date": "2026-03-15T08:00:00+00:00", "sources": [], "counts": counts})
        (data / "current").symlink_to("releases/000001")
        _searches(Search(release))
        _pages(data, Search(release))


def _stored(data: Path) -> Path:
    folder = data / "scaled"
    store = scaled(folder)
    store.flush()
    del store
    return next(found.parent for found in folder.rglob("CURRENT"))


def _searches(search: Search) -> None:
    title = search.find(Wanted(chosen={"kind": "work"}, limit=1)).results[0].title
    words = title.split()[0]
    for label, wanted in (
        ("search with facets", Wanted(words)),
        ("search, last page", Wanted(words, offset=9_980)),
        ("search, misspelt", Wanted(words[:-1] + "x")),
        ("everything, by holders", Wanted(sort="held")),
    ):
        _show(label, [_timed(lambda w=wanted: search.find(w)) for _ in range(TIMES)])  # type: ignore[misc]
    _show("suggestions", [_timed(lambda: search.suggest(words[:3])) for _ in range(TIMES)])


def _pages(data: Path, search: Search) -> None:
    client = create_app(Settings(data=str(data), base_iri=BASE)).test_client()
    client.get("/", headers=HTML)
    for kind in ("work", "library", "network", "partnership", "agreement"):
        found = search.find(Wanted(chosen={"kind": kind}, limit=TIMES)).results
        paths = [f"/id/{one.iri.partition('/id/')[2]}" for one in found]
        pages = [client.get(path, headers=HTML).headers.get("Location", "") for path in paths] * (
            -(-TIMES // max(1, len(paths)))
        )
        if found:
            _show(kind, [_timed(lambda p=page: client.get(p, headers=HTML)) for page in pages[:TIMES]])  # type: ignore[misc]
    for path in ("/", "/search?q=a", "/q", "/about"):
        _show(path, [_timed(lambda p=path: client.get(p, headers=HTML)) for _ in range(TIMES)])  # type: ignore[misc]


def _timed(call: object) -> float:
    began = time.perf_counter()
    call()  # type: ignore[operator]
    return (time.perf_counter() - began) * 1000


def _show(label: str, times: list[float]) -> None:
    ordered = sorted(times)
    print(
        f"{label:26} median {statistics.median(ordered):7.1f} ms   p95 {ordered[int(len(ordered) * 0.95)]:7.1f} ms"
    )
