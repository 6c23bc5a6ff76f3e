"""Saved queries whose rows a module finds sooner: the same rows; long tables in pages, their files whole."""

import csv
import io

import pytest
from lxml import html

from web.pages import asking, paging
from web.pages.asking import asked
from web.pages.visit import visit

HTML = {"Accept": "text/html"}
ASKED = [
    ("overlap-of-members", {"network": "jpmr"}),
    ("directory", {}),
    ("directory", {"network": "jpmr"}),
    ("directory", {"wanted": "kind-public-library"}),
]


@pytest.mark.parametrize(("name", "given"), ASKED)
def test_rows_are_those_of_the_query(app, name, given):
    with app.test_request_context("/?on=2026-03-15"):
        ours, theirs = list(asked(visit(), name, **given).rows), visit().ask(name, **given).rows
        assert theirs
        assert ours == theirs
        assert asked(visit(), name, **given).rows[3:5] == theirs[3:5]


@pytest.fixture
def short(monkeypatch):
    """Pages of four rows, and of nine for printing."""
    monkeypatch.setattr(paging, "MOST_ROWS", 4)
    monkeypatch.setattr(paging, "MOST_PRINTED", 9)


def rows(client, path):
    tree = html.fromstring(client.get(path + "&lang=en&on=2026-03-16", headers=HTML).data)
    links = {link.text_content(): link.get("href") for link in tree.xpath("//section[@id='organisations']//a")}
    return [row.xpath("string(td[1])") for row in tree.xpath("//section[@id='organisations']//tbody/tr")], links


@pytest.mark.parametrize(("path", "most"), [("/direktori/daftar?x=1", 4), ("/direktori/daftar?cetak=1", 9)])
def test_a_long_table_is_turned_page_by_page(client, short, path, most):
    path += "&table=organisations"
    seen, links = rows(client, path)
    assert len(seen) == most
    while "Next" in links:
        more, links = rows(client, path + f"&page={len(seen) // most + 1}")
        seen += more
    everything = csv.DictReader(io.StringIO(client.get("/q/directory?format=csv").get_data(as_text=True)))
    assert len(seen) == len(set(seen)) == len(list(everything)) > most
    assert rows(client, path + "&page=99")[0] == more


def test_one_table_is_shown_alone_with_the_way_back(client, short):
    _, links = rows(client, "/direktori/daftar?x=1")
    assert "long pages, to print" in links
    tree = html.fromstring(client.get(links["Next"], headers=HTML).data)
    assert not tree.xpath("//section[@id='officers']")
    assert tree.xpath("//a[text()='The whole page']")


def test_the_answer_to_a_saved_query_is_turned_page_by_page(client, short):
    seen, path = [], "/q/directory?lang=en"
    while path:
        tree = html.fromstring(client.get(path, headers=HTML).data)
        seen += [row.xpath("string(td[1])") for row in tree.xpath("//main//tbody/tr")]
        path = next(iter(tree.xpath("//nav[contains(@class, 'pager')]/a[@rel='next']/@href")), "")
    everything = client.get("/q/directory?format=json").json["rows"]
    assert len(seen) == len(set(seen)) == len(everything) > 9
    assert f"{len(seen)} rows" in client.get("/q/directory?lang=en&cetak=1", headers=HTML).text


def test_an_answer_that_took_long_is_kept_until_others_need_the_room(monkeypatch):
    monkeypatch.setattr(asking, "SLOW", 0)
    monkeypatch.setattr(asking, "MOST_KEPT", 5)
    kept, found = asking.Kept(), []

    def ask(name, many=2):
        return kept.rows(name, lambda: found.append(name) or [{}] * many)

    for name in ("a", "b", "a", "c", "a", "b"):
        assert len(ask(name)) == 2
    assert found == ["a", "b", "c", "b"]
    assert len(ask("long", 6)) == len(ask("long", 6)) == 6
    assert found[-2:] == ["long", "long"]
