"""Where the page of an entity is: the pages decide."""

import pyoxigraph as ox

from graph.names import expand
from web.pages.addresses import page_address
from web.site import Site

_TYPE = ox.NamedNode(expand("rdf:type"))


def page_path(site: Site, iri: str) -> str:
    """The path of the page of an entity of ours."""
    quads = site.release.store.store.quads_for_pattern(ox.NamedNode(iri), _TYPE, None, ox.DefaultGraph())
    return page_address(iri, {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)})
