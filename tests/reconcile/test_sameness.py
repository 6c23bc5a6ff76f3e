"""``/sameas``, and what pages say of links: identifiers elsewhere, names there, who decided."""

import pytest
from flask.testing import FlaskClient

from graph.settings import Settings
from ingest.writing import Writing, publish_writing
from web.app import create_app

BASE = "https://data.test"
GND, LC, WIKIDATA = (
    "https://d-nb.info/gnd/1",
    "http://id.loc.gov/authorities/subjects/sh1",
    "http://www.wikidata.org/entity/Q1",
)
OURS = f"""
@prefix : <{BASE}/id/> . @prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix jp: <https://w3id.org/jejaring/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix dct: <http://purl.org/dc/terms/> .
<{BASE}/id/subject/pala> a bf:Topic ; rdfs:label "Pala" ; skos:exactMatch <{LC}>, <{GND}> .
<{BASE}/id/subject/a> a bf:Topic ; rdfs:label "A" ; skos:exactMatch <{WIKIDATA}> .
<{BASE}/id/subject/b> a bf:Topic ; rdfs:label "B" ; skos:exactMatch <{WIKIDATA}> .
<{BASE}/id/subject/none> a bf:Topic ; rdfs:label "Tanpa" .
<{BASE}/id/decision/1> a jp:LinkDecision ; jp:decidedEntity <{BASE}/id/subject/pala> ; jp:decidedTarget <{LC}> ;
  jp:decidedBy "Siti" ; jp:reviewed true ; jp:score 0.91 ; dct:created "2026-11-20T08:00:00Z"^^xsd:dateTime .
<{GND}> skos:prefLabel "Muskat"@de .
"""
THEIRS = f"""
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<{LC}> skos:prefLabel "Nutmeg"@en ; skos:altLabel "Myristica <b>"@la .
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    settings = Settings(data=str(tmp_path_factory.mktemp("sameas")), base_iri=BASE, public_url="https://here.test")
    writings = [
        Writing("post", OURS.encode(), None, "text/turtle", BASE + "/"),
        Writing("post", THEIRS.encode(), None, "text/turtle", BASE + "/"),
        Writing("post", THEIRS.encode(), f"{BASE}/graph/lcsh", "text/turtle", BASE + "/"),
    ]
    publish_writing(settings, writings)
    return create_app(settings).test_client()


@pytest.mark.parametrize("uri", [LC, LC.replace("http:", "https:"), LC + "/", GND])
def test_an_iri_elsewhere_leads_to_ours(client: FlaskClient, uri: str) -> None:
    answer = client.get("/sameas", query_string={"uri": uri})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/id/subject/pala")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_an_iri_of_ours_leads_to_its_identifiers(client: FlaskClient) -> None:
    answer = client.get("/sameas", query_string={"uri": f"{BASE}/id/subject/pala"})
    assert answer.headers["Location"] == "/sameas/subject/pala"


def test_several_are_listed(client: FlaskClient) -> None:
    answer = client.get("/sameas", query_string={"uri": WIKIDATA, "format": "json"})
    assert answer.status_code == 300
    assert answer.get_json()["entities"] == [f"{BASE}/id/subject/a", f"{BASE}/id/subject/b"]
    assert "/subjek/a" in client.get("/sameas", query_string={"uri": WIKIDATA}).get_data(as_text=True)


@pytest.mark.parametrize(
    ("uri", "status"),
    [
        ("", 400),
        ("Q1", 400),
        ("http://a b", 400),
        ('http://a"> ', 400),
        ("http://x.test/1", 404),
        (f"{BASE}/id/x", 404),
    ],
)
def test_what_leads_nowhere(client: FlaskClient, uri: str, status: int) -> None:
    assert client.get("/sameas", query_string={"uri": uri}).status_code == status


def test_identifiers_as_json(client: FlaskClient) -> None:
    content = client.get("/sameas/subject/pala", headers={"Accept": "application/json"}).get_json()
    assert (content["id"], content["label"]) == (f"{BASE}/id/subject/pala", "Pala")
    by_id = {one["id"]: one for one in content["sameAs"]}
    assert set(by_id) == {LC, GND}
    assert by_id[LC]["decision"] == {"by": "Siti", "at": "2026-11-20T08:00:00Z", "score": 0.91, "person": True}
    assert by_id[LC]["names"][0] == {
        "text": "Nutmeg", "language": "en", "preferred": True, "source": f"{BASE}/graph/lcsh",
    }  # fmt: skip
    assert (by_id[GND]["list"], by_id[GND]["number"]) == ("GND", "1")
    assert "decision" not in by_id[GND]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "decided by a person: Siti"), ("id", "diputuskan orang: Siti")]
)
def test_identifiers_as_a_page(client: FlaskClient, language: str, words: str) -> None:
    text = client.get(f"/sameas/subject/pala?lang={language}", headers={"Accept": "text/html"}).get_data(
        as_text=True
    )
    assert words in text
    assert "Myristica &lt;b&gt;" in text
    assert '<bdi lang="de">Muskat</bdi>' in text
    assert client.get("/sameas/subject/x", headers={"Accept": "text/html"}).status_code == 404


def test_page_of_an_entity_shows_names_elsewhere(client: FlaskClient) -> None:
    english = client.get("/subjek/pala?lang=en", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert '<p class="lead"><bdi>Nutmeg</bdi></p>' in english
    assert 'href="/sameas/subject/pala?lang=en"' in english
    assert '<bdi lang="la">Myristica' in english
    indonesian = client.get("/subjek/pala?lang=id", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert '<p class="lead"><bdi>Nutmeg' not in indonesian
    without = client.get("/subjek/none?lang=en", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert "Elsewhere" not in without


def test_search_finds_by_names_elsewhere(client: FlaskClient) -> None:
    for words in ("Nutmeg", "muskat", GND):
        rows = client.get("/search.json", query_string={"q": words}).get_json()["results"]
        assert [one["title"] for one in rows] == ["Pala"]
