"""The remote store against a small server that speaks the SPARQL 1.1 protocols over an in-memory store."""

import base64
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from SPARQLWrapper import DIGEST

from graph.errors import QueryError, QueryTimeout, StoreError
from graph.published import mirror, published
from graph.releases import Releases
from graph.remote_store import Address, RemoteStore
from graph.settings import Settings
from graph.store import LocalStore
from tests.loading.stand_in import catalogue, directory, load, record
from web.cli import main

LINES = [
    '<https://x.org/id/a> <http://www.w3.org/2000/01/rdf-schema#label> "Perpustakaan"@id .',
    '<https://x.org/id/a#address> <urn:city> "Ambon" .',
    "<https://x.org/id/a> <urn:address> <https://x.org/id/a#address> .",
    '<https://x.org/id/ab> <urn:number> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .',
]


class Endpoint(BaseHTTPRequestHandler):
    store: ox.Store
    authorisation = ""

    def do_GET(self) -> None:
        self.answer(b"")

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers["Content-Length"])))

    def __getattr__(self, name: str) -> object:
        aliases = {"do_PUT": self.do_POST, "do_DELETE": self.do_GET}
        return aliases[name] if name in aliases else super().__getattribute__(name)

    def answer(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        asked = parse_qs(parts.query, keep_blank_values=True) | (
            parse_qs(body.decode()) if "form" in self.headers.get("Content-Type", "") else {}
        )
        try:
            kind, content = getattr(self, parts.path.strip("/"))(asked, body)
            self.reply(200, kind, content)
        except ConnectionAbortedError:
            return
        except SyntaxError as error:
            self.reply(400, "text/plain", str(error).encode())

    def query(self, asked: dict[str, list[str]], _: bytes) -> tuple[str, bytes]:
        text = asked["query"][0]
        if "SLOW" in text:
            time.sleep(2)
        result = self.store.query(text)
        if isinstance(result, ox.QueryTriples):
            return "text/turtle", result.serialize(format=ox.RdfFormat.TURTLE) or b""
        return "application/sparql-results+json", result.serialize(format=ox.QueryResultsFormat.JSON) or b""

    def update(self, asked: dict[str, list[str]], _: bytes) -> tuple[str, bytes]:
        if self.headers.get("Authorization", "") != self.authorisation:
            raise SyntaxError("who are you?")
        self.store.update(asked["update"][0])
        return "text/plain", b""

    def refusal(self, asked: dict[str, list[str]], _: bytes) -> tuple[str, bytes]:
        self.reply(int(asked["status"][0]), "text/html", b"<html>\n<h1>No</h1>\n</html>")
        raise ConnectionAbortedError

    def other(self, asked: dict[str, list[str]], _: bytes) -> tuple[str, bytes]:
        return "text/html", asked["answer"][0].encode()

    def graphs(self, asked: dict[str, list[str]], body: bytes) -> tuple[str, bytes]:
        graph = ox.DefaultGraph() if "default" in asked else ox.NamedNode(asked["graph"][0])
        if self.command == "GET":
            return "application/n-triples", self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
        self.store.clear_graph(graph)
        self.store.load(body, ox.RdfFormat.N_TRIPLES, to_graph=graph)
        return "text/plain", b""

    def reply(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def endpoint() -> Iterator[str]:
    Endpoint.store, Endpoint.authorisation = ox.Store(), ""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def remote(endpoint: str) -> RemoteStore:
    store = RemoteStore(f"{endpoint}/query", f"{endpoint}/update", f"{endpoint}/graphs", seconds=1)
    store.load_lines(LINES)
    return store


QUERIES = [
    "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p",
    "SELECT ?s ?nothing WHERE { ?s <urn:city> ?c OPTIONAL { ?s <urn:none> ?nothing } }",
]


@pytest.mark.parametrize("query", QUERIES)
def test_rows_are_those_of_the_embedded_store(remote: RemoteStore, query: str) -> None:
    local = LocalStore.in_memory()
    local.load_lines(LINES)
    assert remote.select(query) == local.select(query)


def test_ask_construct_and_describe(remote: RemoteStore) -> None:
    local = LocalStore.in_memory()
    local.load_lines(LINES)
    assert remote.ask("ASK { ?s <urn:city> ?o }")
    assert not remote.ask("ASK { ?s <urn:none> ?o }")
    assert set(remote.describe("https://x.org/id/a")) == set(local.describe("https://x.org/id/a"))
    assert len(remote.construct("CONSTRUCT WHERE { ?s ?p ?o }")) == len(LINES)


def test_a_long_query_is_posted(remote: RemoteStore) -> None:
    assert remote.ask("ASK { ?s <urn:city> ?o }" + " # long" * 2000)


def test_many_lines_go_in_several_updates_and_out_again(remote: RemoteStore) -> None:
    lines = [f'<urn:s> <urn:p> "{number}" .' for number in range(2500)]
    remote.load_lines(lines, "urn:graph")
    assert len(remote.get_graph("urn:graph")) == 2500
    remote.remove_lines(lines[:2000], "urn:graph")
    assert len(remote.get_graph("urn:graph")) == 500


def test_graph_store(remote: RemoteStore) -> None:
    remote.put_graph(b"<urn:a> <urn:b> <urn:c> .\n", "urn:graph")
    assert str(remote.get_graph("urn:graph")[0]) == "<urn:a> <urn:b> <urn:c>"
    remote.delete_graph("urn:graph")
    assert remote.get_graph("urn:graph") == []
    assert len(remote.get_graph()) == len(LINES)


def _quads(store: ox.Store) -> set[str]:
    return {str(quad) for quad in store}


def test_a_mirror_follows_the_releases(endpoint: str, tmp_path: Path) -> None:
    settings = Settings(data=str(tmp_path), store_url=f"{endpoint}/query", store_update_url=f"{endpoint}/update")
    load(tmp_path, catalogue("a", [record("1", "Bumi", ["Ann"])]), directory({"kota": "K"}))
    assert mirror(settings) == len(Releases(tmp_path).current().store.store)
    load(tmp_path, catalogue("a", [record("1", "Manusia", ["Ann"])]), directory({"desa": "D"}))
    assert mirror(settings) == 6
    assert _quads(Endpoint.store) == _quads(Releases(tmp_path).current().store.store)
    assert isinstance(published(settings), RemoteStore)
    (tmp_path / "mirrored").unlink()
    mirror(settings)
    assert _quads(Endpoint.store) == _quads(Releases(tmp_path).current().store.store)


def test_without_an_address_the_release_is_read(tmp_path: Path) -> None:
    load(tmp_path, catalogue("a", [record("1", "Bumi")]))
    settings = Settings(data=str(tmp_path))
    assert mirror(settings) == 0
    assert isinstance(published(settings), LocalStore)


def test_a_bad_query_and_a_slow_answer_are_told_apart(remote: RemoteStore, endpoint: str) -> None:
    with pytest.raises(QueryError, match="cannot be evaluated"):
        remote.select("SELECT nonsense")
    with pytest.raises(QueryTimeout, match="1 s"):
        remote.select("SELECT * WHERE { ?s ?p ?o } # SLOW")
    with pytest.raises(QueryError, match="no SELECT"):
        remote.select("ASK { ?s ?p ?o }")


def test_an_endpoint_that_is_not_there(endpoint: str) -> None:
    with pytest.raises(StoreError, match=r"cannot be used: Connection refused\. Correct store_url"):
        RemoteStore("http://127.0.0.1:9/query").select("SELECT * WHERE { ?s ?p ?o }")
    with pytest.raises(StoreError, match="store_graph_url"):
        RemoteStore(endpoint).get_graph()


@pytest.mark.parametrize("status", [401, 403, 404, 414, 500, 502, 599])
def test_an_endpoint_that_refuses(endpoint: str, status: int) -> None:
    with pytest.raises(StoreError, match=f"cannot be used: it answers {status}") as raised:
        RemoteStore(f"{endpoint}/refusal?status={status}").ask("ASK {}")
    assert "store_url" in raised.value.remedy
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "answer", ["<!doctype html><p>Welcome</p>", "", "{}", '{"head": {"vars": ["s"]}, "results": 7}']
)
def test_an_address_where_something_else_answers(endpoint: str, answer: str) -> None:
    store = RemoteStore(f"{endpoint}/other?{urlencode({'answer': answer})}")
    for ask in (store.select, store.ask):
        with pytest.raises(StoreError, match="does not answer as a SPARQL endpoint does"):
            ask("SELECT * { ?s ?p ?o }")
    with pytest.raises(StoreError, match="does not answer as a SPARQL endpoint does"):
        RemoteStore(f"{endpoint}/other?answer=%3Chtml").construct("CONSTRUCT WHERE { ?s ?p ?o }")


def test_a_load_that_cannot_bring_the_endpoint_along_says_what_is_published(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    words = ["--data", str(tmp_path / "data"), "load", str(tmp_path / "a.ttl")]
    result = CliRunner().invoke(main, words, env={"JEJARING_STORE_URL": "http://127.0.0.1:9/query"})
    assert result.exit_code == 1
    assert "Release 1 is published on this machine, but not at the endpoint" in result.output
    assert Releases(tmp_path / "data").current_number() == 1


def test_a_password_in_the_address_is_sent_and_not_shown(endpoint: str) -> None:
    Endpoint.authorisation = "Basic " + base64.b64encode(b"me:secret").decode()
    url = endpoint.replace("http://", "http://me:secret@")
    RemoteStore(f"{endpoint}/query", f"{url}/update").load_lines(LINES)
    assert len(Endpoint.store) == len(LINES)
    assert Address.parse("digest+https://me:pw@h/sparql-auth") == Address(
        "https://h/sparql-auth", "me", "pw", DIGEST
    )
    with pytest.raises(QueryError, match="who are you"):
        RemoteStore(f"{endpoint}/query", f"{endpoint}/update").load_lines(LINES)
