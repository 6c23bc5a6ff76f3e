"""Entities resolve for people and programs; the dataset describes itself truly."""

import csv
import gzip
import hashlib
import io
import json

import pytest
import requests
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, VOID

from graph.releases import Releases
from tests.endpoints.conftest import BASE, Served
from web.linked_data.dumps import make_dumps

RDF = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld", "json": "json-ld"}


@pytest.mark.parametrize(
    ("accept", "path"),
    [
        ("text/turtle", "/data/kota.ttl"),
        ("application/ld+json", "/data/kota.jsonld"),
        ("application/n-triples", "/data/kota.nt"),
        ("application/rdf+xml", "/data/kota.rdf"),
        ("application/json", "/data/kota.json"),
        ("text/csv;q=0.8, text/turtle;q=0.9", "/data/kota.ttl"),
    ],
)
def test_a_thing_redirects_to_its_data(server: Served, accept: str, path: str) -> None:
    answer = server.get("/id/kota", headers={"Accept": accept}, allow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(path)
    assert "Accept" in answer.headers["Vary"]


def test_a_thing_redirects_people_to_its_page(server: Served) -> None:
    answer = server.get("/id/kota", headers={"Accept": "text/html,*/*;q=0.8"}, allow_redirects=False)
    assert answer.status_code == 303
    assert not answer.headers["Location"].startswith("/data/")


def test_suffix_goes_before_accept(server: Served) -> None:
    answer = server.get("/id/kota.nt", headers={"Accept": "text/html"}, allow_redirects=False)
    assert answer.headers["Location"].endswith("/data/kota.nt")


@pytest.mark.parametrize("suffix", list(RDF))
def test_data_in_each_format(server: Served, suffix: str) -> None:
    answer = server.get(f"/data/instance/kota-1.{suffix}")
    text = answer.text
    if suffix.startswith("json"):
        document = json.loads(text)
        assert document["@context"] == server.url + "/context.jsonld"
        text = json.dumps({**document, **requests.get(document["@context"], timeout=10).json()})
    graph = Graph().parse(data=text, format=RDF[suffix])
    assert URIRef(f"{BASE}/id/instance/kota-1#isbn-9789793062792") in set(graph.subjects())
    assert len(graph) == 6


def test_data_as_table(server: Served) -> None:
    rows = list(csv.DictReader(io.StringIO(server.get("/data/kota.csv").text)))
    assert {"property": "rdfs:label", "value": "City Library", "language": "en"}.items() <= rows[-1].items() or any(
        row["value"] == "City Library" and row["language"] == "en" for row in rows
    )


def test_unchanged_data_is_not_sent_again(server: Served) -> None:
    first = server.get("/data/kota.ttl")
    again = server.get("/data/kota.ttl", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_links(server: Served) -> None:
    links = requests.utils.parse_header_links(server.get("/data/kota.ttl").headers["Link"])
    assert {"alternate", "describes", "license"} == {link["rel"] for link in links}
    assert server.url + "/data/kota.jsonld" in {link["url"] for link in links}


def test_unknown(server: Served) -> None:
    assert server.get("/id/nobody").status_code == 404
    assert server.get("/data/nobody.ttl").status_code == 404
    assert server.get("/data/kota.mrc").status_code == 404


def test_a_slash_within_an_identifier_stays_one(server: Served) -> None:
    assert "Salah Asuhan" in server.get("/id/instance/desa-x%2f1.nt").text
    assert server.get("/data/instance/desa-x/1.nt").status_code == 404


def test_nothing_acceptable(server: Served) -> None:
    assert server.get("/id/kota", headers={"Accept": "image/png"}).status_code == 406


def test_hostile_names_stay_names(server: Served) -> None:
    for name in (
        "../../etc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "x%3E%20%7D%20#",
        "a%00b",
        "%ff%fe",
        "x%0d%0aSet-Cookie:a",
    ):
        answer = server.get(f"/id/{name}")
        assert answer.status_code in {400, 404}
        assert "Set-Cookie" not in answer.headers


def test_absolute_addresses_come_from_the_settings(server: Served) -> None:
    answer = server.get("/dataset", headers={"Host": "evil.test", "X-Forwarded-Host": "evil.test"})
    assert "evil.test" not in answer.text + str(answer.headers)
    answer = server.get("/id/kota", headers={"Host": "evil.test"}, allow_redirects=False)
    assert "evil.test" not in str(answer.headers)


def test_description_counts_are_true(server: Served) -> None:
    answer = server.get("/.well-known/void", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=answer.text, format="turtle")
    whole = URIRef(server.url + "/dataset")
    counted = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()["results"]["bindings"][0]["n"]["value"]
    assert [str(value) for value in graph.objects(whole, VOID.triples)] == [counted]
    assert all(isinstance(value, URIRef) for value in graph.objects(whole, DCTERMS.license))
    assert list(graph.objects(whole, DCTERMS.license))


def test_people_are_sent_to_the_page_of_the_description(server: Served) -> None:
    answer = server.get("/dataset", headers={"Accept": "text/html,*/*;q=0.8"}, allow_redirects=False)
    assert answer.headers["Location"] == "/about"


def test_service_description(server: Served) -> None:
    """SPARQL 1.1 Service Description: returned by the endpoint, holds an sd:Service with its endpoint."""
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for accept, form in (("text/turtle", "turtle"), ("application/rdf+xml", "xml")):
        answer = server.get("/sparql", headers={"Accept": accept})
        assert answer.headers["Content-Type"].startswith(accept)
        graph = Graph().parse(data=answer.text, format=form)
        services = list(graph.subjects(predicate=None, object=URIRef(sd + "Service")))
        assert len(services) == 1
        assert list(graph.objects(services[0], URIRef(sd + "endpoint"))) == [URIRef(server.url + "/sparql")]
        languages = set(graph.objects(services[0], URIRef(sd + "supportedLanguage")))
        assert URIRef(sd + "SPARQL11Query") in languages
        assert list(graph.objects(services[0], URIRef(sd + "defaultDataset")))


def test_dumps(server: Served) -> None:
    made = make_dumps(server.data, Releases(server.data).current(), BASE)
    listed = server.get("/dumps/").json()["releases"][0]
    file = listed["files"][0]
    content = requests.get(file["url"], timeout=30).content
    assert hashlib.sha256(content).hexdigest() == file["sha256"] == made[0].sha256
    assert file["sha256"] in requests.get(listed["checksums"], timeout=30).text
    lines = gzip.decompress(content).decode().splitlines()
    assert len(lines) == made[0].statements > 0
    dataset = server.get("/dataset", headers={"Accept": "text/turtle"}).text
    assert file["sha256"] in dataset
    assert server.get("/dumps/1/..%2f..%2ftokens.json").status_code == 404
    latest = server.get("/dumps/latest/all.nq.gz", headers={"Range": "bytes=0-9"})
    assert (latest.status_code, len(latest.content)) == (206, 10)


def test_changes(server: Served) -> None:
    feed = server.get("/changes.atom")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert f"Release {Releases(server.data).current_number()}" in feed.text
    collection = server.get("/changes.json").json()
    assert collection["type"] == "OrderedCollection"
    page = requests.get(collection["last"]["id"], timeout=10).json()
    seen = list(page["orderedItems"])
    while "prev" in page:
        page = requests.get(page["prev"]["id"], timeout=10).json()
        seen += page["orderedItems"]
    assert len(seen) == collection["totalItems"]


def test_discovery(server: Served) -> None:
    assert server.url + "/sitemap.xml" in server.get("/robots.txt").text
    index = server.get("/sitemap.xml").text
    assert "/sitemap/bf-Work/0.xml" in index
    assert "<loc>" in server.get("/sitemap/bf-Work/0.xml").text
    assert server.get("/sitemap/nothing/0.xml").status_code == 404


def test_openapi_names_what_is_there(server: Served) -> None:
    described = server.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for path, methods in described["paths"].items():
        concrete = path.replace("{name}", "kota")
        status = server.get(concrete, allow_redirects=False).status_code
        assert status not in {404, 405, 500}, path
        assert set(methods) <= {"get", "post", "put", "delete"}


def test_health_and_metrics(server: Served) -> None:
    assert server.get("/health").json()["status"] == "ok"
    lines = server.get("/metrics").text.splitlines()
    values = {line.split()[0]: float(line.split()[1]) for line in lines if not line.startswith("#")}
    assert values["jejaring_release_number"] >= 1
    assert values["jejaring_sparql_answered_total"] > 0
