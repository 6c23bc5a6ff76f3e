"""In headless Chromium: pages are accessible and fit; what scripts add works, without faults or outside calls."""

import time

import pytest
from axe_playwright_python.sync_playwright import Axe

AXE_PAGES = (
    "/", "/search?q=perpustakaan", "/search?q=tiadasamasekali", "/karya/w01?untuk=wana&on=2026-03-15",
    "/terbitan/n01", "/eksemplar/i03", "/perpustakaan/wana?on=2026-03-15", "/jejaring/jpmr", "/kemitraan/P1",
    "/perjanjian/A1", "/perjanjian/OF1", "/perjanjian/SET1", "/q/cq20-last-copies", "/q",
    "/about", "/releases", "/releases/1", "/laporan", "/pemeriksaan", "/perpustakaan-saya", "/bangku-pemetaan",
    "/may-borrow", "/may-borrow?copy=i03&borrower=wana&on=2026-03-15",
    "/may-borrow?copy=i19&borrower=kota&on=2026-03-15", "/hubungan/wana", "/penjelajah?mulai=wana", "/direktori",
    "/entitas?iri=https%3A%2F%2Fw3id.org%2Fjejaring%2Fns%23form-1-acquisition", "/unggah",
    "/mengapa?iri=https%3A%2F%2Fdata.jejaring.example%2Fid%2Fwana&property=https%3A%2F%2Fschema.org%2Femail",
    "/perpustakaan/kota?on=2026-03-15", "/search?q=bumi&kind=work&boleh=1&untuk=wana&on=2026-03-15",
    "/karya/evil", "/karya/long", "/karya/smile", "/karya/empty",
)  # fmt: skip
pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium, served):
    opened = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB", base_url=served)
    faults = []
    opened.on(
        "console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None
    )
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda r: None if r.url.startswith((served, "data:")) else faults.append(r.url))
    yield opened
    opened.close()
    assert faults == []


def test_suggestions_work_by_keyboard_alone(page):
    page.goto("/?lang=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#q")
    with page.expect_response("**/suggest?**q=lask*"):
        page.keyboard.type("lask")
    page.wait_for_selector("#q-options li")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == "q-option-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/karya/w02**")
    assert page.inner_text("h1") == "Laskar Pelangi"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", AXE_PAGES)
def test_page_is_accessible_and_fits(page, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(
    "path", ["/", "/search?q=bumi", "/karya/w01?untuk=wana&on=2026-03-15", "/perjanjian/A1", "/hubungan/wana"]
)
def test_page_is_accessible_in_the_dark(page, path):
    page.emulate_media(color_scheme="dark")
    page.goto(path)
    assert page.evaluate("parseInt(getComputedStyle(document.body).color.slice(4)) > 200"), "not dark"
    found = Axe().run(page, options={"runOnly": ["color-contrast"]})
    assert found.violations_count == 0, found.generate_report()


def test_a_printed_page_says_where_and_for_which_day_it_was_made(page):
    page.emulate_media(media="print")
    page.goto("/perpustakaan/wana?on=2026-03-15&lang=en")
    assert "/perpustakaan/wana · March 15, 2026 · Release 1" in page.inner_text("p.printed")
    assert not page.is_visible("header.top")
    assert not page.is_visible("form.find.inline")


def test_map_draws_the_list(page):
    page.goto("/direktori")
    page.wait_for_selector("#map path.leaflet-interactive, #map .pin")
    assert page.locator("#places li").count() == 10


def shown(page, fits):
    """How many nodes the picture has, once the number fits."""
    until = time.monotonic() + 20
    while not fits(number := int(page.get_attribute("#explorer", "data-nodes") or 0)):
        assert time.monotonic() < until, number
        page.wait_for_timeout(50)
    return number


def test_explorer_shows_what_stands_on_the_day_by_kind(page):
    page.goto("/penjelajah?mulai=wana&lang=en&on=2026-03-15")
    page.wait_for_selector("#explorer canvas")
    before = shown(page, lambda n: n > 3)
    page.uncheck("#show-agreement")
    fewer = shown(page, lambda n: n < before)
    page.check("#show-agreement")
    page.check("#show-past")
    assert shown(page, lambda n: n > fewer) >= before


def test_explorer_shows_the_way_between_two_libraries(page):
    page.goto("/penjelajah?mulai=wana&lang=en&on=2026-03-15")
    page.select_option("#ke", "tirta")
    page.click("text=Show the way")
    shown(page, lambda n: n == 3)
    way = page.request.get("/hubungan.json?dari=wana&ke=tirta&on=2026-03-15").json()
    assert {one["name"] for one in way["nodes"] if one["kind"] == "library"} == {"wana", "tirta"}
    page.goto("/penjelajah?mulai=wana&ke=tirta&lang=en&on=1950-01-01")
    page.wait_for_selector("#told:has-text('No chain')")


def test_the_map_of_holders_comes_when_it_is_opened(page):
    page.goto("/karya/w01?lang=en")
    assert page.evaluate("typeof L") == "undefined"
    page.click("details.mapped summary")
    page.wait_for_selector("#map path.leaflet-interactive, #map .pin")


def test_the_library_is_remembered_in_the_browser_not_in_a_cookie(page):
    page.goto("/?untuk=wana&lang=en")
    page.goto("/karya/w01?lang=en")
    page.wait_for_url("**untuk=wana**")
    assert page.locator("section.borrow tbody tr").count() >= 1
    assert page.context.cookies() == []
    page.select_option("#untuk", "")
    with page.expect_navigation():
        page.click("form.lens button")
    page.goto("/karya/w01?lang=en")
    assert "untuk" not in page.url


def test_facets_begin_closed_where_the_screen_is_narrow(page):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/search?q=bumi&lang=en")
    assert page.get_attribute(".facets .panel", "open") is None
    page.click(".facets .panel > summary")
    page.click(".facets a:has-text('Works')")
    page.wait_for_url("**kind=work**")


def test_counts_of_facets_stay_on_one_line(page):
    """Beside the long names of libraries the last figure of a count had a line of its own."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/search?lang=en")
    heights = page.locator(".facets .count").evaluate_all(
        "all => all.filter(one => one.offsetHeight).map(one => one.offsetHeight)"
    )
    assert heights
    assert max(heights) < 1.5 * min(heights)
