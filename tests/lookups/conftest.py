"""Local servers in the place of services: some speak the protocols, some misbehave."""

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from graph.settings import Settings
from ingest.lookups.asking import Lookups
from ingest.lookups.services import Service, service

Reply = tuple[int, dict[str, str], bytes]
Handler = Callable[["Asked"], Reply]


@dataclass
class Asked:
    """A request as it arrived."""

    path: str
    fields: dict[str, str]
    headers: dict[str, str]


@dataclass
class Served:
    """A running server: its address, and what it was asked."""

    url: str
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def serving(handler: Handler) -> Iterator[Served]:
    """An HTTP server on this machine that answers what ``handler`` says."""

    class Answering(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            parts = urlsplit(self.path)
            fields = {name: values[0] for name, values in parse_qs(parts.query + "&" + body).items()}
            one = Asked(parts.path, fields, {name.lower(): value for name, value in self.headers.items()})
            served.asked.append(one)
            status, headers, content = handler(one)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    served = Served(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def speaking(behaviour: Callable[[socket.socket, threading.Event], None]) -> Iterator[Served]:
    """A server that does what it likes with a connection, until the test is over."""
    over, listening = threading.Event(), socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                wire, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=_behave, args=(behaviour, wire, over), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}")
    finally:
        over.set()
        listening.close()


def _behave(behaviour: Callable[[socket.socket, threading.Event], None], wire: socket.socket,
            over: threading.Event) -> None:  # fmt: skip
    with wire:
        try:
            wire.recv(65536)
            behaviour(wire, over)
        except OSError:
            return


def as_json(content: Any, status: int = 200, **headers: str) -> Reply:
    return status, {"Content-Type": "application/json", **headers}, json.dumps(content).encode()


def at(name: str, url: str, path: str = "", **changes: Any) -> Service:
    """A declared service, at another address and as quick as it likes."""
    return replace(service(name), address=url + path, per_minute=600, **changes)


@pytest.fixture
def waited() -> list[float]:
    """The seconds that look-ups would have let pass."""
    return []


@pytest.fixture
def lookups(tmp_path, waited: list[float]) -> Iterator[Lookups]:
    """Look-ups that may ask, and only note how long they would wait."""
    settings = Settings(data=str(tmp_path), lookup_seconds=1.0, lookup_mb=1, contact="desk@kota.test")
    opened = Lookups.open(settings, online=True)
    opened.wait = waited.append
    yield opened
    opened.memory.close()


WIKIDATA = """
@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <http://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
wd:Q1 rdfs:label "Ann Laut"@en, "Ann Laut"@id ; skos:altLabel "A. \\"Ombak\\" Laut"@en ; wdt:P569 "1950-02-01T00:00:00Z"^^xsd:dateTime ;
  wdt:P214 "12345" ; wdt:P227 "118540238" ; schema:description "novelist"@en .
wd:Q2 rdfs:label "Ann Laut"@en ; wdt:P569 "1801-01-01T00:00:00Z"^^xsd:dateTime .
"""  # noqa: E501


def wikidata(turtle: str = WIKIDATA) -> Handler:
    """The SPARQL protocol over a store; the search that Wikidata offers as a SERVICE is answered by label."""
    store = ox.Store()
    store.load(turtle.encode(), ox.RdfFormat.TURTLE)

    def answer(asked: Asked) -> Reply:
        query = asked.fields["query"]
        search = re.search(r"SERVICE wikibase:mwapi \{.*?mwapi:search (\".*?\") ;.*?\}", query, re.DOTALL)
        if search:
            label = f"?iri <http://www.w3.org/2000/01/rdf-schema#label> ?it FILTER (STR(?it) = {search[1]})"
            query = query.replace(search[0], label)
        found = store.query(query)
        content = found.serialize(format=ox.QueryResultsFormat.JSON)
        return 200, {"Content-Type": "application/sparql-results+json"}, content

    return answer
