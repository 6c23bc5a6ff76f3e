"""Where the page of an entity is: the pages decide (``web.pages.addresses.page_address``)."""

import pyoxigraph as ox

from web.site import Site

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def page_path(site: Site, iri: str) -> str:
    """The path of the page of an entity of ours."""
    quads = site.release.store.store.quads_for_pattern(ox.NamedNode(iri), _TYPE, None, ox.DefaultGraph())
    types = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
    return _address(site, iri, types)


def _address(site: Site, iri: str, types: set[str]) -> str:
    try:
        from web.pages.addresses import page_address
    except ImportError:
        return "/page/" + iri[len(site.iri("/id/")) :]
    return str(page_address(iri, types))
