"""Writes the screenshots of the documentation: ``python -m tests.pages.screenshots``."""

import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from waitress.server import create_server

from graph.settings import Settings
from tests.pages.conftest import ARGUMENTS, ROOT, publish
from web.app import create_app

SHOTS = {
    "home": "/?lang=id&on=2026-03-15",
    "search": "/search?q=mandala&lang=id&untuk=wana&on=2026-03-15",
    "work": "/karya/w01?lang=en&untuk=wana&on=2026-03-15",
    "may-borrow": "/may-borrow?copy=i03&borrower=wana&lang=id&on=2026-03-15",
    "library": "/perpustakaan/wana?lang=id&on=2026-03-15",
    "agreement": "/perjanjian/A2?lang=id&on=2026-03-15",
    "relations": "/hubungan/wana?lang=id&on=2026-03-15",
}
FOLDER = ROOT / "docs" / "screenshots"


def take() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        publish(Path(folder))
        app = create_app(Settings(data=folder, base_iri="https://data.jejaring.example"))
        server = create_server(app, host="127.0.0.1", port=0, threads=4)
        threading.Thread(target=server.run, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1100, "height": 820})
            for name, path in SHOTS.items():
                page.goto(f"http://127.0.0.1:{server.effective_port}{path}")
                page.screenshot(path=str(FOLDER / f"{name}.png"))
            browser.close()
        server.close()


if __name__ == "__main__":
    take()
