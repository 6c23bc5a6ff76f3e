"""The example network with a queue of candidates, and a browser that is signed in."""

import re
import shutil

import pytest

from graph.matching.candidate import Candidate
from graph.matching.decisions import Decisions
from graph.matching.entry import Entry
from graph.matching.heading import Heading
from graph.matching.proposals import propose
from graph.settings import Settings
from tests.pages.conftest import publish
from web.app import create_app
from web.credentials import Credentials

BASE = "https://data.jejaring.example"
GND = "https://d-nb.info/gnd/"
HEADINGS = (
    Heading("Ann <script>", "person", "1950-", titles=("Laut",), iri=f"{BASE}/id/agent/ann"),
    Heading("Bea", "person", iri=f"{BASE}/id/agent/bea"),
    Heading("Kota", "library", coordinates=(-7.5, 110.25), iri=f"{BASE}/id/kota"),
)


THERE = """@prefix : <https://data.jejaring.example/id/agent/> .
@prefix bf: <http://id.loc.gov/ontologies/bibframe/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:ann a bf:Person ; rdfs:label "Ann <script>" . :bea a bf:Person ; rdfs:label "Bea" ."""


def filled(folder):
    """Publish the example network in a folder, with a queue; the settings that serve it."""
    publish(folder, THERE)
    decisions = Decisions.open(folder, write=True)
    found = []
    for number, heading in enumerate(HEADINGS):
        entries = [Entry(f"{GND}{number}{n}", f"{heading.text} {n}", heading.kind, dates="1950-") for n in (1, 2)]
        score = 0.9 - number / 10
        found.append((heading, [Candidate(one, score, "maybe", {"dates": 1.0}, one.label) for one in entries]))
    propose(decisions, found)
    decisions.close()
    return Settings(data=str(folder), base_iri=BASE)


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("review")
    filled(folder)
    return folder


@pytest.fixture
def data(tmp_path, once):
    """A copy of its own for each test, since publishing takes longer than copying."""
    return shutil.copytree(once, tmp_path / "data", symlinks=True)


@pytest.fixture
def app(data):
    return create_app(Settings(data=str(data), base_iri=BASE))


@pytest.fixture
def secret(data):
    return Credentials(data).make("siti", ("decisions",))[1]


class SignedIn:
    """A client with a session; ``send`` fills in the word that forms carry."""

    def __init__(self, client):
        self.client = client

    def get(self, path):
        return self.client.get(path, headers={"Accept": "text/html"})

    def send(self, path, **form):
        word = re.search(r'name="word" value="(\w+)"', self.get("/review?lang=en").get_data(as_text=True))
        return self.client.post(path, data={"word": word[1], **form}, headers={"Accept": "text/html"})


@pytest.fixture
def signed_in(app, secret):
    client = app.test_client()
    response = client.post("/review/sign-in", data={"token": secret})
    assert response.status_code == 303
    return SignedIn(client)


@pytest.fixture
def decisions(data):
    opened = Decisions.open(data)
    yield opened
    opened.close()
