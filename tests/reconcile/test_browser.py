"""In headless Chromium: a preview in another site's frame, and pages that axe has nothing against."""

import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from waitress.server import create_server

from tests.pages.conftest import chromium  # noqa: F401  (fixture)

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.fixture
def other_site(served):
    """Another origin that shows a preview of ours, and tries to show a page of ours."""
    app = Flask("other")
    frames = "".join(
        f'<iframe name="{name}" title="{name}" width="430" height="280" src="{served}{path}"></iframe>'
        for name, path in (("preview", "/preview?id=agent%2Frahmat&lang=en"), ("page", "/view?id=agent%2Frahmat"))
    )
    app.add_url_rule("/", view_func=lambda: f"<!doctype html><title>other</title>{frames}")
    server = create_server(app, host="127.0.0.1", port=0, threads=2)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://localhost:{server.effective_port}/"
    server.close()


def test_preview_shows_in_a_frame_and_pages_do_not(chromium, other_site):  # noqa: F811
    page = chromium.new_page()
    page.goto(other_site)
    preview = page.frame("preview")
    preview.wait_for_selector("h1")
    assert "Rahmat, Dewi Lestari" in preview.inner_text("h1")
    assert preview.evaluate("getComputedStyle(document.querySelector('dl')).display") == "grid"
    refused = page.frame("page")
    assert "Rahmat" not in refused.content()
    page.close()


@pytest.mark.parametrize(
    ("address", "width"),
    [("?lang=en", 1280), ("?lang=id", 360), ("/preview?id=agent%2Frahmat", 430), ("/../sameas/agent/rahmat", 360)],
)
def test_axe_finds_nothing(chromium, served, address, width):  # noqa: F811
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(served + address)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    page.close()
