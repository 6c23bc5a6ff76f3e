"""SPARQL 1.1 Protocol: the cases of the recommendation (section 4) and of its test manifest, over real HTTP."""

import pytest
import requests
from rdflib import Graph

from tests.endpoints.conftest import Served

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
PEOPLE = "http://www.w3.org/People/Berners-Lee/card"
DATA = ("https://data.test/g/1", "https://data.test/g/2", "https://data.test/g/3")


def post(
    server: Served, body: bytes | str, mime: str | None, address: str = "", **headers: str
) -> requests.Response:
    given = {"Content-Type": mime, **headers} if mime else headers
    content = body.encode() if isinstance(body, str) else body
    return requests.post(server.url + "/sparql" + address, data=content, headers=given, timeout=30)


@pytest.fixture(scope="module", autouse=True)
def graphs(server: Served) -> None:
    """Three graphs, each with one statement that says which it is."""
    text = ";".join(
        f"INSERT DATA {{ GRAPH <{g}> {{ <urn:s{i}> a <urn:T> ; <urn:n> {i} }} }}" for i, g in enumerate(DATA)
    )
    assert server.update(text).status_code == 200


# Queries


def test_query_by_get(server: Served) -> None:
    answer = server.query("ASK {}")
    assert answer.status_code == 200
    assert answer.json()["boolean"] is True


def test_query_by_form(server: Served) -> None:
    assert post(server, "query=ASK%20%7B%7D", FORM).json()["boolean"] is True


def test_query_by_form_with_charset(server: Served) -> None:
    assert post(server, "query=ASK%20%7B%7D", FORM + "; charset=UTF-8").json()["boolean"] is True


def test_query_direct(server: Served) -> None:
    assert post(server, "ASK {}", QUERY).json()["boolean"] is True


def test_query_direct_with_charset(server: Served) -> None:
    assert post(server, 'ASK { FILTER("é" = "\\u00E9") }', QUERY + "; charset=utf-8").json()["boolean"] is True


def count(server: Served, pattern: str, address: str) -> int:
    answer = post(server, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", QUERY, "?" + address)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize(
    ("pattern", "dataset", "expected"),
    [
        ("?s a <urn:T>", f"default-graph-uri={DATA[0]}", 1),
        ("?s a <urn:T>", f"default-graph-uri={DATA[0]}&default-graph-uri={DATA[1]}", 2),
        ("GRAPH ?g { ?s a <urn:T> }", f"named-graph-uri={DATA[0]}", 1),
        ("GRAPH ?g { ?s a <urn:T> }", f"named-graph-uri={DATA[0]}&named-graph-uri={DATA[2]}", 2),
        ("?s a <urn:T>", f"named-graph-uri={DATA[0]}", 0),
        ("GRAPH ?g { ?s a <urn:T> }", f"default-graph-uri={DATA[0]}", 0),
        ("?a a <urn:T> GRAPH ?g { ?s a <urn:T> }", f"default-graph-uri={DATA[0]}&named-graph-uri={DATA[1]}", 1),
        ("?s ?p ?o", "default-graph-uri=https://data.test/g/none", 0),
    ],
)
def test_dataset_of_the_request(server: Served, pattern: str, dataset: str, expected: int) -> None:
    assert count(server, pattern, dataset) == expected


def test_dataset_in_a_form(server: Served) -> None:
    fields = {"query": "ASK { ?s a <urn:T> }", "default-graph-uri": DATA[1]}
    answer = requests.post(server.url + "/sparql", data=fields, timeout=30)
    assert answer.json()["boolean"] is True


def test_dataset_of_the_request_goes_before_from(server: Served) -> None:
    text = f"SELECT ?n FROM <{DATA[0]}> {{ ?s <urn:n> ?n }}"
    answer = server.get("/sparql", params={"query": text, "default-graph-uri": DATA[2]})
    assert [row["n"]["value"] for row in answer.json()["results"]["bindings"]] == ["2"]


def test_from_in_the_query(server: Served) -> None:
    answer = server.query(f"SELECT ?n FROM <{DATA[1]}> {{ ?s <urn:n> ?n }}")
    assert [row["n"]["value"] for row in answer.json()["results"]["bindings"]] == ["1"]


