"""Maps: outlines of ours, or tiles of the one host that the operator names; only pages with a map may ask it."""

import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from waitress.server import create_server

from graph.errors import SettingsError
from graph.settings import Settings
from web.app import create_app
from web.pages.maps import tiles

HTML = {"Accept": "text/html"}
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f0005"
    "0001ff89993d1d0000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def tile_server():
    """A server of tiles of our own, and the paths it was asked for."""
    asked, app = [], Flask("tiles")

    @app.get("/<int:z>/<int:x>/<int:y>.png")
    def tile(z, x, y):
        asked.append((z, x, y))
        return DOT, {"Content-Type": "image/png"}

    server = create_server(app, host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}", asked
    server.close()


@pytest.fixture(scope="module")
def with_tiles(data, tile_server):
    host, _ = tile_server
    thanks = "© Peta Kita https://peta.example/licence <b>"
    given = {"map_tiles": host + "/{z}/{x}/{y}.png", "map_attribution": thanks}
    return create_app(Settings(data=str(data), base_iri="https://data.jejaring.example", **given))


def policy(app, path):
    return app.test_client().get(path, headers=HTML).headers["Content-Security-Policy"]


def test_only_pages_with_a_map_are_opened_to_the_one_host(with_tiles, app, tile_server):
    host, _ = tile_server
    for path in ("/direktori", "/karya/w01", "/terbitan/n01"):
        assert f"img-src 'self' data: {host};" in policy(with_tiles, path)
        assert host not in policy(app, path)
    for path in ("/", "/perpustakaan/wana", "/search?q=bumi", "/karya/none"):
        assert policy(with_tiles, path) == policy(app, path)
        assert host not in policy(with_tiles, path)


def test_thanks_are_shown_as_text_with_links(with_tiles):
    page = with_tiles.test_client().get("/direktori", headers=HTML).get_data(as_text=True)
    assert 'href="https://peta.example/licence"' in page
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize(
    "address",
    [
        "https://host/tiles.png",
        "javascript:{z}{x}{y}",
        "https://a b/{z}/{x}/{y}",
        "https://h/{z}/{x}/{y};script-src *",
    ],
)
def test_an_address_without_use_is_refused(address):
    with pytest.raises(SettingsError, match="map_tiles"):
        tiles(Settings(map_tiles=address))


@pytest.mark.browser
def test_leaflet_draws_the_tiles(chromium, with_tiles, tile_server):
    host, asked = tile_server
    server = create_server(with_tiles, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    page = chromium.new_page(base_url=f"http://127.0.0.1:{server.effective_port}")
    others, faults = [], []
    ours = (host, f"http://127.0.0.1:{server.effective_port}", "data:")
    page.on("request", lambda one: None if one.url.startswith(ours) else others.append(one.url))
    page.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    page.goto("/direktori")
    page.wait_for_selector("#map img.leaflet-tile-loaded")
    found = [Axe().run(page)]
    page.goto("/karya/w01?lang=en")
    page.click("details.mapped summary")
    page.wait_for_selector("#map img.leaflet-tile-loaded")
    found.append(Axe().run(page))
    page.close()
    server.close()
    assert asked
    assert [one.generate_report() for one in found if one.violations_count] == []
    assert (others, faults) == ([], [])
