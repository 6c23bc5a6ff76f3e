"""How the service is spoken to: CORS, JSONP, frames, errors, and requests that mean harm."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reconcile import schemas
from web.reconcile.reading import BATCH, LARGEST_BYTES

ADDRESSES = (
    "/reconcile", "/reconcile/manifest", "/reconcile/suggest/entity?prefix=a", "/reconcile/suggest/type",
    "/reconcile/suggest/property", "/reconcile/flyout/entity?id=ambar", "/reconcile/preview?id=ambar",
    "/reconcile/extend/propose", "/reconcile/view?id=ambar", '/reconcile?queries={"q":{"query":"a"}}',
    "/reconcile?queries=nonsense",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_scripts_of_other_sites_may_read(client: FlaskClient, address: str) -> None:
    assert (
        client.get(address, headers={"Origin": "https://other.test"}).headers["Access-Control-Allow-Origin"] == "*"
    )


def test_preflight(client: FlaskClient) -> None:
    asked = {"Origin": "https://other.test", "Access-Control-Request-Method": "POST"}
    answer = client.options("/reconcile", headers=asked)
    assert answer.status_code == 204
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("address", ["/reconcile", "/reconcile/suggest/type", "/reconcile/extend/propose"])
def test_jsonp(client: FlaskClient, address: str) -> None:
    plain = client.get(address).get_json()
    answer = client.get(address, query_string={"callback": "jQuery3_1.cb_1$"})
    found = re.fullmatch(r"/\*\*/jQuery3_1\.cb_1\$\((.*)\);", answer.get_data(as_text=True), re.DOTALL)
    assert found is not None
    assert json.loads(found[1]) == plain
    assert answer.mimetype == "application/javascript"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "callback",
    ["alert(1)//", "a;b", "<script>", "a b", "a\nb", "x" * 101, "a..b", "1a", "a[0]", "é", "a" + ".a" * 20, "a/*"],
)
def test_hostile_callback_is_refused_and_not_repeated(client: FlaskClient, callback: str) -> None:
    answer = client.get("/reconcile", query_string={"callback": callback})
    assert answer.status_code == 400
    assert answer.mimetype == "application/json"
    assert callback not in answer.get_data(as_text=True)


def test_names_cannot_end_a_script(client: FlaskClient) -> None:
    parameters = {"callback": "cb", "prefix": "work/evil"}
    text = client.get("/reconcile/suggest/entity", query_string=parameters).get_data(as_text=True)
    assert "alert(1)" in text
    assert "<" not in text


def test_error_by_jsonp_calls_back(client: FlaskClient) -> None:
    answer = client.get("/reconcile", query_string={"callback": "cb", "queries": "["})
    assert answer.get_data(as_text=True).startswith('/**/cb({"status":"error"')


@pytest.mark.parametrize(
    ("queries", "told"),
    [
        ("", "JSON"),
        ("[1, 2", "JSON"),
        ("\x00", "JSON"),
        ('{"q": {"query": NaN}}', "NaN"),
        ("[]", "object"),
        ("7", "object"),
    ],
)  # fmt: skip
def test_what_is_no_batch_is_refused_with_the_reason(client: FlaskClient, queries: str, told: str) -> None:
    answer = client.post("/reconcile", data={"queries": queries})
    content = answer.get_json()
    assert (answer.status_code, content["status"], content["code"]) == (400, "error", 400)
    assert told in content["message"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("7", "q must be an object"),
        ("{}", "neither"),
        ('{"query": ""}', "neither"),
        ('{"query": null, "properties": []}', "neither"),
        ('{"query": ["a", {"x": 1}]}', "value"),
        ('{"query": "a", "limit": 0}', "limit"),
        ('{"query": "a", "limit": -3}', "limit"),
        ('{"query": "a", "limit": "many"}', "limit"),
        ('{"query": "a", "limit": true}', "limit"),
        ('{"query": "a", "limit": 1e999}', "limit"),
        ('{"query": "a", "type_strict": "maybe"}', "type_strict"),
        ('{"query": "a", "properties": {"pid": "isbn"}}', "list"),
        ('{"query": "a", "properties": [7]}', "object"),
        ('{"query": "a", "properties": [{"pid": "shoe size", "v": 7}]}', "shoe size"),
        ('{"query": "a", "properties": [{"pid": ["isbn"], "v": 7}]}', "property"),
        ('{"query": "a", "properties": [{"pid": "isbn"}]}', "value"),
    ],
)  # fmt: skip
def test_a_bad_query_has_no_candidates_but_the_reason_and_the_others_are_answered(
    client: FlaskClient, query: str, told: str
) -> None:
    batch = f'{{"q": {query}, "good": {{"query": "Kebun pala di lereng"}}}}'
    answer = client.post("/reconcile", data={"queries": batch})
    content = answer.get_json()
    schemas.check(content, schemas.RESULTS)
    assert (answer.status_code, content["q"]["result"], content["q"]["error"]["status"]) == (200, [], 400)
    assert told in content["q"]["error"]["detail"]
    assert content["good"]["result"][0]["id"] == "work/kebun"
    assert "error" not in content["good"]
    alone = client.post("/reconcile", data={"query": query})
    assert alone.status_code == (200 if query == "7" else 400), "a bare text is a name"


def test_a_bad_query_of_the_draft_has_no_candidates_but_the_reason(client: FlaskClient) -> None:
    good = {"conditions": [{"matchType": "name", "v": "Kebun pala di lereng"}]}
    bad = [{"conditions": []}, 7, {"conditions": [{"v": "Pala"}]}]
    content = client.post("/reconcile/match", json={"queries": [*bad, good]}).get_json()
    schemas.check(content, schemas.DRAFT_RESULTS)
    told = [one.get("error", {}).get("detail", "") for one in content["results"]]
    assert all(word in text for word, text in zip(["neither", "object", "matchType"], told, strict=False))
    assert [one["candidates"] for one in content["results"][:3]] == [[], [], []]
    assert content["results"][3]["candidates"][0]["id"] == "work/kebun"


@pytest.mark.parametrize(
    ("extend", "status"),
    [
        ("[]", 400),
        ('{"ids": "ambar", "properties": []}', 400),
        ('{"ids": [7], "properties": []}', 400),
        ('{"ids": []}', 400),
        ('{"ids": [], "properties": [{"id": "shoe size"}]}', 400),
        ('{"ids": [], "properties": [7]}', 400),
        ('{"ids": ["ambar"], "properties": [{"id": "town", "settings": 7}]}', 400),
        (json.dumps({"ids": [f"a{i}" for i in range(1000)], "properties": []}), 413),
    ],
)
def test_bad_extension_is_refused(client: FlaskClient, extend: str, status: int) -> None:
    answer = client.post("/reconcile", data={"extend": extend})
    assert (answer.status_code, answer.get_json()["status"]) == (status, "error")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reconcile/suggest/entity?cursor=-1", 400),
        ("/reconcile/suggest/entity?cursor=x", 400),
        ("/reconcile/suggest/entity?cursor=99999999", 400),
        ("/reconcile/suggest/entity?limit=0", 400),
        ("/reconcile/suggest/shoe?prefix=a", 404),
        ("/reconcile/flyout/type?id=shoe", 404),
        ("/reconcile/flyout/entity?id=", 404),
        ("/reconcile/preview?id=none", 404),
        ("/reconcile/preview?id=a%22b%3E", 404),
        ("/reconcile/extend/propose?type=shoe", 404),
    ],
)
def test_bad_address_is_refused(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_post_of_nothing_is_refused(client: FlaskClient) -> None:
    assert client.post("/reconcile").status_code == 400
    assert client.post("/reconcile", data="{", content_type="application/json").status_code == 400


def test_huge_batches_are_refused(client: FlaskClient) -> None:
    many = {f"q{number}": {"query": "a"} for number in range(BATCH + 1)}
    for answer in (
        client.post("/reconcile", data={"queries": json.dumps(many)}),
        client.post("/reconcile", json={"queries": [{"conditions": []}] * (BATCH + 1)}),
        client.post("/reconcile", data={"queries": "x" * (LARGEST_BYTES + 1)}),
        client.post("/reconcile", data=b" " * (LARGEST_BYTES * 4), content_type="application/json"),
    ):
        assert answer.status_code == 413


def test_deep_nesting_is_refused(client: FlaskClient) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    for answer in (
        client.post("/reconcile", data={"queries": deep}),
        client.post("/reconcile", data={"extend": '{"a":' * 100_000}),
        client.post("/reconcile", data=deep, content_type="application/json"),
    ):
        assert answer.status_code == 400


def test_what_takes_too_long_is_refused(app: Any) -> None:
    here = app.extensions["site"]
    kept, here.settings = here.settings, here.settings.with_flags(query_seconds=1e-9)
    try:
        client = app.test_client()
        many = {f"q{number}": {"query": "Catatan laut"} for number in range(BATCH)}
        extend = {"ids": ["ambar"], "properties": [{"id": "town"}] * 30}
        for form in ({"queries": json.dumps(many)}, {"extend": json.dumps(extend)}):
            answer = client.post("/reconcile", data=form)
            assert (answer.status_code, answer.get_json()["status"]) == (413, "error")
    finally:
        here.settings = kept


def test_long_names_are_looked_at_in_part(client: FlaskClient) -> None:
    batch = {"q": {"query": "Kebun pala di lereng " * 500, "properties": [{"pid": "year", "v": ["1"] * 5000}]}}
    answer = client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert answer.status_code == 200


KEYS = ("query", "queries", "type", "type_strict", "limit", "properties", "pid", "v", "id", "ids", "conditions",
        "matchType", "extend", "settings", "name", "q0")  # fmt: skip
HOSTILE = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda some: st.lists(some, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), some),
    max_leaves=12,
)


@given(
    content=st.dictionaries(st.sampled_from(KEYS), HOSTILE, max_size=4),
    form=st.sampled_from(["queries", "extend", "json"]),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_answered_or_refused(client: FlaskClient, content: dict[str, Any], form: str) -> None:
    if form == "json":
        answer = client.post("/reconcile", json=content)
    else:
        answer = client.post(
            "/reconcile", data={form: json.dumps({"q0": content} if form == "queries" else content)}
        )
    assert answer.status_code in {200, 400, 413}
    if form == "queries" and answer.status_code == 200:
        schemas.check(answer.get_json(), schemas.RESULTS)


def test_preview_may_be_framed_and_nothing_else(client: FlaskClient) -> None:
    answer = client.get("/reconcile/preview?id=agent%2Frahmat&lang=en")
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "X-Frame-Options" not in answer.headers
    assert "Rahmat, Dewi Lestari" in answer.get_data(as_text=True)
    for other in ("/reconcile", "/about", "/pelaku/rahmat"):
        headers = client.get(other, headers={"Accept": "text/html"}).headers
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_preview_escapes(client: FlaskClient) -> None:
    assert "<script" not in client.get("/reconcile/preview?id=work%2Fevil").get_data(as_text=True)


@pytest.mark.parametrize("language", ["en", "id"])
def test_browsers_get_a_page(client: FlaskClient, language: str) -> None:
    accept = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    text = client.get(f"/reconcile?lang={language}", headers=accept).get_data(as_text=True)
    assert "https://here.test/reconcile</code>" in text
    assert {"en": "Start reconciling", "id": "mulai rekonsiliasi"}[language].lower() in text.lower()
    assert 'href="/reconcile"' in client.get("/about").get_data(as_text=True)


@pytest.mark.parametrize(
    "accept", ["", "*/*", "application/json", "application/json, text/javascript, */*; q=0.01"]
)
def test_programs_get_the_manifest(client: FlaskClient, accept: str) -> None:
    assert "versions" in client.get("/reconcile", headers={"Accept": accept}).get_json()


def test_service_answers_503_until_something_is_published(tmp_path: Any, app: Any) -> None:
    from graph.settings import Settings
    from web.app import create_app

    empty = create_app(Settings(data=str(tmp_path))).test_client()
    for address in ADDRESSES[:3]:
        answer = empty.get(address)
        assert (answer.status_code, answer.get_json()["status"]) == (503, "error")
        assert "Retry-After" in answer.headers


def test_languages(get: Callable[..., Any]) -> None:
    names = {lang: get("/manifest", lang=lang)["defaultTypes"][0]["name"] for lang in ("en", "id")}
    assert names == {"en": "Work", "id": "Karya"}
