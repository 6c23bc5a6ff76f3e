"""A reader's way through the network, in headless Chromium: in each language, with and without scripts, narrow and
wide, by mouse and by keys alone."""

import pytest

pytestmark = pytest.mark.browser
BEGIN = "/?untuk=wana&on=2026-03-15&lang="
MOST_TABS = 100
BETWEEN = """target => {
  const follows = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  const from = document.activeElement, all = document.querySelectorAll("a[href], button, input, select, summary");
  return [...all].filter(one => one.type !== "hidden" && one.checkVisibility() &&
    follows(one, target) && (from === document.body || follows(from, one))).length;
}"""
"""How many times Tab is pressed at least to come to an element; a date field takes more."""
STEPS = (
    (".facets a[href*='kind=work']", "kind=work"),
    (".results a:has-text('Bumi Manusia')", "/karya/"),
    ("section.borrow a[href*='/may-borrow']", "/may-borrow"),
    ("table a[href*='/perjanjian/A2']", "/perjanjian/A2"),
    (".facts a[href*='/perpustakaan/tirta']", "/perpustakaan/tirta"),
    ("table a[href*='/perpustakaan/kota']", "/perpustakaan/kota"),
    ("a[href*='/hubungan/kota']", "/hubungan/kota"),
    ("svg.picture a[href*='/kemitraan/']", "/kemitraan/"),
)
"""What is followed on each page, and what the address of the next one holds."""


class Mouse:
    """Clicks."""

    def __init__(self, page):
        self.page = page

    def search(self, words):
        self.page.click("#q")
        self.page.keyboard.type(words)
        self.page.click("header form.find button")

    def follow(self, selector):
        target = self.page.locator(selector).first
        if not target.is_visible():
            self.page.click(".facets .panel > summary")
        target.click()


class Keys:
    """Only Tab, letters and Enter, beginning each page with its skip link."""

    def __init__(self, page):
        self.page = page

    def search(self, words):
        self.reach("#q")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")

    def follow(self, selector):
        self.page.keyboard.press("Tab")
        assert self.page.locator("a.skip").first.evaluate("one => one === document.activeElement")
        self.page.keyboard.press("Enter")
        if not self.page.locator(selector).first.is_visible():
            self.reach(".facets .panel > summary")
            self.page.keyboard.press("Enter")
        self.reach(selector)
        self.page.keyboard.press("Enter")

    def reach(self, selector):
        target = self.page.locator(selector).first
        for _ in range(target.evaluate(BETWEEN)):
            self.page.keyboard.press("Tab")
        for _ in range(MOST_TABS):
            if target.evaluate("one => one === document.activeElement"):
                assert target.evaluate("one => getComputedStyle(one).outlineStyle") != "none", "focus is not seen"
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{selector} is not reached by the Tab key on {self.page.url}")


@pytest.mark.parametrize("by", [Mouse, Keys])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_reader_goes_from_a_search_to_a_partner_and_the_graph_and_back(
    chromium, served, language, scripts, width, by
):
    context = chromium.new_context(
        java_script_enabled=scripts, base_url=served, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    faults = []
    page.on("console", lambda one: faults.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith((served, "data:")) else faults.append(one.url))
    page.goto(BEGIN + language)
    reader = by(page)
    reader.search("bumi")
    page.wait_for_url("**/search**", wait_until="domcontentloaded")
    for selector, leads_to in STEPS:
        reader.follow(selector)
        page.wait_for_url(f"**{leads_to}**", wait_until="domcontentloaded")
        assert page.get_attribute("html", "lang") == language
        assert "untuk=wana" in page.url
        assert "on=2026-03-15" in page.url
    page.go_back()
    page.wait_for_url("**/hubungan/kota**")
    context.close()
    assert faults == []
