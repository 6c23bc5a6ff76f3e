"""Identifiers of entities as the service gives them: what follows ``{base}/id/``, or somebody else's whole IRI."""

from web.pages.visit import is_iri
from web.site import Site


def id_of(here: Site, iri: str) -> str:
    """The identifier of an entity: ``{base}/id/agent/0a1b`` → ``agent/0a1b``."""
    return iri.removeprefix(here.iri("/id/"))


def iri_of(here: Site, given: str) -> str:
    """The IRI an identifier means; "" for what can be none."""
    text = given.strip()
    iri = text if is_iri(text) else here.iri(f"/id/{text}")
    return iri if text and is_iri(iri) else ""
