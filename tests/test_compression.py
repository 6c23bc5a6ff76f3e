"""Compression: pages and static files come gzipped to those who ask, and otherwise as they are."""

import gzip

import pytest

from tests.pages.conftest import app, data  # noqa: F401

GZIP = {"Accept": "text/html", "Accept-Encoding": "gzip"}


@pytest.mark.parametrize("path", ["/", "/karya/w01", "/static/site.css", "/static/vendor/leaflet/leaflet.js"])
def test_gzip_says_the_same_in_fewer_bytes(app, path):  # noqa: F811
    client = app.test_client()
    plain, packed = client.get(path, headers={"Accept": "text/html"}), client.get(path, headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2


def test_a_page_known_already_is_not_sent_again(app):  # noqa: F811
    client = app.test_client()
    first = client.get("/karya/w01", headers=GZIP)
    again = client.get("/karya/w01", headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/karya/w01?lang=en", headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_static_files_are_known_again(app):  # noqa: F811
    client = app.test_client()
    first = client.get("/static/site.css", headers=GZIP)
    again = client.get("/static/site.css", headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
