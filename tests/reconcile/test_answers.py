"""Manifest, queries, suggestions and data extension: valid against the schemas, and right."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.reconcile import schemas

Get = Callable[..., Any]


@pytest.fixture
def ask(client: FlaskClient) -> Get:
    """The candidates of one query."""

    def candidates(text: str = "", **more: Any) -> list[dict[str, Any]]:
        query = {"query": text, **more} if text else more
        answer = client.post("/reconcile?lang=en", data={"queries": json.dumps({"q": query})})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        schemas.check(answer.get_json(), schemas.RESULTS)
        found: list[dict[str, Any]] = answer.get_json()["q"]["result"]
        assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
        return found

    return candidates


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in found]


def test_manifest(get: Get) -> None:
    content = get()
    schemas.check(content, schemas.MANIFEST)
    assert content["identifierSpace"] == "https://data.test/id/"
    assert content["view"]["url"] == "https://here.test/reconcile/view?id={{id}}"
    assert content == get("/manifest")


def test_manifest_of_the_draft_and_what_lies_below_it(get: Get, client: FlaskClient) -> None:
    content = get("/1.0-draft")
    schemas.check(content, schemas.DRAFT_MANIFEST)
    assert content["batchSize"] == get()["batchSize"]
    assert "1.0-draft" not in get()["versions"], "the two forms of a manifest exclude each other"
    schemas.check(get("/1.0-draft/suggest/entity", prefix="Kebun"), schemas.SUGGESTED_ENTITIES)
    schemas.check(get("/1.0-draft/extend/propose", type="work"), schemas.PROPOSAL)
    extended = client.post("/reconcile/1.0-draft/extend", json={"ids": ["ambar"], "properties": [{"id": "town"}]})
    schemas.check(extended.get_json(), schemas.DRAFT_EXTENSION)
    assert client.get("/reconcile/1.0-draft/preview?id=ambar").status_code == 200


@pytest.mark.parametrize("body", ["[]", "{}", '{"queries": {}}', "3"])
def test_what_is_no_batch_of_the_draft_is_refused(client: FlaskClient, body: str) -> None:
    answer = client.post("/reconcile/match", data=body, content_type="application/json")
    assert (answer.status_code, answer.get_json()["status"]) == (400, "error")


@pytest.mark.parametrize(("accepted", "tongue", "name"), [("en-GB, id;q=0.5", "en", "Work"), ("id", "id", "Karya")])
def test_labels_are_in_the_language_that_is_accepted(client: FlaskClient, accepted, tongue, name) -> None:
    query = {"queries": [{"conditions": [{"matchType": "name", "v": "Kebun pala di lereng"}]}]}
    answer = client.post("/reconcile/match", json=query, headers={"Accept-Language": accepted})
    assert answer.headers["Content-Language"] == tongue
    assert "Accept-Language" in answer.headers["Vary"]
    assert answer.get_json()["results"][0]["candidates"][0]["type"][0]["name"] == name


def test_name_is_found_whatever_its_order(ask: Get) -> None:
    for text in ("Rahmat, Dewi Lestari", "Dewi Lestari Rahmat", "rahmat dewi lestari, 1931-1999"):
        assert ids(ask(text))[0] == "agent/rahmat", text


def test_candidate_says_what_it_is(ask: Get) -> None:
    first = ask("Kebun pala di lereng")[0]
    assert first["name"] == "Kebun pala di lereng"
    assert "Rahmat, Dewi Lestari" in first["description"]
    assert [one["id"] for one in first["type"]] == ["work"]
    assert 0 <= first["score"] <= 100
    assert all(one["name"] for one in first["features"])


def test_namesakes_are_never_matched_by_name(ask: Get) -> None:
    found = ask("Budi Santoso", type="person")
    assert set(ids(found)[:2]) == {"agent/budi-1", "agent/budi-2"}
    assert not any(one["match"] for one in found)


@pytest.mark.parametrize("limit", [1, 5])
def test_a_work_and_its_subject_of_one_name_are_not_matched_by_it(ask: Get, limit: int) -> None:
    assert not any(one["match"] for one in ask("Wayang golek", limit=limit))
    assert ask("Wayang golek", type="subject", limit=limit)[0]["id"] == "subject/wayang"


def test_the_part_of_a_chain_is_not_matched_for_the_whole(ask: Get) -> None:
    found = ask("Pala--Ekspor", type="subject")
    assert not any(one["match"] for one in found)
    assert "subject/pala" in ids(found)


def test_dates_tell_namesakes_apart(ask: Get) -> None:
    found = ask("Budi Santoso", type="person", properties=[{"pid": "dates", "v": "1978-"}])
    assert found[0]["id"] == "agent/budi-2"


def test_property_tells_works_apart(ask: Get) -> None:
    found = ask("Catatan laut", properties=[{"pid": "year", "v": 2004}])
    assert found[0]["id"] == "work/laut-2"
    assert found[0]["score"] > found[1]["score"]
    reconciled = ask("Catatan laut", properties=[{"pid": "creator", "v": {"id": "agent/budi-1", "name": "Budi"}}])
    assert reconciled[0]["id"] == "work/laut-1"


@pytest.mark.parametrize("text", ["agent/rahmat", "https://data.test/id/agent/rahmat"])
def test_identifier_as_name(ask: Get, text: str) -> None:
    first = ask(text)[0]
    assert (first["id"], first["match"]) == ("agent/rahmat", True)
    assert first["score"] > 95


def test_word_that_happens_to_be_an_identifier_is_not_matched(ask: Get) -> None:
    found = ask("desa")
    assert "desa" in ids(found)
    assert not any(one["match"] for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("978-602-00-0000-8", "work/kebun"),
        ("602000000X", "work/kebun"),
        ("ID-AMS", "ambar"),
        ("http://www.wikidata.org/entity/Q990001", "agent/rahmat"),
    ],
)
def test_numbers_find(ask: Get, text: str, expected: str) -> None:
    assert ask(text)[0]["id"] == expected


def test_identifying_property_finds_whatever_the_spelling(ask: Get) -> None:
    isil = [{"pid": "isil", "v": "ID-AMS"}]
    first = ask("Perp. Kota Ambarsari", type="library", properties=isil)[0]
    assert (first["id"], first["match"]) == ("ambar", True)
    assert ask(properties=isil)[0]["id"] == "ambar"
    assert ask(properties=[{"pid": "wikidata", "v": "Q990001"}])[0]["id"] == "agent/rahmat"


def test_identifier_in_the_wrong_row_is_not_matched(ask: Get) -> None:
    found = ask("Sekolah Rakyat Tidore", properties=[{"pid": "isil", "v": "ID-AMS"}])
    assert not any(one["match"] for one in found)


def test_properties_alone_find(ask: Get) -> None:
    assert "ambar" in ids(ask(properties=[{"pid": "town", "v": "Ambarsari"}], type="library"))


def test_types(ask: Get) -> None:
    assert ids(ask("Pala", type="subject")) == ids(ask("Pala", type=["topic", "person"])) == ["subject/pala"]
    assert {one["type"][0]["id"] for one in ask("Pala", type="work")} <= {"work"}
    assert ids(ask("Pala", type="bf:Topic")) == ids(ask("Pala", type="http://id.loc.gov/ontologies/bibframe/Topic"))
    assert ids(ask("Seram (Pulau)", type="place")) == ["place/seram"]


def test_type_strict(ask: Get) -> None:
    name = "Perpustakaan Kota Ambarsari"
    assert ids(ask(name, type=["library", "agent"], type_strict="all")) == ["ambar"]
    assert ask(name, type=["library", "work"], type_strict="all") == []
    assert ids(ask(name, type=["library", "work"], type_strict="any"))[0] == "ambar"
    other = ask(name, type="work", type_strict="should")[0]
    fitting = ask(name, type="library", type_strict="should")[0]
    assert other["id"] == fitting["id"] == "ambar"
    assert other["score"] < fitting["score"]
    assert not other["match"]
    assert ask(name, type="nonsense") == []


def test_limit(ask: Get) -> None:
    assert len(ask("Budi Santoso", limit=1)) == 1
    assert len(ask("Budi Santoso", limit=2.0)) == 2


def test_batch_keeps_its_keys_and_each_query_its_own_answer(client: FlaskClient) -> None:
    batch = {"a": {"query": "Pala"}, "ü": {"query": "Kebun pala di lereng", "limit": 1}, "": {"query": "zzz"}}
    for answer in (
        client.post("/reconcile", data={"queries": json.dumps(batch)}),
        client.get("/reconcile", query_string={"queries": json.dumps(batch)}),
        client.post("/reconcile", json=batch),
        client.post("/reconcile", json={"queries": batch}),
    ):
        content = answer.get_json()
        schemas.check(content, schemas.RESULTS)
        assert set(content) == {"a", "ü", ""}
        assert content["ü"]["result"][0]["id"] == "work/kebun"
        assert content[""]["result"] == []


def test_draft_batch(client: FlaskClient) -> None:
    name = {"matchType": "name", "v": "Catatan laut"}
    year = {"matchType": "property", "pid": "year", "v": ["2004", 1990], "required": True}
    noyear = {**year, "matchQuantifier": "none", "v": "2004"}
    queries = [{"type": "work", "limit": 3, "conditions": [name, more]} for more in (year, noyear)]
    for path in ("/reconcile", "/reconcile/reconcile", "/reconcile/match", "/reconcile/1.0-draft/match"):
        content = client.post(path, json={"queries": queries}).get_json()
        schemas.check(content, schemas.DRAFT_RESULTS)
        first, second = (ids(one["candidates"]) for one in content["results"])
        assert first == ["work/laut-2"]
        assert "work/laut-2" not in second


def test_single_query_of_the_first_version(client: FlaskClient) -> None:
    for text in ("Pala", json.dumps({"query": "Pala", "type": "subject"})):
        assert (
            client.get("/reconcile", query_string={"query": text}).get_json()["result"][0]["id"] == "subject/pala"
        )


def test_suggest_entities(get: Get) -> None:
    content = get("/suggest/entity", prefix="Catatan l")
    schemas.check(content, schemas.SUGGESTED_ENTITIES)
    assert set(ids(content["result"])) == {"work/laut-1", "work/laut-2"}
    assert "Santoso" in content["result"][0]["description"]
    assert get("/suggest/entity", prefix="catatan", type="person")["result"] == []
    assert ids(get("/suggest/entity", prefix="dewi l", type="agent")["result"]) == ["agent/rahmat"]
    assert ids(get("/suggest/entity", prefix="agent/rahmat")["result"]) == ["agent/rahmat"]


def test_suggestions_page_by_cursor(get: Get) -> None:
    seen, cursor = [], 0
    for _ in range(20):
        content = get("/suggest/property", cursor=str(cursor), limit="7")
        seen += ids(content["result"])
        if "cursor" not in content:
            break
        cursor = content["cursor"]
    assert len(seen) == len(set(seen)) == len(get("/extend/propose")["properties"])
    two = [get("/suggest/entity", prefix="catatan", limit="1", cursor=str(at))["result"][0]["id"] for at in (0, 1)]
    assert len(set(two)) == 2


def test_suggest_types_and_properties_in_both_languages(get: Get) -> None:
    content = get("/suggest/type", prefix="pers")
    schemas.check(content, schemas.SUGGESTED_TYPES)
    assert content["result"][0]["name"] == "Person or body"
    assert "person" in ids(get("/suggest/type", prefix="orang", lang="id")["result"])
    content = get("/suggest/property", prefix="dat")
    schemas.check(content, schemas.SUGGESTED_PROPERTIES)
    assert content["result"] == [{"id": "dates", "name": "Dates"}]
    assert get("/suggest/property", prefix="dat", type="work")["result"] == []


def test_flyouts(get: Get) -> None:
    for what, one in (("entity", "agent/rahmat"), ("type", "agent"), ("property", "isbn")):
        content = get(f"/flyout/{what}", id=one)
        schemas.check(content, schemas.FLYOUT)
        assert content["id"] == one
    assert "<script" not in get("/flyout/entity", id="work/evil")["html"]


def test_proposed_properties(get: Get) -> None:
    content = get("/extend/propose", type="library", limit="4")
    schemas.check(content, schemas.PROPOSAL)
    assert (content["limit"], len(content["properties"])) == (4, 4)
    everything = ids(get("/extend/propose", type="library")["properties"])
    assert {"isil", "town", "same_as"} <= set(everything)
    assert "isbn" not in everything


def test_extension(client: FlaskClient) -> None:
    wanted = [{"id": name} for name in ("creator", "year", "isbn", "holders", "subject")]
    query = {"ids": ["work/kebun", "work/none", "a b"], "properties": wanted}
    content = client.post("/reconcile?lang=en", data={"extend": json.dumps(query)}).get_json()
    schemas.check(content, schemas.EXTENSION)
    assert content["meta"][0] == {
        "id": "creator",
        "name": "Creator",
        "type": {"id": "agent", "name": "Person or body"},
    }
    assert content["rows"]["work/kebun"] == {
        "creator": [{"id": "agent/rahmat", "name": "Rahmat, Dewi Lestari, 1931-1999"}],
        "year": [{"int": 1972}],
        "isbn": [{"str": "9786020000008"}],
        "holders": [{"int": 1}],
        "subject": [{"id": "subject/pala", "name": "Pala"}],
    }
    assert content["rows"]["work/none"] == content["rows"]["a b"] == {one["id"]: [] for one in wanted}


def test_extension_settings(client: FlaskClient) -> None:
    wanted = [
        {"id": "creator", "settings": {"as": "name"}},
        {"id": "subject", "settings": {"as": "iri", "limit": "1"}},
        {"id": "holder", "settings": {"lang": "id"}},
        {"id": "holders", "settings": {"lang": "en", "limit": ""}},
    ]
    query = json.dumps({"ids": ["work/kebun"], "properties": wanted})
    row = client.get("/reconcile", query_string={"extend": query}).get_json()["rows"]["work/kebun"]
    assert row["creator"] == [{"str": "Rahmat, Dewi Lestari, 1931-1999"}]
    assert row["subject"] == [{"str": "https://data.test/id/subject/pala"}]
    assert row["holder"] == [{"id": "ambar", "name": "Perpustakaan Kota Ambarsari"}]


def test_extension_of_the_draft(client: FlaskClient) -> None:
    query = {"ids": ["ambar"], "properties": [{"id": "town"}]}
    content = client.post("/reconcile/extend", json=query).get_json()
    schemas.check(content, schemas.DRAFT_EXTENSION)
    assert content["rows"] == [{"id": "ambar", "properties": [{"id": "town", "values": [{"str": "Ambarsari"}]}]}]


def test_view_leads_to_the_page(client: FlaskClient) -> None:
    answer = client.get("/reconcile/view?id=agent%2Frahmat")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/pelaku/rahmat")
    assert client.get("/reconcile/view?id=nothing").status_code == 404
