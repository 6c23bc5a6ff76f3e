"""In headless Chromium: from a search to a partner and back, by mouse and by keys alone, with and without scripts.

Both languages, at 360 and 1280 pixels: search → facet → work → who can lend → agreement → library → partner →
graph → back, as one reader would go.
"""

import pytest

pytestmark = pytest.mark.browser
START = "/?untuk=wana&on=2026-03-15&lang="
WORDS = {
    "en": {
        "works": "Works", "why": "why?", "yes": "Yes", "picture": "See the picture of relations",
        "graph": "RELATIONS",
    },
    "id": {
        "works": "Karya", "why": "mengapa?", "yes": "Ya", "picture": "Lihat gambar hubungan", "graph": "HUBUNGAN",
    },
}  # fmt: skip
MOST_STEPS = 400


class Mouse:
    """Goes by clicking."""

    def __init__(self, page):
        self.page = page

    def search(self, words):
        self.page.fill("#q", words)
        with self.page.expect_navigation():
            self.page.click("form.find button >> nth=0")

    def follow(self, place, text):
        panel = self.page.locator(".facets .panel:not([open]) > summary")
        if "facets" in place and panel.count():
            panel.click()
        with self.page.expect_navigation():
            self.page.click(f"{place} a:has-text('{text}') >> nth=0")


class Keys:
    """Goes by Tab and Enter, never touching the mouse; fails when what is sought cannot be reached."""

    def __init__(self, page):
        self.page = page

    def search(self, words):
        self._until("element.id === 'q'")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/search?**")

    def follow(self, place, text):
        panel = self.page.locator(".facets .panel:not([open]) > summary")
        if "facets" in place and panel.count():
            self._until("element.matches('.panel > summary')")
            self.page.keyboard.press("Enter")
        self._until(f"element.matches({place + ' a'!r}) && element.textContent.includes({text!r})")
        before = self.page.url
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: url != before)

    def _until(self, condition):
        for _ in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(f"(() => {{ const element = document.activeElement; return {condition} }})()"):
                return
        raise AssertionError(f"No key leads to {condition} at {self.page.url}")


@pytest.mark.parametrize(
    ("way", "language", "scripts", "width"),
    [
        (Mouse, "en", True, 1280),
        (Mouse, "id", False, 360),
        (Mouse, "en", False, 1280),
        (Mouse, "id", True, 360),
        (Keys, "en", True, 1280),
        (Keys, "id", True, 360),
        (Keys, "id", False, 1280),
        (Keys, "en", False, 360),
    ],
)
def test_a_reader_goes_from_search_to_partner_and_back(chromium, served, way, language, scripts, width):
    context = chromium.new_context(
        java_script_enabled=scripts, base_url=served, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    outside = []
    page.on("request", lambda r: None if r.url.startswith((served, "data:")) else outside.append(r.url))
    page.on("console", lambda m: outside.append(m.text) if m.type in ("error", "warning") else None)
    words, reader = WORDS[language], way(page)
    page.goto(START + language)
    reader.search("bumi")
    reader.follow(".facets", words["works"])
    reader.follow(".results", "Bumi Manusia")
    reader.follow("section.borrow", words["why"])
    assert page.inner_text("h1").startswith(words["yes"])
    reader.follow("table", "PKS Silang Layan Tirtasari-Wanakerta")
    assert "/perjanjian/" in page.url
    reader.follow(".body", "Tirtasari")
    if "/kemitraan/" in page.url:
        reader.follow("#anggota", "Tirtasari")
    assert "/perpustakaan/" in page.url
    library = page.inner_text("h1")
    reader.follow("section", words["picture"])
    assert page.inner_text("p.kind").upper() == words["graph"]
    assert page.locator("svg.picture a").count() > 3
    page.go_back()
    assert page.inner_text("h1") == library
    reader.follow("table", "Perpustakaan")
    assert page.inner_text("h1") != library
    assert f"lang={language}" in page.url
    assert "untuk=wana" in page.url
    assert outside == []
    context.close()
