"""Nearness: distances over the ground, and search results in the order of their nearest holder."""

import pytest
from lxml import html

from graph.nearness import distance, from_library, positions
from graph.search import Search, Wanted
from tests.pages.conftest import app, data  # noqa: F401

HTML = {"Accept": "text/html"}
START = "/search?kind=work&untuk=wana&on=2026-03-15"


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ((0, 0), (0, 0), 0),
        ((0, 0), (0, 180), 20015),
        ((-6.2, 106.8), (3.6, 98.7), 1413),
        ((0, 179.9), (0, -179.9), 22),
    ],
)
def test_distances_are_those_of_the_globe(one, other, kilometres):
    assert distance(one, other) == pytest.approx(kilometres, abs=1)


def test_a_library_without_a_position_is_near_nothing():
    assert from_library({"a": (0, 0)}, "b") == {}


def test_nearest_first_and_each_title_once(app):  # noqa: F811
    client = app.test_client()
    known = positions(app.extensions["site"].releases.current().store)
    away = from_library(known, "https://data.jejaring.example/id/wana")
    rows = client.get(START.replace("/search?", "/search.json?") + "&sort=nearest").get_json()["results"]
    nearest = [min((away[one] for one in row["holders"] if one in away), default=None) for row in rows]
    assert rows
    assert nearest == sorted(nearest)
    assert len({row["iri"] for row in rows}) == len(rows)


def test_pages_of_nearest_go_on_where_the_last_ended(app):  # noqa: F811
    search = Search(app.extensions["site"].releases.current().path)
    order = search.holders("https://data.jejaring.example/id/w01")
    whole = search.near(Wanted(chosen={"kind": "work"}, limit=100), order)
    wanted = [Wanted(chosen={"kind": "work"}, limit=3, offset=start) for start in range(0, whole.total, 3)]
    pages = [search.near(one, order).results for one in wanted]
    assert [one.iri for page in pages for one in page] == [one.iri for one in whole.results]
    assert whole.total == len(whole.results) > 3


def test_the_page_offers_it_only_with_a_library(app):  # noqa: F811
    client = app.test_client()
    assert "sort=nearest" in client.get(START, headers=HTML).get_data(as_text=True)
    assert "sort=nearest" not in client.get("/search?kind=work", headers=HTML).get_data(as_text=True)
    page = html.fromstring(client.get(START + "&sort=nearest&lang=en", headers=HTML).data)
    assert "km away" in page.text_content()
