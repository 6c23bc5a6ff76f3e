"""From a decision in the browser to the published graph, and to the addresses of what was merged."""

import pytest

from graph.settings import Settings
from ingest.inputs import Input
from ingest.pipeline import Pipeline
from tests.review.conftest import SignedIn
from web.app import create_app
from web.credentials import Credentials

BASE = "https://data.test"
TURTLE = """
@prefix a: <https://data.test/id/agent/> . @prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
a:ann a bf:Person ; rdfs:label "Ann" . a:anna a bf:Person ; rdfs:label "Anna" .
<https://data.test/id/work/w1> a bf:Work ; rdfs:label "Laut" ; bf:contribution <https://data.test/id/work/w1#c> .
<https://data.test/id/work/w1#c> a bf:Contribution ; bf:agent a:ann .
"""


@pytest.fixture(scope="module")
def signed_in(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    file = folder / "agents.ttl"
    file.write_text(TURTLE)
    settings = Settings(data=str(folder / "data"), base_iri=BASE)
    Pipeline(settings).load([Input(file)])
    client = create_app(settings).test_client()
    client.post("/review/sign-in", data={"token": Credentials(settings.data).make("siti", ("decisions",))[1]})
    return SignedIn(client)


def test_a_merge_is_published_by_a_button_and_old_addresses_lead_on(signed_in):
    assert "Semua sudah terbit" in signed_in.get("/review?lang=id").get_data(as_text=True)
    signed_in.send("/review/pair", entity="agent/ann", target="agent/anna", choice="same")
    assert "Publish 1 act" in signed_in.get("/review?lang=en").get_data(as_text=True)
    assert signed_in.get("/id/agent/ann").status_code == 303
    response = signed_in.send("/review/publish")
    assert response.status_code == 303, response.get_data(as_text=True)
    assert "Semua sudah terbit" in signed_in.get("/review?lang=id").get_data(as_text=True)
    moved = signed_in.get("/id/agent/ann")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/id/agent/anna")
    assert moved.headers["Link"] == f'<{BASE}/id/agent/anna>; rel="successor-version"'
    assert signed_in.get("/data/agent/ann.ttl").headers["Location"] == "/data/agent/anna.ttl"
    assert signed_in.get("/data/agent/ann").headers["Location"] == "/data/agent/anna"
    page = signed_in.get(signed_in.get("/id/agent/anna").headers["Location"])
    assert "Ann" in page.get_data(as_text=True)
    old = signed_in.get("/pelaku/ann")
    assert old.status_code in {301, 404}
    asked = signed_in.client.get(
        "/sparql",
        query_string={
            "query": f"ASK {{ ?w <http://id.loc.gov/ontologies/bibframe/agent> <{BASE}/id/agent/anna> }}"
        },
        headers={"Accept": "application/sparql-results+json"},
    )
    assert asked.get_json()["boolean"] is True


def test_a_load_in_another_process_is_waited_for(signed_in):
    from ingest.building import Lock

    signed_in.send("/review/pair", entity="agent/anna", target="https://d-nb.info/gnd/1", choice="same")
    data = signed_in.client.application.extensions["site"].settings.data
    lock = Lock(data)
    response = signed_in.send("/review/publish")
    lock.free()
    assert response.status_code == 503
    assert "Proses lain" in response.get_data(as_text=True)
