"""Real clients: the ``reconciler`` package over HTTP, and OpenRefine's requests byte for byte.

OpenRefine's Java side sends batches as forms encoded by URLEncoder; its pages ask by jQuery, with JSONP.
"""

import json
import re
import urllib.request
from urllib.parse import quote_plus

import pandas
import pytest
from reconciler import reconcile

from graph.matching.heading import Heading
from graph.settings import Settings
from ingest.lookups.asking import Lookups
from ingest.lookups.services import Service

AGENT = {"User-Agent": "OpenRefine/3.8.2 [c4f6e5b]"}
FORM = {**AGENT, "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}


def posted(address: str, body: bytes) -> dict:
    request = urllib.request.Request(address, body, FORM)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def fetched(address: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(address, headers=AGENT), timeout=30) as answer:
        return answer.read().decode()


def by_jsonp(address: str) -> dict:
    found = re.fullmatch(r"/\*\*/(\w+)\((.*)\);", fetched(address), re.DOTALL)
    assert found is not None
    return json.loads(found[2])


def java(text: str) -> bytes:
    """As java.net.URLEncoder does."""
    return quote_plus(text, safe="*-._").replace("~", "%7E").encode()


def test_reconciler_package(served):
    names = pandas.Series(["Dewi Lestari Rahmat", "Perpustakaan Kota Ambarsari", "Kebun pala di lereng"])
    found = reconcile(names, reconciliation_endpoint=served, top_res=1)
    assert list(found["id"]) == ["agent/rahmat", "ambar", "work/kebun"]
    assert list(found["type_id"]) == ["person", "library", "work"]


def test_reconciler_package_with_type_and_properties(served):
    table = pandas.DataFrame({"title": ["Catatan laut", "Kebun pala di lereng"], "year": ["2004", "1972"]})
    found = reconcile(
        table["title"], type_id="work", property_mapping={"year": table["year"]}, reconciliation_endpoint=served
    )
    assert list(found["id"]) == ["work/laut-2", "work/kebun"]


def test_openrefine_adds_the_service(served):
    manifest = by_jsonp(f"{served}?callback=jQuery36007213_1763890000000&_=1763890000001")
    assert "0.2" in manifest["versions"]
    assert json.loads(fetched(served)) == manifest


def test_openrefine_guesses_types(served):
    body = b"queries=" + java(
        '{"q0":{"query":"Catatan laut","limit":3},"q1":{"query":"Pala \\u0026 co","limit":3}}'
    )
    content = posted(served, body)
    assert set(content) == {"q0", "q1"}
    assert content["q0"]["result"][0]["type"][0]["id"] == "work"


def test_openrefine_reconciles_a_column(served):
    # Ten cells to a batch; the type with "should", further columns as properties.
    body = (
        b"queries=%7B%22q0%22%3A%7B%22query%22%3A%22Catatan+laut%22%2C%22type%22%3A%22work%22%2C%22type_strict%22"
        b"%3A%22should%22%2C%22properties%22%3A%5B%7B%22pid%22%3A%22year%22%2C%22v%22%3A%222004%22%7D%5D%7D%2C"
        b"%22q1%22%3A%7B%22query%22%3A%22Dewi+Lestari+Rahmat%22%2C%22type%22%3A%22work%22%2C%22type_strict%22%3A"
        b"%22should%22%2C%22properties%22%3A%5B%5D%7D%7D"
    )
    content = posted(served, body)
    assert content["q0"]["result"][0]["id"] == "work/laut-2"
    assert content["q1"]["result"][0]["id"] == "agent/rahmat"
    assert content["q1"]["result"][0]["match"] is False


def test_openrefine_uses_a_reconciled_column(served):
    cell = '{"id":"agent/budi-2","name":"Santoso, Budi, 1978-"}'
    about = f'"type":"work","type_strict":"should","properties":[{{"pid":"creator","v":{cell}}}]'
    query = f'{{"q0":{{"query":"Catatan laut",{about}}}}}'
    assert posted(served, b"queries=" + java(query))["q0"]["result"][0]["id"] == "work/laut-2"


@pytest.mark.parametrize("what", ["entity", "type", "property"])
def test_openrefine_suggests(served, what):
    service = json.loads(fetched(served))["suggest"][what]
    path = service["service_path"]
    content = by_jsonp(
        f"{served}{path}?callback=jQuery3600_1&prefix=per&spell=always&exact=false&prefixed=true&_=1"
    )
    assert content["result"]
    flyout = service["flyout_service_path"].replace("${id}", content["result"][0]["id"].replace("/", "%2F"))
    assert by_jsonp(f"{served}{flyout}&callback=jQuery3600_2")["html"]


def test_openrefine_proposes_and_fetches_columns(served):
    extend = json.loads(fetched(served))["extend"]
    path = extend["propose_properties"]["service_path"]
    proposed = by_jsonp(f"{served}{path}?type=work&callback=jQuery3600_3")["properties"]
    assert {"creator", "isbn"} <= {one["id"] for one in proposed}
    settings = '{"limit":"1","as":"name","lang":"id"}'
    wanted = f'[{{"id":"creator","settings":{settings}}},{{"id":"year"}}]'
    query = f'{{"ids":["work/kebun"],"properties":{wanted}}}'
    content = posted(served, b"extend=" + java(query))
    assert content["rows"]["work/kebun"]["creator"] == [{"str": "Rahmat, Dewi Lestari, 1931-1999"}]
    assert [one["id"] for one in content["meta"]] == ["creator", "year"]


def test_another_server_of_ours_looks_headings_up_here(served, tmp_path):
    service = Service(
        name="jejaring", title="Jejaring", protocol="reconcile", address=served, iri="https://data.test/id/",
        licence="CC0", per_minute=600, kinds=("person", "work"), limit=5, types={"person": "person"},
    )  # fmt: skip
    lookups = Lookups.open(Settings(data=str(tmp_path)), online=True)
    found = lookups.ask(service, Heading("Dewi Lestari Rahmat", "person"))
    assert (found[0].iri, found[0].label) == (
        "https://data.test/id/agent/rahmat",
        "Rahmat, Dewi Lestari, 1931-1999",
    )
    lookups.memory.close()
