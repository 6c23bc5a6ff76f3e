"""SPARQL 1.1 Graph Store HTTP Protocol: the cases of its test manifest, over real HTTP."""

import gzip

import pytest
import requests
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

from tests.endpoints.conftest import BASE, Served

TURTLE = {"Content-Type": "text/turtle; charset=utf-8"}
PERSON = """@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix v: <http://www.w3.org/2006/vcard/ns#> .
<http://example.org/person/1> a foaf:Person ; foaf:businessCard [ a v:VCard ; v:fn "John Doe" ] ."""
OTHER = '<http://example.org/person/1> <http://xmlns.com/foaf/0.1/name> "Jane Doe" .'


def store(server: Served, method: str, graph: str, body: bytes | str = b"", **headers: str) -> requests.Response:
    address = f"{server.url}/graph-store{graph}"
    content = body.encode() if isinstance(body, str) else body
    return requests.request(method, address, data=content, headers={**server.bearer, **headers}, timeout=60)


def named(name: str) -> str:
    return f"?graph=http%3A%2F%2Fexample.org%2F{name}"


def same(server: Served, graph: str, *turtle: str) -> bool:
    answer = store(server, "GET", graph, Accept="text/turtle")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/turtle")
    expected = Graph()
    for text in turtle:
        expected.parse(data=text, format="turtle")
    return isomorphic(Graph().parse(data=answer.text, format="turtle"), expected)


def test_a_graph_of_any_name_is_in_the_service_description(server: Served) -> None:
    graph = "?graph=https%3A%2F%2Fw3id.org%2Fjejaring%2Fns%23holdings"
    store(server, "PUT", graph, OTHER, **TURTLE)
    described = Graph().parse(data=server.get("/sparql", headers={"Accept": "text/turtle"}).text, format="turtle")
    assert URIRef("https://w3id.org/jejaring/ns#holdings") in set(described.objects())
    store(server, "DELETE", graph)


def test_life_of_a_graph(server: Served) -> None:
    graph = named("life")
    assert store(server, "GET", graph).status_code == 404
    assert store(server, "HEAD", graph).status_code == 404
    assert store(server, "DELETE", graph).status_code == 404
    assert store(server, "PUT", graph, PERSON, **TURTLE).status_code == 201
    assert same(server, graph, PERSON)
    assert store(server, "PUT", graph, OTHER, **TURTLE).status_code == 204
    assert same(server, graph, OTHER)
    assert store(server, "POST", graph, PERSON, **TURTLE).status_code == 204
    assert same(server, graph, OTHER, PERSON)
    head = store(server, "HEAD", graph, Accept="text/turtle")
    assert (head.status_code, head.headers["Content-Type"][:11], head.content) == (200, "text/turtle", b"")
    assert store(server, "DELETE", graph).status_code == 204
    assert store(server, "GET", graph).status_code == 404


def test_empty_graph(server: Served) -> None:
    assert store(server, "PUT", named("empty"), "", **TURTLE).status_code == 201
    answer = store(server, "GET", named("empty"))
    assert answer.status_code == 200
    assert len(Graph().parse(data=answer.text, format="turtle")) == 0


def test_post_of_nothing_to_an_existing_graph(server: Served) -> None:
    store(server, "PUT", named("kept"), OTHER, **TURTLE)
    assert store(server, "POST", named("kept"), "", **TURTLE).status_code == 204
    assert same(server, named("kept"), OTHER)


def test_post_makes_a_graph(server: Served) -> None:
    assert store(server, "POST", named("posted"), OTHER, **TURTLE).status_code == 201
    assert same(server, named("posted"), OTHER)


def test_post_to_the_store_names_the_new_graph(server: Served) -> None:
    answer = store(server, "POST", "", OTHER, **TURTLE)
    assert answer.status_code == 201
    location = answer.headers["Location"]
    assert location.startswith(server.url + "/graph-store/")
    assert same(server, location.removeprefix(server.url + "/graph-store"), OTHER)


def test_direct_identification(server: Served) -> None:
    assert store(server, "PUT", "/people/1.ttl", OTHER, **TURTLE).status_code == 201
    assert same(server, "/people/1.ttl", OTHER)
    indirect = f"?graph={requests.utils.quote(server.url + '/graph-store/people/1.ttl', safe='')}"
    assert same(server, indirect, OTHER)
    assert store(server, "DELETE", "/people/1.ttl").status_code == 204


def test_relative_names_are_resolved_against_the_graph(server: Served) -> None:
    assert store(server, "PUT", named("dir/doc"), "<#it> <urn:p> <other> .", **TURTLE).status_code == 201
    assert server.ask("ASK { GRAPH ?g { <http://example.org/dir/doc#it> <urn:p> <http://example.org/dir/other> } }")


def test_multipart(server: Served) -> None:
    files = {"a": ("a.ttl", PERSON, "text/turtle"), "b": ("b.nt", OTHER, "application/n-triples")}
    address = f"{server.url}/graph-store{named('parts')}"
    assert requests.post(address, files=files, headers=server.bearer, timeout=60).status_code == 201
    assert same(server, named("parts"), PERSON, OTHER)


