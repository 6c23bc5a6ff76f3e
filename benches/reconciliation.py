"""The reconciliation service over 100,000 entities: suggestions and batches of ten, as OpenRefine asks for them."""

import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from flask.testing import FlaskClient

from graph.matching.entry import Entry
from graph.matching.index import Index
from graph.releases import write_manifest
from graph.settings import Settings
from web.app import create_app
from web.reconcile.entries import FOLDER

ENTITIES, ASKED = 100_000, 300
BASE = "https://data.jejaring.example"
SYLLABLES = [
    first + vowel for first in ("b", "d", "g", "j", "k", "l", "m", "n", "ng", "p", "r", "s", "t") for vowel in "aiu"
]
LIMIT_MS = 20.0


def run() -> None:
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as name:
        release = Path(name) / "releases" / "000001"
        release.mkdir(parents=True)
        ox.Store(str(release / "store")).flush()
        began = time.perf_counter()
        Index.build(release / FOLDER, _entries(chance))
        print(f"{ENTITIES:,} entities indexed: {time.perf_counter() - began:.1f} s")
        write_manifest(release, {"number": 1, "date": "2026-11-23T08:00:00+00:00", "sources": [], "counts": {}})
        (Path(name) / "current").symlink_to("releases/000001")
        index = Index.open(release / FOLDER)
        names = [index.entry(chance.randrange(ENTITIES)).label for _ in range(ASKED)]
        client = create_app(Settings(data=name, base_iri=BASE)).test_client()
        client.get("/reconcile/suggest/entity?prefix=ba")
        _suggestions(client, chance, names)
        _batches(client, chance, names)


def _suggestions(client: FlaskClient, chance: random.Random, names: list[str]) -> None:
    prefixes = [text[: chance.randint(2, 12)] for text in names]
    for label, more in (("any type", ""), ("of a type", "&type=agent")):
        times = [
            _timed(lambda p=p, m=more: client.get(f"/reconcile/suggest/entity?prefix={p}{m}")) for p in prefixes
        ]  # type: ignore[misc]
        ordered = sorted(times)
        median, slow = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
        told = "ok" if median <= LIMIT_MS else "TOO SLOW"
        print(f"suggest, {label:10} median {median:6.1f} ms   p95 {slow:6.1f} ms   {told} (at most {LIMIT_MS:.0f})")


def _batches(client: FlaskClient, chance: random.Random, names: list[str]) -> None:
    times = []
    for start in range(0, len(names), 10):
        queries = {f"q{n}": {"query": _misspelt(chance, one)} for n, one in enumerate(names[start : start + 10])}
        form = {"queries": json.dumps(queries)}
        times.append(_timed(lambda form=form: client.post("/reconcile", data=form)))  # type: ignore[misc]
    print(
        f"batch of ten, misspelt median {statistics.median(times):6.1f} ms"
        f", {1e4 / statistics.median(times):,.0f} queries/s"
    )


def _misspelt(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _timed(call: object) -> float:
    began = time.process_time()
    call()  # type: ignore[operator]
    return (time.process_time() - began) * 1000


def _entries(chance: random.Random) -> Iterator[Entry]:
    for number in range(ENTITIES):
        kind = ("person", "work", "topic", "library")[number % 4]
        words = [_word(chance) for _ in range(2 if kind == "person" else chance.randint(1, 5))]
        label = ", ".join(words) if kind == "person" else " ".join(words)
        yield Entry(f"{BASE}/id/{kind}/{number}", label, kind, source="own")


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize()
