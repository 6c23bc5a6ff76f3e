"""For machines that look around: robots.txt, the site map, and the OpenAPI description of what answers in JSON."""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyoxigraph as ox
import yaml
from flask import Response, jsonify

from graph.errors import NotFound
from graph.names import expand
from web.linked_data.pages import page_path
from web.sharing import open_blueprint
from web.site import Site, site

discovery = open_blueprint("discovery")
MAP_SIZE = 50_000
"""Addresses in one file of the site map; the protocol allows no more."""
_MAPPED = ("bf:Work", "bf:Instance", "org:Organization")
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_DESCRIPTION = Path(__file__).with_name("openapi.yaml")


@discovery.get("/robots.txt")
def robots() -> Response:
    """Pages may be indexed; queries and bulk data are asked for otherwise."""
    lines = ["User-agent: *", "Disallow: /sparql", "Disallow: /graph-store", "Disallow: /dumps/", "Disallow: /oai"]
    lines += ["Disallow: /search", "Disallow: /reconcile/", f"Sitemap: {site().url('/sitemap.xml')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@discovery.get("/sitemap.xml")
def site_map() -> Response:
    """The parts of the site map."""
    here = site()
    counts = here.release.manifest.get("counts", {})
    parts = [
        here.url(f"/sitemap/{kind.replace(':', '-')}/{part}.xml")
        for kind in _MAPPED
        for part in range(-(-counts.get(kind, 0) // MAP_SIZE))
    ]
    date = here.release.date.date().isoformat()
    entries = "".join(f"<sitemap><loc>{escape(part)}</loc><lastmod>{date}</lastmod></sitemap>\n" for part in parts)
    return _xml(f'<sitemapindex xmlns="{_NAMESPACE}">\n{entries}</sitemapindex>')


@discovery.get("/sitemap/<kind>/<int:part>.xml")
def site_map_part(kind: str, part: int) -> Response:
    """The pages of up to 50,000 entities of one kind."""
    name = kind.replace("-", ":", 1)
    if name not in _MAPPED:
        raise NotFound(f"The site map has no part {kind}.")
    here = site()
    entries = (
        f"<url><loc>{escape(here.url(page_path(here, iri)))}</loc></url>\n" for iri in _of_kind(here, name, part)
    )
    return _xml(f'<urlset xmlns="{_NAMESPACE}">\n{"".join(entries)}</urlset>')


@discovery.get("/openapi.json")
def openapi() -> Response:
    """What answers in JSON, and how to ask it."""
    here = site()
    return jsonify({**_openapi(), "servers": [{"url": here.public_url}]})


@cache
def _openapi() -> dict[str, Any]:
    return dict(yaml.safe_load(_DESCRIPTION.read_text(encoding="utf-8")))


def _of_kind(here: Site, name: str, part: int) -> Iterator[str]:
    start = here.iri("/id/")
    rdf_type, kind = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand(name))
    quads = here.release.store.store.quads_for_pattern(None, rdf_type, kind, ox.DefaultGraph())
    subjects = (quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
    ours = (iri for iri in subjects if iri.startswith(start))
    return islice(ours, part * MAP_SIZE, (part + 1) * MAP_SIZE)


def _xml(content: str) -> Response:
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n', mimetype="application/xml")
