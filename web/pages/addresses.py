"""Where the page of an entity is, and which entity a page's address means."""

from urllib.parse import quote

from graph.description import kind_of
from graph.store import Store
from ontology.display import Kind, kinds

SEGMENTS = {kind.segment: kind for kind in kinds()}


def page_address(iri: str, types: set[str] | frozenset[str]) -> str:
    """The path of an entity's page: ``…/id/work/0a1b`` → ``/karya/0a1b``."""
    return address_as(kind_of(types), iri)


def address_as(kind: Kind, iri: str) -> str:
    """The same when its kind is known."""
    _, found, name = iri.partition("/id/")
    if not found:
        return "/entitas?iri=" + quote(iri, safe="")
    name = name.partition("#")[0].removeprefix(f"{kind.kind}/")
    return f"/{kind.segment}/{quote(name, safe='-._~/')}"


def candidates(base: str, kind: str, name: str) -> list[str]:
    """The IRIs a page's address may mean, most likely first."""
    name = quote(name, safe="-._~/%")
    return [f"{base}/id/{name}", f"{base}/id/{kind}/{name}"]


def entity_of(store: Store, base: str, kind: str, name: str) -> str | None:
    """The IRI of the entity whose page has this address, None when there is none."""
    for iri in candidates(base, kind, name):
        if not set(' <>"{}|\\^`\n\r\t').intersection(iri) and store.ask(f"ASK {{ <{iri}> ?p ?o }}"):
            return iri
    return None
