"""The editor at ``/sparql``: in headless Chromium with scripts, and as a plain form without."""

from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.endpoints.conftest import Served

pytestmark = pytest.mark.browser
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, server: Served) -> Iterator[Page]:
    """A page; afterwards there was no error on the console and no request to anybody else."""
    opened = browser.new_page(locale="en-GB")
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    asked: set[str] = set()
    opened.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    yield opened
    opened.close()
    assert not complaints
    assert asked <= {urlsplit(server.url).netloc, ""}


def test_the_editor_asks_and_shows(page: Page, server: Served) -> None:
    page.goto(server.url + "/sparql")
    page.wait_for_selector(".yasqe .CodeMirror")
    text = 'SELECT ?label { <https://data.test/id/kota> ?p ?label FILTER(LANG(?label) = "en") }'
    page.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", text)
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr_results td, .yasr_results .dataTable")
    assert "City Library" in page.inner_text(".yasr_results")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editor_and_what_it_shows_are_accessible(
    page: Page, server: Served, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(server.url + "/sparql")
    page.wait_for_selector(".yasqe .CodeMirror")
    assert_accessible(page)
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr_results .dataTable")
    assert_accessible(page)


def assert_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_an_example_comes_into_the_editor(page: Page, server: Served) -> None:
    page.goto(server.url + "/sparql")
    page.wait_for_selector(".yasqe .CodeMirror")
    example = page.locator("[data-query]").first
    expected = example.get_attribute("data-query")
    example.click()
    shown = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert expected is not None
    assert shown.strip() == expected.strip()


def test_an_error_is_shown(browser: Browser, server: Served) -> None:
    page = browser.new_page()
    page.goto(server.url + "/sparql?query=SELECT")
    assert "cannot be read" in page.content()
    page.close()


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_plain_form(browser: Browser, server: Served, language: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale=language)
    page = context.new_page()
    page.goto(server.url + "/sparql")
    page.fill("textarea[name=query]", "SELECT ?s { ?s a <http://www.w3.org/ns/org#Organization> } ORDER BY ?s")
    with page.expect_navigation():
        page.click("#sparql-form button")
    assert page.locator("td").all_inner_texts() == ["desa", "kota"]
    assert page.locator("h2").first.inner_text() == {"en": "Result", "id": "Hasil"}[language]
    with page.expect_navigation():
        page.click("text=kota")
    assert page.url.startswith(server.url)
    context.close()


def test_the_editor_speaks_indonesian(browser: Browser, server: Served) -> None:
    page = browser.new_page(locale="id-ID")
    page.goto(server.url + "/sparql")
    page.click(".yasqe_queryButton[title='Jalankan kueri']")
    page.wait_for_selector(".dt-info:has-text('Baris 1–')")
    page.wait_for_selector("#sparql-editor [aria-label='Saring hasil'][placeholder='Saring hasil']")
    titled = page.eval_on_selector_all("#sparql-editor [title]", "all => all.map(one => one.title)")
    assert {"Tambah tab", "Tutup tab", "Bagikan kueri", "Unduh hasil", "Jawaban"} <= set(titled)
    assert not {"Add tab", "Run query", "Share query", "Response"} & set(titled)
    page.close()
