"""What a page says refers to an entity: nothing that another part of the page lists already."""

import pytest

from graph.settings import Settings
from tests.pages.conftest import publish
from web.app import create_app

BASE = "https://data.jejaring.example"
PREFIXES = f"""@prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix agent: <{BASE}/id/agent/> .
@prefix hub: <{BASE}/id/hub/> .
"""


def titled(name, kind, title, more=""):
    """A work or hub by the one person there is."""
    iri = f"{BASE}/id/{name}"
    return f"""<{iri}> a {kind} {more} ; bf:title <{iri}#title> ; bf:contribution <{iri}#part> .
<{iri}#title> a bf:Title ; bf:mainTitle "{title}" . <{iri}#part> a bf:Contribution ; bf:agent agent:penulis ."""


STATEMENTS = (
    'agent:penulis a bf:Person , bf:Agent ; rdfs:label "Penulis, Contoh" .',
    titled("work/terjemahan", "bf:Work", "Terjemahan contoh", "; bf:expressionOf hub:asli"),
    titled("hub/asli", "bf:Hub", "Judul seragam"),
    titled("hub/lain", "bf:Hub", "Judul yang dirujuk"),
    titled("hub/seri", "bf:Hub , bf:Series", "Seri contoh"),
    titled("work/jilid", "bf:Work", "Jilid pertama", f"; bf:relation <{BASE}/id/work/jilid#relation>"),
    f"<{BASE}/id/work/jilid#relation> a bf:Relation ; bf:associatedResource hub:seri .",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("relations")
    publish(folder, PREFIXES + "\n".join(STATEMENTS))
    return create_app(Settings(data=str(folder), base_iri=BASE)).test_client()


def test_uniform_titles_of_listed_works_are_not_listed_again(client):
    text = client.get("/pelaku/penulis?lang=id").text
    assert "Terjemahan contoh" in text
    assert "Judul yang dirujuk" in text  # no work of this catalogue expresses it
    assert "Judul seragam" not in text


def test_a_series_is_found_and_lists_its_works(client):
    found = client.get("/search?kind=series&lang=id").text
    assert "Seri contoh" in found
    text = client.get("/seri/hub/seri?lang=id").text
    assert "Karya dalam seri ini" in text
    assert "Jilid pertama" in text
    assert "Dirujuk oleh" not in text
