"""Programs people really use, against the real server."""

import io
import shutil
import subprocess
import time
from pathlib import Path

import pandas as pd
import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import BASIC, CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from graph.releases import Releases
from tests.endpoints.conftest import BASE, Served

LABELS = "SELECT ?s ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label } ORDER BY ?s ?label"


@pytest.mark.parametrize("form", [JSON, XML, CSV])
def test_sparqlwrapper_selects(server: Served, form: str) -> None:
    wrapper = SPARQLWrapper(server.url + "/sparql")
    wrapper.setQuery(LABELS)
    wrapper.setReturnFormat(form)
    result = wrapper.query().convert()
    if form == JSON:
        assert "Laskar Pelangi" in {row["label"]["value"] for row in result["results"]["bindings"]}
    else:
        assert "Laskar Pelangi" in (result.decode() if isinstance(result, bytes) else result.toxml())


def test_sparqlwrapper_constructs_and_updates(server: Served) -> None:
    wrapper = SPARQLWrapper(server.url + "/sparql")
    wrapper.setQuery("CONSTRUCT { <urn:a> ?p ?o } WHERE { <https://data.test/id/kota> ?p ?o }")
    wrapper.setReturnFormat(TURTLE)
    assert len(Graph().parse(data=wrapper.query().convert(), format="turtle")) == 3
    wrapper.setHTTPAuth(BASIC)
    wrapper.setCredentials("desk", server.secret)
    wrapper.setMethod(POST)
    wrapper.setQuery("INSERT DATA { GRAPH <urn:g:wrapper> { <urn:a> <urn:b> 'wrapped' } }")
    wrapper.query()
    wrapper.setRequestMethod(POSTDIRECTLY)
    wrapper.setQuery("INSERT DATA { GRAPH <urn:g:wrapper> { <urn:a> <urn:b> 'directly' } }")
    wrapper.query()
    assert server.ask("ASK { GRAPH <urn:g:wrapper> { <urn:a> <urn:b> 'wrapped', 'directly' } }")


def test_rdflib_reads(server: Served) -> None:
    graph = Graph(SPARQLStore(server.url + "/sparql"))
    kota = URIRef(BASE + "/id/kota")
    assert Literal("City Library", lang="en") in set(graph.objects(kota))
    assert len(list(graph.query(LABELS))) >= 5


def test_rdflib_writes(server: Served) -> None:
    address = server.url + "/sparql"
    graph = Graph(
        SPARQLUpdateStore(address, address, auth=("desk", server.secret)), identifier=URIRef("urn:g:rdflib")
    )
    triple = (URIRef("urn:a"), URIRef("urn:b"), Literal("rdflib"))
    graph.add(triple)
    assert triple in graph
    graph.remove(triple)
    assert triple not in graph


def test_pandas_reads_csv(server: Served) -> None:
    text = server.query(LABELS, headers={"Accept": "text/csv"}).text
    assert "Laskar Pelangi" in set(pd.read_csv(io.StringIO(text))["label"])
    address = f"{server.url}/sparql?format=csv&query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fs%20%3Fp%20%3Fo%7D"
    assert pd.read_csv(address)["n"][0] > 10


def curl(*arguments: str) -> str:
    return subprocess.run(
        ["curl", "-sS", *arguments], capture_output=True, text=True, timeout=60, check=True
    ).stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_curl(server: Served) -> None:
    address = server.url + "/sparql"
    assert "true" in curl(address, "--data-urlencode", "query=ASK {}")
    assert "true" in curl("-G", address, "--data-urlencode", "query=ASK {}", "-H", "Accept: text/csv")
    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", "SELECT (1 AS ?x) {}")
    assert curl(address, *direct, "-H", "Accept: text/tab-separated-values").splitlines() == ["?x", "1"]
    followed = curl("-L", "-H", "Accept: application/n-triples", server.url + "/id/kota")
    assert '"City Library"@en' in followed
    store = server.url + "/graph-store?graph=urn:g:curl"
    token = ("-H", f"Authorization: Bearer {server.secret}", "-H", "Content-Type: text/turtle")
    curl("-X", "PUT", store, *token, "--data-binary", "<urn:a> <urn:b> <urn:c> .")
    assert "urn:c" in curl(store)
    whole = curl("-0", address, "--data-urlencode", "query=SELECT * {?s ?p ?o}", "-H", "Accept: text/csv")
    assert whole.count("\n") > 10


COMUNICA = Path(__file__).resolve().parents[2] / "build/comunica/node_modules/.bin/comunica-sparql"


@pytest.mark.skipif(not COMUNICA.exists(), reason="needs .ci/comunica, which make test runs")
def test_comunica(server: Served) -> None:
    """It finds out by itself that this is an endpoint, and splits the query as it likes."""
    text = "SELECT ?label { <https://data.test/id/kota> ?p ?label FILTER(LANG(?label) = 'en') }"
    done = subprocess.run(
        [str(COMUNICA), server.url + "/sparql", "-q", text], capture_output=True, text=True, timeout=120, check=True
    )
    assert "City Library" in done.stdout


EVALUATED = [
    "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
    "SELECT ?s (COUNT(*) AS ?n) (GROUP_CONCAT(STR(?o)) AS ?all) { ?s ?p ?o } GROUP BY ?s ORDER BY ?s",
    "SELECT ?a ?b { ?a (<http://id.loc.gov/ontologies/bibframe/instanceOf>|^a)* ?b } ORDER BY ?a ?b",
    "SELECT * { VALUES (?x ?y) { (1 UNDEF) ('a'@id 2.50) (UNDEF <urn:z>) } OPTIONAL { ?x ?p ?o } } ORDER BY ?x ?y",
    "SELECT (REPLACE('abc', 'b', 'x') AS ?r) (SHA256('a') AS ?h) (STRDT('1', <urn:d>) AS ?d) {}",
    "SELECT ?s { ?s ?p ?o MINUS { ?s a ?t } } ORDER BY ?s",
    "SELECT (1/0 AS ?error) (BNODE() AS ?ignored) {} LIMIT 0",
    "ASK { <https://data.test/id/kota> a ?class }",
]


@pytest.mark.parametrize("text", EVALUATED)
@pytest.mark.parametrize(("form", "format"), [("json", "JSON"), ("xml", "XML"), ("csv", "CSV"), ("tsv", "TSV")])
def test_nothing_is_lost_against_the_bare_engine(server: Served, text: str, form: str, format: str) -> None:
    bare = Releases(server.data).current().store.store.query(text)
    expected = bare.serialize(format=getattr(ox.QueryResultsFormat, format))
    assert server.get("/sparql", params={"query": text, "format": form}).content == expected


def test_a_large_result_is_complete(big: Served) -> None:
    began = time.monotonic()
    answer = big.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }", "format": "csv"}, stream=True)
    lines = sum(chunk.count(b"\n") for chunk in answer.iter_content(1 << 20))
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert lines == 120_001
    assert time.monotonic() - began < 10
