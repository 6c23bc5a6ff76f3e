"""Finding an entity by whatever is at hand: id, IRI, ISBN, ISIL, NPP, barcode, code, title or name."""

import re
from dataclasses import dataclass

from graph.errors import NotFound, QueryError
from graph.labels import labels
from graph.names import PREFIXES, SPARQL_PREFIXES, entity
from graph.store import Store

_BY_VALUE = """SELECT DISTINCT ?found WHERE {
  VALUES ?value { %s }
  { ?found jp:isil ?value } UNION { ?found jp:npp ?value } UNION { ?found skos:notation ?value }
  UNION { ?found jp:localCode ?value } UNION { ?name rdf:value ?value . ?found bf:identifiedBy ?name }
} LIMIT 50"""
_BY_TITLE = """SELECT DISTINCT ?found WHERE {
  VALUES ?value { %s }
  ?name bf:mainTitle ?value . ?found bf:title ?name . FILTER NOT EXISTS { ?found dct:isReplacedBy ?other }
} LIMIT 50"""
_BY_NAME = """SELECT DISTINCT ?found WHERE {
  VALUES ?kind { org:Organization jp:Network jp:Partnership jp:CooperationAgreement odrl:Offer }
  ?found a ?kind ; rdfs:label ?name . FILTER (LCASE(STR(?name)) = LCASE(%s))
} LIMIT 50"""
_FORBIDDEN_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
MOST_NAMED = 5
"""Things named when a text means several."""
_SCHEME = re.compile(r"(isbn|issn|isil|npp|barcode|code):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """An entity: its IRI, what to call it, and the classes it belongs to."""

    iri: str
    label: str
    kinds: tuple[str, ...]


class Ambiguous(NotFound):
    """A text means several things; the message lists them."""


def find(store: Store, base: str, identifier: str) -> Found:
    """The entity; for an ISBN its work, when all editions found are of one. Raises NotFound."""
    return _described(store, identified(store, base, identifier))


def identified(store: Store, base: str, identifier: str) -> str:
    """The IRI of the entity: ids go before numbers and codes, these before titles, titles before names.

    Raises NotFound; when several things are meant, its message lists them with their ids.
    """
    text = identifier.strip()
    value = _SCHEME.sub("", text, count=1)
    if value == text:
        try:
            direct = iri(text, base)
        except QueryError:
            direct = ""
        if direct and store.ask(f"ASK {{ <{direct}> ?p ?o }}"):
            return direct
    candidates = _by_value(store, value) or _by_words(store, value)
    if not candidates:
        remedy = "Give an id, IRI, ISBN, ISIL, NPP, barcode, code, title or name."
        raise NotFound(f"Nothing is known as {identifier!r}.", remedy)
    if len(candidates) > 1:
        names = _listed(store, base, candidates)
        raise Ambiguous(
            f"{identifier!r} names {len(candidates)} things: {names}.", "Give the id or IRI of one of them."
        )
    return candidates[0]


def _listed(store: Store, base: str, candidates: list[str]) -> str:
    first = candidates[:MOST_NAMED]
    known = labels(store, first)
    return ", ".join(f"{one.removeprefix(f'{base}/id/')} ({known.get(one, '')})" for one in first)


def iri(text: str, base: str, *, code: bool = False) -> str:
    """The IRI meant by an id (``kota``), a code (``lend``, ``jp:lend``) or an IRI. Raises QueryError."""
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES:
        text = PREFIXES[prefix] + local
    elif not colon:
        text = PREFIXES["jp"] + text if code else entity(base, *text.split("/"))
    elif prefix not in ("http", "https", "urn"):
        raise QueryError(f"{text!r} is neither an id nor an IRI.", "Give the id from the sheet, or the full IRI.")
    if _FORBIDDEN_IN_IRI.search(text):
        raise QueryError(f"{text!r} has characters no IRI may have.")
    return text


def _by_value(store: Store, value: str) -> list[str]:
    return _works_of(store, _rows(store, _BY_VALUE, variants(value)))


def _by_words(store: Store, value: str) -> list[str]:
    """Works by a title, as it is or with a capital; else bodies and agreements by their name."""
    words = {value, value[:1].upper() + value[1:], value.title()}
    said = {one for word in words for one in (word, f"{word}@id", f"{word}@en")}
    return _works_of(store, _rows(store, _BY_TITLE, said)) or sorted(_rows(store, _BY_NAME, {value}))


def _rows(store: Store, query: str, values: set[str]) -> set[str]:
    literals = " ".join(_literal(value) for value in sorted(values))
    if "\n" in literals or "\r" in literals:
        return set()
    return {term.value for row in store.select(SPARQL_PREFIXES + query % literals) if (term := row["found"])}


def _literal(value: str) -> str:
    text, _, language = value.rpartition("@") if value.endswith(("@id", "@en")) else (value, "", "")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' + (f"@{language}" if language else "")


def _works_of(store: Store, found: set[str]) -> list[str]:
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