def test_named_graphs_are_there_without_a_dataset(server: Served) -> None:
    assert server.ask(f"ASK {{ GRAPH <{DATA[2]}> {{ ?s <urn:n> 2 }} }}")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(server: Served, method: str) -> None:
    answer = requests.request(method, server.url + "/sparql", params={"query": "ASK {}"}, timeout=30)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("body", "mime", "status"),
    [
        ("query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
        ("ASK {}", "text/plain", 415),
        ("ASK {}", None, 415),
        ("query=ASK%20%7B%7D", None, 415),
        ("ASK {}", FORM, 400),
        ("", FORM, 400),
        ("query=ASK%20%7B", FORM, 400),
        ("ASK {", QUERY, 400),
        ("ASK {}".encode("utf-16"), QUERY + "; charset=UTF-16", 415),
        (b'ASK { ?s ?p "\xff\xfe" }', QUERY, 400),
        (b"query=ASK+%7B+%3Fs+%3Fp+%22%FF%22+%7D", FORM, 400),
        ("query=ASK%20%7B%7D&update=CLEAR%20ALL", FORM, 400),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", QUERY, 400),
        ("query=ASK%20%7B%7D&default-graph-uri=no%20iri", FORM, 400),
    ],
)
def test_bad_queries(server: Served, body: bytes | str, mime: str | None, status: int) -> None:
    answer = post(server, body, mime)
    assert answer.status_code == status
    assert answer.text.strip()


def test_two_queries_in_the_address(server: Served) -> None:
    assert server.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D").status_code == 400


def test_query_in_address_is_not_read_from_a_direct_post(server: Served) -> None:
    assert post(server, "ASK {}", QUERY, "?query=nonsense").status_code == 400


