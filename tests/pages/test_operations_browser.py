"""The operations' pages in headless Chromium: accessible, no wider than a telephone, printable, without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.pages.test_operations import address

pytestmark = pytest.mark.browser
PAGES = (
    "/perjanjian/kelengkapan", "/jejaring/{N}/syarat", "/rotasi/rencana", "/kesiapan/{L}", "/tukar-hadiah",
    "/perpustakaan/{L}/keuntungan", "/jejaring/{N}/calon-focal-point", "/perjanjian/{A}/dampak",
)  # fmt: skip


@pytest.fixture
def screen(chromium, served):
    opened = chromium.new_page(viewport={"width": 360, "height": 800}, locale="en-GB", base_url=served)
    yield opened
    opened.close()


@pytest.mark.parametrize("operation", PAGES)
def test_page_is_accessible_and_fits_a_telephone(screen, operation):
    screen.goto(address(operation))
    assert screen.evaluate("document.documentElement.scrollWidth") <= 360
    found = Axe().run(screen)
    assert found.violations_count == 0, found.generate_report()


def test_names_of_columns_wrap_before_figures_with_a_bar(screen):
    """A long name ran into the figure beside it."""
    screen.goto(address("/jejaring/{N}/calon-focal-point"))
    wraps = "cells => cells.map(one => getComputedStyle(one, '::before').whiteSpace)"
    assert set(screen.locator("td:has(.meter)").evaluate_all(wraps)) == {"normal"}


def test_packing_list_prints_without_what_is_for_the_screen(screen):
    screen.goto("/rotasi/paket/pk1")
    screen.emulate_media(media="print")
    assert screen.locator("section#signatures").is_visible()
    for selector in ("header.top", "form.lens", "p.same", "section.also"):
        assert not screen.locator(selector).first.is_visible()


def test_planning_works_without_scripts(chromium, served):
    context = chromium.new_context(java_script_enabled=False, base_url=served, locale="en-GB")
    opened = context.new_page()
    opened.goto("/rotasi/rencana?lang=en")
    opened.select_option("#f-kemitraan", "P7")
    opened.fill("#f-mulai", "2026-07-13")
    with opened.expect_navigation():
        opened.click("main form button")
    assert opened.locator("#stages tbody tr").count() > 1
    context.close()
