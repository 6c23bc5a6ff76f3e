"""Names in addresses: from the path of a request to the IRI of an entity, and from an IRI to its addresses.

An entity is ``{base}/id/{name}``; it is a thing, so asking for it answers 303. Its data is at
``/data/{name}.{suffix}``, its page where the pages put it. A fragment belongs to the document of its entity.
"""

from urllib.parse import quote, unquote

from flask import Request

from graph.names import slug
from web.site import Site

SUFFIXES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "json": "application/json",
    "csv": "text/csv",
    "mrc": "application/marc",
    "marcxml": "application/marcxml+xml",
}
RECORD_SUFFIXES = ("mrc", "marcxml")


def requested_name(request: Request, start: str) -> str:
    """What follows ``start`` in the path as it was sent, with each part encoded as we encode names: a slash that
    is part of an identifier (``%2F``) stays one.
    """
    raw = request.environ.get("REQUEST_URI", "") or quote(request.path)
    path = raw.partition("?")[0]
    if not path.startswith(start):
        path = quote(request.path)
    return "/".join(slug(unquote(part)) for part in path[len(start) :].split("/"))


def split_suffix(name: str) -> tuple[str, str]:
    """A name and the suffix after its last dot, when that is one of ours; else the name and nothing."""
    stem, _, suffix = name.rpartition(".")
    return (stem, suffix) if stem and suffix in SUFFIXES else (name, "")


def data_path(site: Site, iri: str, suffix: str) -> str:
    """The path of the data of an entity of ours: ``/data/instance/kota-1.ttl``."""
    name = iri.partition("#")[0][len(site.iri("/id/")) :]
    return f"/data/{name}.{suffix}"
