"""Finding an entity by whatever identifier is at hand: id, IRI, ISBN, ISIL, NPP, barcode or code."""

import re
from dataclasses import dataclass

from graph.errors import NotFound, QueryError
from graph.labels import labels
from graph.names import SPARQL_PREFIXES
from graph.queries import iri
from graph.store import Store

_BY_VALUE = """SELECT DISTINCT ?found WHERE {
  VALUES ?value { %s }
  { ?found jp:isil ?value } UNION { ?found jp:npp ?value } UNION { ?found skos:notation ?value }
  UNION { ?name rdf:value ?value . ?found bf:identifiedBy ?name }
} LIMIT 50"""
_SCHEME = re.compile(r"(isbn|issn|isil|npp|barcode|code):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """An entity: its IRI, what to call it, and the classes it belongs to."""

    iri: str
    label: str
    kinds: tuple[str, ...]


def find(store: Store, base: str, identifier: str) -> Found:
    """The entity; for an ISBN its work, when all editions found are of one. Raises NotFound."""
    text = identifier.strip()
    value = _SCHEME.sub("", text, count=1)
    if value == text:
        try:
            direct = iri(text, base)
        except QueryError:
            direct = ""
        if direct and store.ask(f"ASK {{ <{direct}> ?p ?o }}"):
            return _described(store, direct)
    candidates = _by_value(store, value)
    if not candidates:
        raise NotFound(f"Nothing is known as {identifier!r}.", "Give an id, IRI, ISBN, ISIL, NPP, barcode or code.")
    if len(candidates) > 1:
        names = ", ".join(candidates[:5])
        raise NotFound(f"{identifier!r} names {len(candidates)} things: {names}.", "Give the IRI of one of them.")
    return _described(store, candidates[0])


def _by_value(store: Store, value: str) -> list[str]:
    literals = " ".join('"' + v.replace("\\", "\\\\").replace('"', '\\"') + '"' for v in sorted(variants(value)))
    if "\n" in literals or "\r" in literals:
        return []
    found = {term.value for row in store.select(SPARQL_PREFIXES + _BY_VALUE % literals) if (term := row["found"])}
    works = {work for one in found for work in _works(store, one)}
    return sorted(works) if works else sorted(found)


def _works(store: Store, instance: str) -> list[str]:
    rows = store.select(SPARQL_PREFIXES + f"SELECT ?w WHERE {{ <{instance}> bf:instanceOf ?w }}")
    return [work.value for row in rows if (work := row["w"])]


def variants(value: str) -> set[str]:
    """The ways an identifier may be stored: as given, without hyphens, ISBN-10 and ISBN-13."""
    plain = re.sub(r"[\s-]", "", value).upper()
    found = {value, plain}
    if re.fullmatch(r"\d{9}[\dX]", plain):
        found.add(_with_check_13("978" + plain[:9]))
    if re.fullmatch(r"978\d{10}", plain):
        found.add(_with_check_10(plain[3:12]))
    return found


def _with_check_13(digits: str) -> str:
    total = sum(int(d) * (3 if place % 2 else 1) for place, d in enumerate(digits))
    return digits + str(-total % 10)


def _with_check_10(digits: str) -> str:
    check = -sum(int(d) * (10 - place) for place, d in enumerate(digits)) % 11
    return digits + ("X" if check == 10 else str(check))


def _described(store: Store, found: str) -> Found:
    rows = store.select(f"SELECT ?kind WHERE {{ <{found}> a ?kind }}")
    kinds = tuple(sorted(kind.value for row in rows if (kind := row["kind"])))
    return Found(found, labels(store, [found]).get(found, found.rpartition("/id/")[2] or found), kinds)
