"""What a page says in the same words in both languages is either data, or a name that is the same everywhere."""

import re

import pyoxigraph as ox
import pytest
from lxml import html

from ontology.operations import operations
from ontology.queries import saved_queries
from tests.pages.test_operations import address
from tests.pages.test_pages import PAGES, in_language

HTML = {"Accept": "text/html"}
SAME = {
    "AACR2", "Atom", "CSV", "FAST", "GND", "GeoNames", "INDOMARC / MARC 21", "ISBN", "ISIL", "ISNI", "ISO 18626",
    "ISSN", "JSON", "JSON-LD", "JSON-LD (schema.org)", "MARC", "MARCXML", "Media", "Mentor", "N-Triples", "NPP",
    "OAI-PMH", "ORCID", "OpenAPI", "Per", "RDA", "RDF/XML", "SPARQL", "SRU / Z39.50", "Status", "Turtle", "VIAF",
    "Format", "Wikidata", "Xlsx", "XLSX",
    "iCalendar", "status", "multimedia", "EAN", "ISMN", "Jejaring", "Focal point",
}  # fmt: skip
"""Names and words that are the same in Indonesian and English."""
DATA = "//bdi | //code | //pre | //script | //textarea | //style | //select | //*[@class='tongues'] | //svg//title"
LATIN = re.compile(r"[A-Za-z]{3}")


@pytest.fixture(scope="module")
def literals(app):
    """Every text the network says, by which a page may call something in both languages."""
    store = app.extensions["site"]._current().store.store
    found = {quad.object.value for quad in store if isinstance(quad.object, ox.Literal)}
    return [text for text in found if LATIN.search(text) and len(text) < 300]


def texts(client, path, language):
    """The texts of a page that are not marked as data or as another language."""
    tree = html.fromstring(client.get(in_language(re.sub(r"lang=\w+&?", "", path), language), headers=HTML).data)
    for one in tree.xpath(DATA):
        one.drop_tree()
    for one in tree.xpath("//body//*[@lang]"):
        if one.get("lang") != language:
            one.drop_tree()
    for one in tree.xpath("//svg//text[tspan]"):  # a name in two lines of a picture is one name
        one.text = " ".join(one.itertext())
        for line in one.findall("tspan"):
            one.remove(line)
    found = tree.xpath("//body//text() | //body//@title | //body//@aria-label | //body//@placeholder")
    return {" ".join(text.split()) for text in found if LATIN.search(text)}


def said_twice(client, path, literals):
    """What a page says in the same words in both languages, names and data apart."""
    both = texts(client, path, "id") & texts(client, path, "en")
    return {text for text in both - SAME if not any(one in text for one in literals) and not _name(text)}


def _name(text):
    """An address, an id, a prefixed name, an ISBN, or a name cut short."""
    return re.fullmatch(r"\S*[/:#@.]\S*|[a-z]+|.*\.\.\.|[\W\d]*ISBN [\dX]+", text) is not None


@pytest.mark.parametrize("path", PAGES)
def test_no_page_says_something_in_one_language_only(client, literals, path):
    assert not said_twice(client, path, literals)


@pytest.mark.parametrize("page", list(operations()))
def test_no_operation_says_something_in_one_language_only(client, literals, page):
    assert not said_twice(client, address(page), literals)


@pytest.mark.parametrize("name", list(saved_queries()))
def test_no_question_says_something_in_one_language_only(client, literals, name):
    assert not said_twice(client, f"/q/{name}", literals)
