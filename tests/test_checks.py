"""Checks of a release: each finds its cases, and only those; the page shows what was written with the release."""

from dataclasses import asdict

import pytest
from lxml import html

from graph.checks import read, run
from graph.settings import Settings
from graph.store import LocalStore
from ingest.inputs import collect
from ingest.pipeline import Pipeline
from ontology.checks import checks
from web.app import create_app

BF, ID = "http://id.loc.gov/ontologies/bibframe/", "http://x/id/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def findings(*lines):
    store = LocalStore.in_memory()
    store.load_lines(lines)
    return {one.name: one for one in run(store)}


def test_a_work_without_anything_is_found_by_three_checks():
    found = findings(f"<{ID}w> {TYPE} <{BF}Work> .", f"<{ID}v> {TYPE} <{BF}Work> .", f'<{ID}v> <{BF}title> "x" .')
    assert (found["works-without-title"].found, found["works-without-title"].of) == (1, 2)
    assert found["works-without-title"].examples == (f"{ID}w",)
    assert found["works-without-edition"].found == 2
    assert found["works-without-subject"].found == 2


def test_an_edition_named_from_either_side_is_an_edition():
    found = findings(f"<{ID}w> {TYPE} <{BF}Work> .", f"<{ID}i> <{BF}instanceOf> <{ID}w> .")
    assert found["works-without-edition"].found == 0


def test_a_copy_of_an_unknown_library_is_told_from_one_without():
    found = findings(
        f"<{ID}a> {TYPE} <{BF}Item> .", f"<{ID}b> {TYPE} <{BF}Item> .",
        f"<{ID}b> <{BF}heldBy> <http://x/id/unknown-holder/Z> .",
    )  # fmt: skip
    assert found["copies-without-holder"].examples == (f"{ID}a",)
    assert found["copies-of-unknown-library"].examples == (f"{ID}b",)


@pytest.mark.parametrize("check", checks(), ids=lambda one: one.name)
def test_an_empty_store_has_nothing_to_find(check):
    assert asdict(findings()[check.name])["found"] == 0


def test_a_load_writes_them_and_the_page_shows_them(tmp_path):
    sheet = tmp_path / "perpustakaan.csv"
    sheet.write_text("id,nama,jenis\nkota,Perpustakaan Kota,perpustakaan umum\n", encoding="utf-8")
    settings = Settings(data=str(tmp_path / "data"))
    outcome = Pipeline(settings).load(collect([sheet]))
    by_name = {one.name: one for one in read(outcome.release)}
    assert by_name["libraries-without-position"].found == 1
    client = create_app(settings).test_client()
    page = html.fromstring(client.get("/pemeriksaan?lang=en", headers={"Accept": "text/html"}).data)
    assert any("Perpustakaan Kota" in one.text_content() for one in page.xpath("//section[@class='check']"))
    assert client.get("/pemeriksaan.json").get_json()["checks"][0]["name"] == "works-without-title"
