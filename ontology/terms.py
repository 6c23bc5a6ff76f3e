"""Prefixed names in rules, and the N-Triples text of constants."""

from functools import lru_cache

from ontology.errors import DeclarationError

PREFIXES = {
    "bf": "http://id.loc.gov/ontologies/bibframe/",
    "bflc": "http://id.loc.gov/ontologies/bflc/",
    "madsrdf": "http://www.loc.gov/mads/rdf/v1#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dt": "http://id.loc.gov/datatypes/",
    "jp": "https://w3id.org/jejaring/ns#",
    "loc": "http://id.loc.gov/vocabulary/",
    "lca": "http://id.loc.gov/authorities/",
}


@lru_cache(maxsize=8192)
def iri(name: str) -> str:
    """``bf:Note`` → ``<http://id.loc.gov/ontologies/bibframe/Note>``; a full IRI stays. Raises DeclarationError."""
    if name.startswith(("http://", "https://")):
        return f"<{name}>"
    prefix, colon, local = name.partition(":")
    if not colon or prefix not in PREFIXES:
        raise DeclarationError(f"{name!r} has no known prefix ({', '.join(PREFIXES)})")
    return f"<{PREFIXES[prefix]}{local}>"


def shorten(name: str) -> str:
    """A full IRI as a prefixed name where a prefix fits, else in angle brackets."""
    for prefix, namespace in PREFIXES.items():
        if name.startswith(namespace) and len(name) > len(namespace):
            return f"{prefix}:{name[len(namespace) :]}"
    return f"<{name}>"


TYPE = f" {iri('rdf:type')} "
"""The predicate ``rdf:type`` with the spaces around it."""


def constant(text: str) -> str:
    """The second half of a line: ``bf:status loc:mstatus/cancinv`` → `` <…status> <…cancinv> .``."""
    name, _, rest = text.strip().partition(" ")
    predicate = iri("rdf:type" if name == "a" else name)
    rest = rest.strip()
    return f" {predicate} {rest if rest.startswith(chr(34)) else iri(rest)} ."
