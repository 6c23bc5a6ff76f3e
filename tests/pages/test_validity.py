"""HTML is valid: parsed strictly after the HTML standard, and what a parser does not see checked by itself."""

from itertools import pairwise

import html5rdf
import pytest
from lxml import html

from tests.pages.test_browser import AXE_PAGES
from tests.pages.test_pages import HTML, PAGES

LISTS = {"ul", "ol"}
PHRASING = {"p", "h1", "h2", "h3", "span", "a", "dt", "summary", "figcaption", "label", "bdi", "code"}
BLOCKS = {"div", "p", "ul", "ol", "dl", "table", "section", "article", "h1", "h2", "h3", "form", "figure", "pre"}
INTERACTIVE = {"a", "button", "input", "select", "textarea", "label", "summary", "details"}


@pytest.mark.parametrize("path", sorted({*PAGES, *AXE_PAGES}))
def test_page_is_valid_html(client, path):
    text = client.get(path, headers=HTML).get_data(as_text=True)
    html5rdf.HTMLParser(strict=True).parse(text)
    tree = html.fromstring(text)
    assert tree.xpath("string(//title)").strip()
    for one in tree.iter():
        children = {child.tag for child in one if isinstance(child.tag, str)}
        if one.tag in LISTS:
            assert children <= {"li"}, html.tostring(one)[:300]
        if one.tag == "dl":
            assert children <= {"dt", "dd", "div"}, html.tostring(one)[:300]
        if one.tag in PHRASING:
            assert not {child.tag for child in one.iterdescendants()} & BLOCKS, html.tostring(one)[:300]
        if one.tag in ("a", "button", "summary"):
            assert not {child.tag for child in one.iterdescendants()} & INTERACTIVE, html.tostring(one)[:300]
    ids = set(tree.xpath("//@id"))
    assert len(ids) == len(tree.xpath("//@id"))
    assert set(tree.xpath("//label/@for")) <= ids
    assert {
        name for names in tree.xpath("//@aria-labelledby | //@aria-describedby") for name in names.split()
    } <= ids


def test_headings_never_skip_a_level(client):
    for path in PAGES:
        tree = html.fromstring(client.get(path, headers=HTML).data)
        levels = [int(one.tag[1]) for one in tree.xpath("//h1 | //h2 | //h3 | //h4")]
        assert all(after - before <= 1 for before, after in pairwise(levels)), path
