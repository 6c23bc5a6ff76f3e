"""Each protocol against a local server that speaks it as its public documentation says."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError, ServiceError
from graph.matching.heading import Heading
from ingest.lookups.asking import Lookups
from ingest.lookups.protocols import dated, entries
from ingest.lookups.services import services
from ingest.lookups.sparql import direct, filled, sparql_entries
from tests.lookups.conftest import Asked, as_json, at, serving, wikidata

SERVICES = services()
ANN = Heading("Laut, Ann, 1950-", "person", iri="https://x.test/id/agent/ann")


def test_wikidata_through_sparqlwrapper(lookups: Lookups) -> None:
    with serving(wikidata()) as served:
        found = sorted(lookups.ask(at("wikidata", served.url, "/sparql"), ANN), key=lambda one: one.iri)
        [asked] = served.asked
    assert [one.iri for one in found] == ["http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q2"]
    assert (found[0].label, found[0].dates, found[0].description) == ("Ann Laut", "1950-", "novelist")
    assert found[0].variants == ('A. "Ombak" Laut',)
    assert set(found[0].identifiers) == {"http://viaf.org/viaf/12345", "https://d-nb.info/gnd/118540238"}
    assert asked.headers["user-agent"].startswith("Jejaring/")
    assert "desk@kota.test" in asked.headers["user-agent"]
    assert "sparql-results+json" in asked.headers["accept"]


BNF = """
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix bio: <http://vocab.org/bio/0.1/> .
<http://data.bnf.fr/ark:/12148/cb1#about> foaf:name "Ann Laut" ; bio:birth "1950-02" .
<http://data.bnf.fr/ark:/12148/cb1> foaf:focus <http://data.bnf.fr/ark:/12148/cb1#about> ;
  skos:prefLabel "Ann Laut (1950-)" ; skos:altLabel "Laut, A." ; skos:exactMatch <http://viaf.org/viaf/12345> .
