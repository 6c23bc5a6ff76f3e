"""Compression: pages and static files are sent gzipped to those who can read it, for phones with a poor line.

A proxy in front (deploy/nginx.conf) does the same for the rest; what is compressed here it passes on as it is.
"""

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request

SMALLEST = 1000
"""Bytes below which compressing gains nothing."""
TYPES = ("text/html", "text/css", "text/javascript", "application/javascript", "application/json",
         "application/geo+json", "image/svg+xml")  # fmt: skip
PAGES, STATIC = "pages.", "static"


def compress(app: Flask) -> None:
    """Have an application's pages and static files compressed."""
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    endpoint = request.endpoint or ""
    if not (endpoint == STATIC or endpoint.startswith(PAGES)) or response.mimetype not in TYPES:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or not request.accept_encodings["gzip"] or response.content_encoding:
        return response
    packed = _file(request.path) if endpoint == STATIC else _body(response)
    if packed is None:
        return response
    response.direct_passthrough = False
    etag, _ = response.get_etag()
    response.set_data(packed)
    response.content_encoding = "gzip"
    if etag:
        response.set_etag(etag, weak=True)
    return response


def _body(response: Response) -> bytes | None:
    if response.is_streamed or response.direct_passthrough:
        return None
    content = response.get_data()
    return gzip.compress(content, compresslevel=5, mtime=0) if len(content) >= SMALLEST else None


def _file(path: str) -> bytes | None:
    file = Path(__file__).parent / path.lstrip("/")
    return _packed(file, file.stat().st_mtime_ns) if file.is_file() else None


@lru_cache(64)
def _packed(file: Path, _changed: int) -> bytes | None:
    content = file.read_bytes()
    return gzip.compress(content, compresslevel=9, mtime=0) if len(content) >= SMALLEST else None