@pytest.mark.parametrize(
    ("text", "accept", "mime"),
    [
        ("SELECT * {}", None, "application/sparql-results+json"),
        ("SELECT * {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("SELECT * {}", "text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        ("SELECT * {}", "text/csv", "text/csv"),
        ("SELECT * {}", "application/json", "application/sparql-results+json"),
        (
            "SELECT * {}",
            "application/xml;q=0.9, application/sparql-results+json;q=0.2",
            "application/sparql-results+xml",
        ),
        ("SELECT * {}", "text/turtle, */*;q=0.1", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+json", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", None, "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle", "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/rdf+xml", "application/rdf+xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples", "application/n-triples"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/ld+json", "application/ld+json"),
        (
            "DESCRIBE <https://data.test/id/kota>",
            "application/n-triples, text/turtle;q=0.3",
            "application/n-triples",
        ),
    ],
)
def test_result_formats(server: Served, text: str, accept: str | None, mime: str) -> None:
    answer = server.query(text, headers={"Accept": accept} if accept else {})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].partition(";")[0] == mime
    assert "Accept" in answer.headers["Vary"]


def test_nothing_acceptable(server: Served) -> None:
    answer = server.query("SELECT * {}", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/csv" in answer.text


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf", "jsonld"])
def test_triples_can_be_read_back(server: Served, form: str) -> None:
    names = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
    answer = server.get("/sparql", params={"query": "DESCRIBE <https://data.test/id/kota>", "format": form})
    assert len(Graph().parse(data=answer.text, format=names[form])) == 3


def test_head_has_the_headers_of_get(server: Served) -> None:
    answer = requests.head(server.url + "/sparql", params={"query": "ASK {}"}, timeout=30)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/sparql-results+json"
    assert not answer.content


def test_preflight_and_sharing(server: Served) -> None:
    asked = requests.options(server.url + "/sparql", headers={"Origin": "https://elsewhere.test"}, timeout=30)
    assert asked.status_code == 204
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
    answer = server.query("ASK {}", headers={"Origin": "https://elsewhere.test"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


# Updates


def test_update_by_form(server: Served) -> None:
    body = {"update": "INSERT DATA { GRAPH <urn:g:form> { <urn:a> <urn:b> 1 } }"}
    answer = requests.post(server.url + "/sparql", data=body, headers=server.bearer, timeout=30)
    assert answer.status_code == 200
    assert server.ask("ASK { GRAPH <urn:g:form> { <urn:a> <urn:b> 1 } }")


def test_update_direct(server: Served) -> None:
    assert server.update("INSERT DATA { GRAPH <urn:g:direct> { <urn:a> <urn:b> 1 } }").status_code == 200
    assert server.ask("ASK { GRAPH <urn:g:direct> { <urn:a> <urn:b> 1 } }")


def test_update_with_base(server: Served) -> None:
    text = "BASE <http://example.org/> CLEAR SILENT GRAPH <g> ; INSERT DATA { GRAPH <g> { <a> <b> <c> } }"
    assert server.update(text).status_code == 200
    assert server.ask("ASK { GRAPH <http://example.org/g> { <http://example.org/a> ?p ?o } }")


@pytest.mark.parametrize(
    ("dataset", "where", "expected"),
    [
        ({"using-graph-uri": DATA[0]}, "?s a <urn:T>", {"urn:s0"}),
        ({"using-graph-uri": list(DATA[:2])}, "?s a <urn:T>", {"urn:s0", "urn:s1"}),
        ({"using-named-graph-uri": DATA[1]}, "GRAPH ?g { ?s a <urn:T> }", {"urn:s1"}),
        ({"using-named-graph-uri": DATA[1]}, "?s a <urn:T>", set()),
        (
            {"using-graph-uri": DATA[0], "using-named-graph-uri": DATA[2]},
            "{ ?s a <urn:T> } UNION { GRAPH ?g { ?s a <urn:T> } }",
            {"urn:s0", "urn:s2"},
        ),
    ],
)
def test_dataset_of_an_update(server: Served, dataset: dict[str, object], where: str, expected: set[str]) -> None:
    text = f"CLEAR SILENT GRAPH <urn:g:out> ; INSERT {{ GRAPH <urn:g:out> {{ ?s a <urn:U> }} }} WHERE {{ {where} }}"
    fields = {"update": text, **dataset}
    assert requests.post(server.url + "/sparql", data=fields, headers=server.bearer, timeout=30).status_code == 200
    rows = server.query("SELECT ?s { GRAPH <urn:g:out> { ?s a <urn:U> } }").json()["results"]["bindings"]
    assert {row["s"]["value"] for row in rows} == expected


def test_dataset_of_delete_where(server: Served) -> None:
    """The short form has no place for USING; only the named graph is matched, the default graph is deleted from."""
    server.update("INSERT DATA { <urn:x> <urn:y> 1 . GRAPH <urn:g:dw> { <urn:x> <urn:y> 1 } }")
    fields = {"update": "DELETE WHERE { <urn:x> <urn:y> ?o }", "using-graph-uri": "urn:g:none"}
    requests.post(server.url + "/sparql", data=fields, headers=server.bearer, timeout=30)
    assert server.ask("ASK { <urn:x> <urn:y> 1 }")
    fields["using-graph-uri"] = "urn:g:dw"
    requests.post(server.url + "/sparql", data=fields, headers=server.bearer, timeout=30)
    assert not server.ask("ASK { <urn:x> <urn:y> 1 }")


@pytest.mark.parametrize(
    ("body", "mime", "address", "status"),
    [
        ("update=CLEAR%20SILENT%20GRAPH%20%3Curn%3Aq%3E&update=ASK", FORM, "", 400),
        ("CLEAR GRAPH <urn:q>", "text/plain", "", 415),
        ("update=CLEAR%20NAMED", None, "", 415),
        ("CLEAR GRAPH <urn:q>", None, "", 415),
        ("INSERT DATA { nonsense }", UPDATE, "", 400),
        ("update=INSERT+nonsense", FORM, "", 400),
        ("ASK {}", UPDATE, "", 400),
        ("update=ASK%20%7B%7D", FORM, "", 400),
        ("CLEAR GRAPH <urn:q>".encode("utf-16"), UPDATE + "; charset=UTF-16", "", 415),
        (b'INSERT DATA { <urn:a> <urn:b> "\xff" }', UPDATE, "", 400),
        ("WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", UPDATE, "?using-graph-uri=urn:g", 400),
        ("INSERT { ?s a ?o } USING <urn:g> WHERE { ?s a ?o }", UPDATE, "?using-named-graph-uri=urn:g", 400),
        ("LOAD <http://127.0.0.1/>", UPDATE, "", 400),
        ("INSERT { ?s a ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s a ?o } }", UPDATE, "", 400),
    ],
)
def test_bad_updates(server: Served, body: bytes | str, mime: str | None, address: str, status: int) -> None:
    before = server.get("/health").json()["release"]
    assert post(server, body, mime, address, **server.bearer).status_code == status
    assert server.get("/health").json()["release"] == before


def test_update_by_get(server: Served) -> None:
    answer = server.get("/sparql", params={"update": "CLEAR ALL"}, headers=server.bearer)
    assert answer.status_code == 405


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic !!!"}])
def test_update_without_a_valid_token(server: Served, headers: dict[str, str]) -> None:
    answer = post(server, "CLEAR ALL", UPDATE, **headers)
    assert answer.status_code == 401
    assert "Bearer" in answer.headers["WWW-Authenticate"]
    assert server.ask("ASK { <https://data.test/id/kota> ?p ?o }")


def test_update_is_all_or_nothing(server: Served) -> None:
    text = "INSERT DATA { <urn:half> <urn:p> 1 } ; CREATE GRAPH <https://data.test/g/1>"
    assert server.update(text).status_code == 400
    assert not server.ask("ASK { <urn:half> ?p ?o }")


def test_empty_update(server: Served) -> None:
    assert server.update("").status_code == 200
