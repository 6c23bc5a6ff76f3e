"""The federated queries run in a client's engine (Oxigraph, rdflib) against our SPARQL service."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from rdflib import Graph

from ontology.federation import Federated, federated_queries
from tests.endpoints.conftest import Served, published, start, stop

OURS = """
@prefix : <https://data.test/id/> . @prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:p a bf:Person ; rdfs:label "Rahmat, Dewi" ; owl:sameAs <http://www.wikidata.org/entity/Q1> .
:s a bf:Topic ; rdfs:label "Pala" ; skos:exactMatch <http://thesaurus.test/1> .
:w a bf:Work ; bf:title :wt ; bf:contribution :wc . :wt bf:mainTitle "Kebun pala" . :wc bf:agent :p .
:e a bf:Instance ; bf:instanceOf :w ; bf:identifiedBy :n . :n a bf:Isbn ; rdf:value "9786020000008" .
:i bf:itemOf :e ; bf:heldBy :kota . :j bf:itemOf :e ; bf:heldBy :kota . :kota rdfs:label "Perpustakaan Kota" .
<http://www.wikidata.org/entity/Q1> <http://www.wikidata.org/prop/direct/P19> <http://www.wikidata.org/entity/Q2> .
<http://www.wikidata.org/entity/Q2> rdfs:label "Ambarsari"@en, "Amber"@nl .
"""
MINE = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:book> schema:isbn "9786020000008" . <urn:other> schema:isbn "9786020000015" .
<urn:me> owl:sameAs <http://www.wikidata.org/entity/Q1> .
<http://thesaurus.test/1> skos:prefLabel "nootmuskaat"@nl .
"""
EXPECTED = {
    "who-holds-my-list": [("9786020000008", "Perpustakaan Kota", "2")],
    "works-by-my-authors": [("http://www.wikidata.org/entity/Q1", "https://data.test/id/w", "Kebun pala")],
    "authors-born-in": [("Rahmat, Dewi", "http://www.wikidata.org/entity/Q1", "Ambarsari")],
    "subjects-in-my-language": [("https://data.test/id/s", "Pala", "nootmuskaat")],
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = start(published(tmp_path_factory.mktemp("federation"), OURS))
    yield running
    stop(running)


@pytest.mark.parametrize("query", federated_queries(), ids=lambda one: one.name)
def test_a_client_runs_it(service: Served, query: Federated) -> None:
    text = query.at(service.url + "/sparql").replace("https://query.wikidata.org/sparql", service.url + "/sparql")
    mine = ox.Store()
    mine.load(input=MINE.encode(), format=ox.RdfFormat.TURTLE)
    assert [tuple(term.value for term in row) for row in mine.query(text)] == EXPECTED[query.name]
    if text.count("SERVICE") == 1:  # rdflib 7 asks the first service of a query twice
        graph = Graph().parse(data=MINE, format="turtle")
        assert [tuple(map(str, row)) for row in graph.query(text)] == EXPECTED[query.name]


def test_the_editor_shows_them_with_our_address_and_the_service_refuses_them(service: Served) -> None:
    page = service.get("/sparql?lang=en", headers={"Accept": "text/html"}).text
    assert f"SERVICE &lt;{service.url}/sparql&gt;" in page
    for query in federated_queries():
        assert query.title["en"] in page.replace("&#39;", "'")
        assert service.query(query.at(service.url + "/sparql")).status_code == 400
