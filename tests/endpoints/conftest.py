"""A real server on 127.0.0.1 over a small published release, for all tests of this folder."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
import requests

from graph.settings import Settings
from ingest.writing import Writing, publish_writing
from web.credentials import SCOPES, Credentials

BASE = "https://data.test"
TRIPLES = """
@prefix : <https://data.test/id/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix bf: <http://id.loc.gov/ontologies/bibframe/> . @prefix org: <http://www.w3.org/ns/org#> .
:kota a org:Organization ; rdfs:label "Perpustakaan Kota"@id, "City Library"@en .
:desa a org:Organization ; rdfs:label "Perpustakaan Desa" .
<https://data.test/id/instance/kota-1> a bf:Instance ; rdfs:label "Laskar Pelangi" ;
    bf:identifiedBy <https://data.test/id/instance/kota-1#isbn-9789793062792> ; bf:instanceOf :w1 .
<https://data.test/id/instance/kota-1#isbn-9789793062792> a bf:Isbn ; rdfs:label "9789793062792" .
<https://data.test/id/instance/desa-x%2F1> a bf:Instance ; rdfs:label "Salah Asuhan" .
:w1 a bf:Work ; rdfs:label "<script>alert(1)</script>" .
"""


@dataclass(frozen=True)
class Served:
    """A running server: its address, data directory, process, and the secret of a token for everything."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]
    secret: str

    def get(self, path: str, **options: object) -> requests.Response:
        return requests.get(self.url + path, timeout=30, **options)

    def query(self, text: str, **options: object) -> requests.Response:
        return requests.get(self.url + "/sparql", params={"query": text}, timeout=30, **options)

    def update(self, text: str, **options: object) -> requests.Response:
        headers = {"Content-Type": "application/sparql-update", **self.bearer}
        return requests.post(self.url + "/sparql", data=text.encode(), headers=headers, timeout=60, **options)

    def ask(self, text: str) -> bool:
        return bool(self.query(text, headers={"Accept": "application/sparql-results+json"}).json()["boolean"])

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(data: Path, **settings: object) -> Served:
    """Serve a data directory with these settings; returns when it answers."""
    port = free_port()
    environment = {f"JEJARING_{name.upper()}": str(value) for name, value in settings.items()}
    environment = {"JEJARING_BASE_IRI": BASE, "JEJARING_ACCESS_LOG": "no", **environment}
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from web.cli import main; main()",
            "--data",
            str(data),
            "serve",
            "--port",
            str(port),
        ],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    _, secret = Credentials(data).make("all", SCOPES)
    return Served(f"http://127.0.0.1:{port}", data, process, secret)


def stop(server: Served) -> None:
    server.process.terminate()
    try:
        server.process.wait(15)
    finally:
        server.process.kill()


def published(data: Path, turtle: str = TRIPLES) -> Path:
    """A data directory with these statements in its default graph as release 1."""
    settings = Settings(data=str(data), base_iri=BASE)
    publish_writing(settings, [Writing("post", turtle.encode(), None, "text/turtle", BASE + "/")])
    return data


def large(data: Path, count: int) -> Path:
    """A data directory with ``count`` statements, for streaming and abuse."""
    place = data / "releases" / "000001"
    place.mkdir(parents=True)
    store = ox.Store(str(place / "store"))
    lines = (f'<{BASE}/id/{i}> <urn:p> "value number {i}" .\n' for i in range(count))
    store.bulk_load("".join(lines).encode(), ox.RdfFormat.N_TRIPLES)
    manifest = {"number": 1, "date": "2026-11-23T00:00:00+00:00", "base": BASE, "sources": [], "counts": {}}
    (place / "manifest.json").write_text(json.dumps(manifest))
    (data / "current").symlink_to("releases/000001")
    return data


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server most tests share; what a test writes goes to graphs of its own."""
    running = start(published(tmp_path_factory.mktemp("served")))
    yield running
    stop(running)


@pytest.fixture(scope="session")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over 120,000 statements with a time limit of three seconds."""
    running = start(large(tmp_path_factory.mktemp("big"), 120_000), query_seconds=3, query_memory_mb=512)
    yield running
    stop(running)
