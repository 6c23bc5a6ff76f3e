"""Search finds entities by names and numbers elsewhere, and works by those of their makers and subjects."""

import pyoxigraph as ox
import pytest

from graph.search import Search, Wanted, build
from graph.store import LocalStore

TURTLE = """
@prefix : <https://data.test/id/> . @prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix mads: <http://www.loc.gov/mads/rdf/v1#> .
@prefix gnd: <https://d-nb.info/gnd/> . @prefix sh: <http://id.loc.gov/authorities/subjects/> .
:p a bf:Person ; rdfs:label "Rahmat, Dewi" ; skos:altLabel "Dewi R." ; owl:sameAs gnd:118000013 .
gnd:118000013 skos:prefLabel "Rachmat, Dewi"@de ; skos:altLabel "Рахмат"@ru .
:s a bf:Topic ; rdfs:label "Pala" ; skos:exactMatch sh:sh001 .
sh:sh001 mads:authoritativeLabel "Nutmeg"@en ; mads:variantLabel "Myristica"@en .
:w a bf:Work ; bf:title <https://data.test/id/w#t> ; bf:subject :s ; bf:contribution <https://data.test/id/w#c> .
<https://data.test/id/w#t> bf:mainTitle "Kebun di lereng" . <https://data.test/id/w#c> bf:agent :p .
:other a bf:Work ; bf:title <https://data.test/id/other#t> . <https://data.test/id/other#t> bf:mainTitle "Laut" .
"""


@pytest.fixture(scope="module")
def search(tmp_path_factory):
    store = ox.Store()
    store.load(input=TURTLE.encode(), format=ox.RdfFormat.TURTLE)
    release = tmp_path_factory.mktemp("variants")
    build(LocalStore(store), release)
    return Search(release)


def found(search, words):
    return {one.iri.rpartition("/")[2] for one in search.find(Wanted(words)).results}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Rachmat Dewi", {"p", "w"}),
        ("Рахмат", {"p", "w"}),
        ("rakhmat", {"p", "w"}),
        ("dewi r", {"p", "w"}),
        ("nutmeg", {"s", "w"}),
        ("Myristica", {"s", "w"}),
        ("118000013", {"p"}),
        ("https://d-nb.info/gnd/118000013", {"p"}),
        ("sh001", {"s"}),
    ],
)
def test_found_by_names_and_numbers_elsewhere(search, words, expected):
    assert found(search, words) == expected


def test_suggested_by_other_names(search):
    assert [one.title for one in search.suggest("rachm")] == ["Rahmat, Dewi"]
    assert [one.title for one in search.suggest("nutm")] == ["Pala"]


def test_title_shown_stays_ours(search):
    first = search.find(Wanted("Rachmat", chosen={"kind": "agent"})).results[0]
    assert first.title == "Rahmat, Dewi"
