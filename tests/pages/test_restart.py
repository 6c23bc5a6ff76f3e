"""An upload whose server is stopped: the next server says what became of the load."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from fcntl import LOCK_EX, flock
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from waitress.server import create_server

from tests.pages.handover import HEAD, KOTA, loaded
from web import commands
from web.app import create_app
from web.credentials import Credentials

ROOT = Path(__file__).resolve().parents[2]
NAME = "0123456789abcdef"


class Server:
    """The real server in a process group of its own, and a browser that is signed in."""

    def __init__(self, data, secret):
        program = "from web.cli import main; main()"
        command = [sys.executable, "-c", program, "--data", str(data), "serve", "--port", "0"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
        )
        line = self.process.stdout.readline()
        self.base = f"http://127.0.0.1:{re.search(r'port ([0-9]+)', line)[1]}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.post("/unggah/masuk", token=secret)

    def get(self, path):
        request = urllib.request.Request(self.base + path, headers={"Accept": "text/html"})
        with self.opener.open(request) as answer:
            return html.fromstring(answer.read())

    def post(self, path, **fields):
        request = urllib.request.Request(self.base + path, urlencode(fields).encode(), {"Accept": "text/html"})
        return self.opener.open(request).status

    def word(self):
        return self.get("/unggah").xpath("//input[@name='word']/@value")[0]

    def kill(self):
        """As a machine does that stops: the server and all that it began."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def settings(tmp_path):
    return loaded(tmp_path)


@pytest.fixture
def upload(settings):
    folder = settings.data / "uploads" / NAME
    (folder / "files").mkdir(parents=True)
    more = "bukit,Perpustakaan Bukit,perpustakaan sekolah,b@example.org\n"
    (folder / "files" / "perpustakaan.csv").write_text(HEAD + KOTA + more, encoding="utf-8")
    (folder / "told.json").write_text(
        '{"source": "", "library": "", "partial": "", "by": "Siti"}', encoding="utf-8"
    )
    return folder


def test_a_load_cut_short_is_called_interrupted_and_can_be_begun_again(settings, upload):
    _, secret = Credentials(settings.data).make("Siti", ("update",))
    first = Server(settings.data, secret)
    try:
        assert first.post(f"/unggah/{NAME}/muat", word=first.word()) == 200
    finally:
        first.kill()
    second = Server(settings.data, secret)
    try:
        page = second.get(f"/unggah/{NAME}?lang=en")
        assert page.findtext(".//h1") == "The load was interrupted"
        assert not page.xpath("//meta[@http-equiv]")
        second.post(f"/unggah/{NAME}/muat", word=second.word())
        until = time.monotonic() + 60
        while (heading := second.get(f"/unggah/{NAME}?lang=en").findtext(".//h1")) == "Loading":
            assert time.monotonic() < until
            time.sleep(0.2)
        assert heading == "Release 2 is published"
    finally:
        second.kill()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_of_an_interrupted_load_is_accessible(chromium, settings, upload, width):
    _, secret = Credentials(settings.data).make("Siti", ("update",))
    (upload / "outcome.running").write_text("")
    server = create_server(create_app(settings), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    page = chromium.new_page(
        viewport={"width": width, "height": 800}, base_url=f"http://127.0.0.1:{server.effective_port}"
    )
    page.goto("/unggah?lang=en")
    page.fill("input[type=password]", secret)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(f"/unggah/{NAME}?lang=en")
    found, fits = Axe().run(page), page.evaluate("document.documentElement.scrollWidth") <= width
    heading = page.inner_text("h1")
    page.close()
    server.close()
    assert heading == "The load was interrupted"
    assert (found.violations_count, fits) == (0, True), found.generate_report()


def test_the_state_is_told_by_what_is_on_disk(tmp_path):
    outcome = tmp_path / "outcome.json"
    assert commands.state(outcome) == "not begun"
    running = outcome.with_suffix(commands.RUNNING)
    running.write_text("")
    with running.open("rb") as held:
        flock(held, LOCK_EX)
        assert commands.state(outcome) == "running"
    assert commands.state(outcome) == "interrupted"
    running.write_text('{"release": 2}')
    assert commands.state(outcome) == "ended"
    assert outcome.read_text() == '{"release": 2}'
    assert not running.exists()
