"""Pages of answers are made once a release for each address, language, day and library."""

import pytest

from graph.network import Network
from web.pages.shelf import MOST_PAGES, Shelf

DAY = "2026-03-14"
HTML = {"Accept": "text/html"}
PATHS = ("/silang-layan?on=2026-03-14", "/q/cq20-last-copies?on=2026-03-14", "/jejaring/jpmr/syarat?on=2026-03-14")


@pytest.mark.parametrize("path", PATHS)
def test_the_second_view_asks_nothing(client, monkeypatch, path):
    def refused(*given, **named):
        raise AssertionError("asked again")

    first = client.get(path + "&lang=en", headers=HTML)
    monkeypatch.setattr(Network, "ask", refused)
    assert client.get(path + "&lang=en", headers=HTML).data == first.data


def test_what_a_page_depends_on_makes_another(client):
    seen = {
        client.get(path, headers={**HTML, "Accept-Language": tongue}).data
        for path in (
            "/perjanjian?on=2026-03-14",
            "/perjanjian?on=2026-09-14",
            "/perjanjian?on=2026-03-14&untuk=wana",
        )
        for tongue in ("id", "en")
    }
    assert len(seen) == 6


def test_room_for_pages_is_bounded(app):
    shelf = Shelf(app.extensions["site"].releases.current(), "https://data.jejaring.example")
    size = MOST_PAGES // 20
    for number in range(25):
        shelf.keep_page(number, "x" * size)
    assert shelf.page(4) is None
    assert all(shelf.page(number) for number in range(5, 25))
    shelf.keep_page("large", "x" * (MOST_PAGES // 9))
    assert shelf.page("large") is None
