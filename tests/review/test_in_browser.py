"""Review in headless Chromium: by keyboard alone, without scripts, and free of faults for assistive technology."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.pages.conftest import chromium, served  # noqa: F401  (fixtures)
from tests.pages.test_browser import page  # noqa: F401  (fixture)
from tests.review.conftest import GND

pytestmark = pytest.mark.browser


def sign_in(page, secret):  # noqa: F811
    page.goto("/review?lang=en")
    page.fill("#token", secret)
    with page.expect_navigation(wait_until="load"):
        page.press("#token", "Enter")
    page.wait_for_selector("table.compare")


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    from tests.review.conftest import filled
    from web.app import create_app

    return create_app(filled(tmp_path_factory.mktemp("review")))


@pytest.fixture(scope="module")
def secret(app):
    from web.site import site

    with app.app_context():
        return site().credentials.make("siti", ("decisions",))[1]


def press(page, key, leads_to):  # noqa: F811
    """Press a key that leads to another page, and wait until that page listens to keys too."""
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press(key)
    page.wait_for_selector(leads_to)


def test_a_queue_is_worked_through_by_keys(page, secret):  # noqa: F811
    sign_in(page, secret)
    page.keyboard.press("w")
    page.keyboard.type("1950 both, u and 0 are only letters here")
    page.keyboard.press("Escape")
    press(page, "1", "h1 ~ form [data-key=z]")
    assert "Bea" in page.inner_text("table.compare thead")
    press(page, "z", "table.compare thead:has-text('Ann')")
    press(page, "s", "table.compare thead:has-text('Bea')")
    press(page, "0", "[role=status]")
    assert "different" in page.inner_text("[role=status]")
    page.goto("/review/history?lang=en")
    assert f"{GND}" not in page.inner_text("table")
    assert "1950 both" in page.inner_text("table")


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_review_are_accessible_and_fit(page, secret, width):  # noqa: F811
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, secret)
    for path in ("/review", "/review/history", "/review/pair?entity=wana&target=kota", "/review/split?entity=w01"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found = Axe().run(page)
        assert found.violations_count == 0, (path, found.generate_report())
    page.context.clear_cookies()
    page.goto("/review")
    assert Axe().run(page).violations_count == 0
