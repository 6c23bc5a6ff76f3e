"""Names: how the IRIs of our own entities are made, and the namespaces of everybody else's.

Rules (docs/architecture.md, "Names"): everything of ours is below ``{base}/id/``; distinct identifiers give
distinct IRIs; a name never depends on a field's position; no blank nodes.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

PREFIXES: dict[str, str] = {
    "bf": "http://id.loc.gov/ontologies/bibframe/",
    "bflc": "http://id.loc.gov/ontologies/bflc/",
    "madsrdf": "http://www.loc.gov/mads/rdf/v1#",
    "jp": "https://w3id.org/jejaring/ns#",
    "org": "http://www.w3.org/ns/org#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
}

SPARQL_PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def expand(name: str) -> str:
    """The IRI of a prefixed name: ``bf:Work`` → ``http://id.loc.gov/ontologies/bibframe/Work``."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def shorten(iri: str, base: str = "") -> str:
    """A prefixed name for an IRI where one of our prefixes fits; an id for one of our own; else the IRI."""
    if base and iri.startswith(f"{base}/id/"):
        return iri[len(base) + 4 :]
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]*").fullmatch


def slug(text: str) -> str:
    """An IRI path segment that differs wherever the text differs: letters, digits and ``-._~`` stay."""
    # Nearly all numbers of records and items stay as they are, and seeing that takes a sixth of quoting them.
    return text if _UNRESERVED(text) else _quoted(text)


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    return quote(unicodedata.normalize("NFC", text), safe="-._~", errors="replace")


_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [first + second for first in _LETTERS for second in _LETTERS]


def digest(*parts: str) -> str:
    """Sixteen characters that name a content: base 32 of 80 bits of its BLAKE2b hash."""
    content = "\x1f".join(parts).encode("utf-8", "replace")  # half a surrogate pair is no character
    number = int.from_bytes(hashlib.blake2b(content, digest_size=10).digest(), "big")
    # Two letters for each ten bits, written out: a loop takes twice the time, and each name runs through here.
    start = f"{_PAIRS[number >> 70]}{_PAIRS[number >> 60 & 1023]}{_PAIRS[number >> 50 & 1023]}"
    middle = f"{_PAIRS[number >> 40 & 1023]}{_PAIRS[number >> 30 & 1023]}{_PAIRS[number >> 20 & 1023]}"
    return f"{start}{middle}{_PAIRS[number >> 10 & 1023]}{_PAIRS[number & 1023]}"


def entity(base: str, *path: str) -> str:
    """The IRI of one of our entities: ``entity(b, "instance", "koha-12")`` → ``{b}/id/instance/koha-12``."""
    return f"{base}/id/" + "/".join(map(slug, path))


def source_graph(base: str, source: str) -> str:
    """The IRI of the named graph that holds what one sheet or directory file says."""
    return f"{base}/graph/{slug(source)}"