@pytest.mark.parametrize(
    ("mime", "body"),
    [
        ("application/n-triples", "<urn:s> <urn:p> <urn:o> ."),
        ("application/ld+json", '{"@id": "urn:s", "urn:p": {"@id": "urn:o"}}'),
        (
            "application/rdf+xml",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
            '<rdf:Description rdf:about="urn:s"><u:p rdf:resource="urn:o"/></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_formats(server: Served, mime: str, body: str) -> None:
    store(server, "PUT", named("format"), body, **{"Content-Type": mime})
    answer = store(server, "GET", named("format"), Accept=mime)
    assert answer.headers["Content-Type"].startswith(mime)
    assert server.ask("ASK { GRAPH <http://example.org/format> { <urn:s> <urn:p> <urn:o> } }")


def test_compressed(server: Served) -> None:
    headers = {**TURTLE, "Content-Encoding": "gzip"}
    assert store(server, "PUT", named("gz"), gzip.compress(OTHER.encode()), **headers).status_code == 201
    assert same(server, named("gz"), OTHER)


def test_default_graph(server: Served) -> None:
    assert store(server, "POST", "?default", "<urn:default> <urn:p> 1 .", **TURTLE).status_code == 204
    assert "urn:default" in store(server, "GET", "?default", Accept="application/n-triples").text


def test_graph_of_a_source_is_read_and_not_written(server: Served) -> None:
    server.update(f"INSERT DATA {{ GRAPH <{BASE}/graph/kota> {{ <urn:s> <urn:p> 1 }} }}")
    assert "urn:s" in server.get("/graph/kota").text
    answer = store(server, "PUT", f"?graph={BASE}/graph/kota", OTHER, **TURTLE)
    assert answer.status_code == 409
    assert "jejaring load" in answer.text


@pytest.mark.parametrize(
    ("method", "graph", "body", "headers", "status"),
    [
        ("PUT", named("bad"), "not turtle", TURTLE, 400),
        ("PUT", named("bad"), OTHER, {"Content-Type": "image/png"}, 415),
        ("PUT", named("bad"), OTHER, {**TURTLE, "Content-Encoding": "br"}, 415),
        ("PUT", named("bad"), b"\x1f\x8bnot gzip", {**TURTLE, "Content-Encoding": "gzip"}, 400),
        ("PUT", "", OTHER, TURTLE, 400),
        ("GET", "", "", {}, 400),
        ("PUT", "?default&graph=urn:x", OTHER, TURTLE, 400),
        ("PUT", "?graph=urn:x&graph=urn:y", OTHER, TURTLE, 400),
        ("PUT", "?graph=not%20an%20iri", OTHER, TURTLE, 400),
        ("PUT", "?graph=relative", OTHER, TURTLE, 400),
        ("PATCH", named("bad"), "", {}, 405),
        ("GET", named("kept"), "", {"Accept": "image/png"}, 406),
    ],
)
def test_refusals(server: Served, method: str, graph: str, body: str, headers: dict[str, str], status: int) -> None:
    answer = store(server, method, graph, body, **headers)
    assert answer.status_code == status
    assert answer.text.strip()


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_writing_needs_a_token(server: Served, method: str) -> None:
    answer = requests.request(method, server.url + "/graph-store?default", data=OTHER, headers=TURTLE, timeout=30)
    assert answer.status_code == 401
    assert server.ask("ASK { <https://data.test/id/kota> ?p ?o }")


def test_a_failing_part_undoes_the_whole_write(server: Served) -> None:
    files = {"a": ("a.ttl", OTHER, "text/turtle"), "b": ("b.ttl", "nonsense", "text/turtle")}
    address = f"{server.url}/graph-store{named('undone')}"
    assert requests.put(address, files=files, headers=server.bearer, timeout=60).status_code == 400
    assert store(server, "GET", named("undone")).status_code == 404


LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="urn:&lol2;"/></rdf:RDF>"""
FILE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">
<rdf:Description rdf:about="urn:s"><u:p>&e;</u:p></rdf:Description></rdf:RDF>"""


@pytest.mark.parametrize("document", [LAUGHS, FILE])
def test_entities_are_not_expanded(server: Served, document: str) -> None:
    answer = store(server, "PUT", named("xml"), document, **{"Content-Type": "application/rdf+xml"})
    assert answer.status_code == 400
    assert "entity" in answer.text


def test_remote_context_is_not_fetched(server: Served) -> None:
    body = '{"@context": "http://127.0.0.1:9/context", "@id": "urn:s", "name": "x"}'
    answer = store(server, "PUT", named("context"), body, **{"Content-Type": "application/ld+json"})
    assert answer.status_code == 400


def test_compression_bomb(server: Served) -> None:
    bomb = gzip.compress(b"#" * (64 << 20), 9)
    answer = store(server, "PUT", named("bomb"), bomb, **{**TURTLE, "Content-Encoding": "gzip"})
    assert answer.status_code == 413


def test_deep_nesting_kills_no_more_than_its_own_process(server: Served) -> None:
    body = "<urn:s> <urn:p> " + "(" * 50_000 + ")" * 50_000 + " ."
    assert store(server, "PUT", named("deep"), body, **TURTLE).status_code in {201, 400}
    assert server.get("/health").status_code == 200