<http://evil.test/x> foaf:focus <http://data.bnf.fr/ark:/12148/cb1#about> ; skos:prefLabel "Not theirs" .
"""


def test_data_bnf_is_a_declaration_only(lookups: Lookups) -> None:
    with serving(wikidata(BNF)) as served:
        [found] = lookups.ask(at("data-bnf", served.url), ANN)
    assert (found.iri, found.label, found.dates) == (
        "http://data.bnf.fr/ark:/12148/cb1", "Ann Laut (1950-)", "1950-",
    )  # fmt: skip
    assert found.identifiers == ("http://viaf.org/viaf/12345",)


def suggest2(asked: Asked):
    assert asked.path == "/authorities/names/suggest2"
    assert asked.fields == {
        "q": "Laut, Ann, 1950-",
        "searchtype": "keyword",
        "count": "10",
        "rdftype": "PersonalName",
    }
    hit = {
        "suggestLabel": "Laut, Ann, 1950-", "uri": "http://id.loc.gov/authorities/names/n50000001",
        "aLabel": "Laut, Ann, 1950-", "vLabel": "", "code": "", "rank": "",
        "more": {"variantLabels": ["Laut, A. (Ann), 1950-"], "rdftypes": ["PersonalName"], "birthdates": ["1950"],
                 "identifiers": ["n50000001", "https://isni.org/isni/0000000121174331"]},
    }  # fmt: skip
    return as_json({"q": "laut", "count": 1, "pagesize": 10, "start": 1, "searchtype": "keyword", "hits": [hit]})


def test_suggest2(lookups: Lookups) -> None:
    with serving(suggest2) as served:
        [found] = lookups.ask(at("loc", served.url), ANN)
    assert (found.iri, found.dates) == ("http://id.loc.gov/authorities/names/n50000001", "1950-")
    assert found.variants == ("Laut, A. (Ann), 1950-",)
    assert found.identifiers[-1] == "https://isni.org/isni/0000000121174331"


def lobid(asked: Asked):
    assert asked.fields["filter"] == "type:Person"
    assert asked.fields["format"] == "json"
    member = {
        "id": "https://d-nb.info/gnd/118540238", "type": ["Person", "AuthorityResource"],
        "preferredName": "Laut, Ann", "variantName": ["Ombak, Ann"], "dateOfBirth": ["1950-02-01"],
        "sameAs": [{"id": "http://viaf.org/viaf/12345", "collection": {"abbr": "VIAF"}}],
    }  # fmt: skip
    return as_json({"@context": "http://lobid.org/gnd/context.jsonld", "totalItems": 1, "member": [member]})


def test_lobid(lookups: Lookups) -> None:
    with serving(lobid) as served:
        [found] = lookups.ask(at("gnd", served.url, "/gnd/search"), ANN)
    assert (found.iri, found.dates, found.variants) == ("https://d-nb.info/gnd/118540238", "1950-", ("Ombak, Ann",))


def viaf(asked: Asked):
    assert asked.fields == {"query": "Laut, Ann, 1950-"}
    result = [
        {"term": "Laut, Ann, 1950-", "displayForm": "Laut, Ann, 1950-", "nametype": "personal", "lc": "n50000001",
         "dnb": "118540238", "viafid": "12345", "score": "900", "recordID": "12345"},
        {"term": "Laut Foundation", "displayForm": "Laut Foundation", "nametype": "corporate", "viafid": "9",
         "score": "1", "recordID": "9"},
    ]  # fmt: skip
    return as_json({"query": "laut, ann", "result": result})


def test_viaf(lookups: Lookups) -> None:
    with serving(viaf) as served:
        [found] = lookups.ask(at("viaf", served.url, "/viaf/AutoSuggest"), ANN)
    assert (found.iri, found.dates) == ("http://viaf.org/viaf/12345", "1950-")
    assert "http://id.loc.gov/authorities/names/n50000001" in found.identifiers


def test_viaf_says_null_for_nothing(lookups: Lookups) -> None:
    with serving(lambda _: as_json({"query": "x", "result": None})) as served:
        assert lookups.ask(at("viaf", served.url), ANN) == []


def reconciling(asked: Asked):
    query = json.loads(asked.fields["queries"])["q0"]
    assert query == {"query": "Laut, Ann, 1950-", "limit": 10, "type": "Person"}
    candidate = {"id": "118540238", "name": "Laut, Ann, 1950-", "score": 85.2, "match": False,
                 "type": [{"id": "Person", "name": "Person"}], "description": "novelist"}  # fmt: skip
    return as_json({"q0": {"result": [candidate]}})


def test_any_reconciliation_service(lookups: Lookups) -> None:
    with serving(reconciling) as served:
        [found] = lookups.ask(at("gnd-reconcile", served.url), ANN)
    assert (found.iri, found.dates) == ("https://d-nb.info/gnd/118540238", "1950-")


NAMES = (
    "hits", "member", "result", "q0", "uri", "aLabel", "id", "preferredName", "more", "results", "bindings", "iri",
    "value", "viafid", "variantName", "type", "name", "label",
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize("name", ["loc", "gnd", "viaf", "gnd-reconcile"])
@settings(max_examples=60, deadline=None)
@given(answer=JSON)
def test_an_answer_of_any_form_is_entries_or_an_error_of_ours(name: str, answer: object) -> None:
    one = SERVICES[name]
    try:
        found = entries(one, "person", json.dumps(answer).encode())
    except ServiceError:
        return
    assert all(entry.iri.startswith(one.iri) and isinstance(entry.label, str) for entry in found)


@settings(max_examples=60, deadline=None)
@given(answer=JSON)
def test_a_sparql_result_of_any_form_is_entries_or_an_error_of_ours(answer: object) -> None:
    one = SERVICES["wikidata"]
    try:
        found = sparql_entries(one, "person", answer)
    except ServiceError:
        return
    assert all(entry.iri.startswith(one.iri) for entry in found)


@pytest.mark.parametrize(
    ("heading", "spoken"),
    [("Toer, Pramoedya Ananta, 1925-2006", "Pramoedya Ananta Toer"), ("Perpustakaan Kota", "Perpustakaan Kota"),
     ("Laut, Ann, Dr.", "Ann Laut Dr."), ("1950", "1950")],
)  # fmt: skip
def test_headings_in_the_order_of_speech(heading: str, spoken: str) -> None:
    assert direct(heading) == spoken


@given(st.text(max_size=30))
def test_a_heading_stays_a_literal_in_a_query(name: str) -> None:
    import pyoxigraph as ox

    if any("\ud800" <= one <= "\udfff" or one in "\x00" for one in name):
        return
    [row] = ox.Store().query(filled("SELECT ($text AS ?it) { }", name, "id"))
    assert row["it"].value == name


def test_dates_at_the_end_of_a_heading() -> None:
    assert [dated(one) for one in ("A, 1925-2006", "A (1950-)", "A, 12 b", "A, -1800")] == [
        "1925-2006", "1950-", "", "-1800",
    ]  # fmt: skip


GOPHER = """services: {x: {title: a, protocol: gopher, address: 'https://a.test', iri: 'http://a.test/', licence: x,
  per_minute: 9, kinds: [person]}}"""
WRONG = ["[]", "services: 3", "services: {x: {}}", "services: {x: {title: a}}", "{", GOPHER]


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_declaration_is_said(tmp_path, text: str) -> None:
    (tmp_path / "lookups.yaml").write_text(text)
    with pytest.raises(InputError, match=r"lookups\.yaml does not declare services"):
        services(tmp_path)


def test_a_service_of_ones_own_is_one_file(tmp_path) -> None:
    (tmp_path / "lookups.yaml").write_text(
        "services: {kota: {title: Kota, protocol: reconcile, address: 'https://kota.test/reconcile', "
        "iri: 'https://kota.test/id/', licence: CC0, per_minute: 60, kinds: [person, work]}}"
    )
    assert services(tmp_path)["kota"].kinds == ("person", "work")
    assert "wikidata" in services(tmp_path)


def test_names_keep_their_language() -> None:
    iri = {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"}

    def row(name: str, value: str, language: str) -> dict[str, object]:
        return {"iri": iri, name: {"type": "literal", "value": value, "xml:lang": language}}

    rows = [row("label", "Pala", "id"), row("label", "Nutmeg", "en"), row("variant", "Q", "mul")]
    [found] = sparql_entries(SERVICES["wikidata"], "topic", {"results": {"bindings": rows}})
    assert (found.label, found.preferred, found.variants) == ("Pala", ("Nutmeg",), ("Nutmeg", "Q"))
    assert found.name_languages() == {"Pala": "id", "Nutmeg": "en"}
