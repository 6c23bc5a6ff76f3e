"""Writes the screenshots of the documentation from the example network: ``python -m tests.pages.screenshots``."""

import runpy
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import sync_playwright
from waitress.server import create_server

from graph.search import Search, Wanted
from graph.settings import Settings
from ingest.inputs import collect
from ingest.pipeline import Pipeline
from tests.pages.conftest import ARGUMENTS, ROOT
from web.app import create_app

DAY = "on=2026-03-15"
WIDE, NARROW = {"width": 1100, "height": 820}, {"width": 360, "height": 820}
SHOTS = {
    "home": f"/?lang=id&{DAY}",
    "search": f"/search?q=bahasa&lang=id&untuk=wana&{DAY}",
    "work": f"/karya/WORK?lang=en&untuk=wana&{DAY}",
    "work-narrow": f"/karya/WORK?lang=id&untuk=wana&{DAY}",
    "may-borrow": f"/may-borrow?copy=work/WORK&borrower=wana&lang=id&{DAY}",
    "library": f"/perpustakaan/kota?lang=id&{DAY}#koleksi",
    "agreement": f"/perjanjian/A2?lang=id&{DAY}",
    "relations": f"/hubungan/wana?lang=id&{DAY}",
    "explorer": f"/penjelajah?mulai=wana&lang=en&{DAY}",
    "checks": "/pemeriksaan?lang=en",
    "why": f"/mengapa?iri=BASE/id/wana&property=https://schema.org/email&lang=en&{DAY}",
}
FOLDER = ROOT / "docs" / "screenshots"


def take() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        settings = _loaded(Path(name))
        work = _work(settings)
        server = create_server(create_app(settings), host="127.0.0.1", port=0, threads=4)
        threading.Thread(target=server.run, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
            for shot, path in SHOTS.items():
                page = browser.new_page(viewport=NARROW if shot.endswith("narrow") else WIDE)  # type: ignore[arg-type]
                address = path.replace("WORK", work).replace("BASE", settings.base_iri)
                page.goto(f"http://127.0.0.1:{server.effective_port}{address}")
                page.wait_for_load_state("networkidle")
                page.screenshot(path=str(FOLDER / f"{shot}.png"))
                page.close()
            browser.close()
        server.close()


def _loaded(folder: Path) -> Settings:
    sys.argv = ["make.py", str(folder / "handover")]
    with suppress(SystemExit):
        runpy.run_path(str(ROOT / "examples" / "make.py"), run_name="__main__")
    settings = Settings(data=str(folder / "data"))
    Pipeline(settings).load(collect([folder / "handover"]))
    return settings


def _work(settings: Settings) -> str:
    found = Search(settings.data / "current").find(Wanted("kamus umum bahasa", {"kind": "work"})).results[0]
    return found.iri.partition("/id/work/")[2]


if __name__ == "__main__":
    take()
