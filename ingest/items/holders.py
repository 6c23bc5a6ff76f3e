"""Holders: from a library code in a record to the organisation that has the item."""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

import pyoxigraph as ox

from graph.names import PREFIXES, entity
from graph.store import Store
from ingest.items.text import literal
from ingest.problems import Problem
from ingest.source import Source

CODE_PROPERTIES = ("jp:isil", "jp:npp", "jp:localCode", "schema:identifier", "dct:identifier", "org:identifier")
_VALUES = " ".join(
    f"<{PREFIXES[prefix]}{local}>" for prefix, _, local in (p.partition(":") for p in CODE_PROPERTIES)
)
_TYPES = " ".join(f"<{PREFIXES[p]}{n}>" for p, n in (("org", "Organization"), ("schema", "Library")))
_QUERY = f"""SELECT DISTINCT ?organisation ?code WHERE {{
  VALUES ?type {{ {_TYPES} }} ?organisation a ?type
  OPTIONAL {{ VALUES ?property {{ {_VALUES} }} ?organisation ?property ?code FILTER (isLiteral(?code)) }} }}"""
LABEL = f"<{PREFIXES['rdfs']}label>"
TYPE = f"<{PREFIXES['rdf']}type>"
ORGANISATION = f"<{PREFIXES['org']}Organization>"


class Holder(NamedTuple):
    """An organisation's IRI, the statements an unknown one brings along, and what is to be reported."""

    iri: str
    lines: list[str]
    problem: Problem | None = None


def library_codes(store: Store) -> dict[str, str]:
    """Every code by which a record may name an organisation → its id (or IRI, when it is named elsewhere).

    Codes are the organisation's id and its ISIL, NPP, MARC organisation code and local branch codes, casefolded;
    a code that two organisations claim leads to neither, unless it is the id of one. Organisations that only
    stand in for an unknown code are left out.
    """
    ids: dict[str, str] = {}
    claims: dict[str, set[str]] = {}
    for row in store.select(_QUERY):
        organisation, code = row["organisation"], row["code"]
        if not isinstance(organisation, ox.NamedNode) or "/id/unknown-holder/" in organisation.value:
            continue
        name = _id(organisation.value)
        ids[name.casefold()] = name
        if isinstance(code, ox.Literal):
            claims.setdefault(code.value.strip().casefold(), set()).add(name)
    single = {code: next(iter(names)) for code, names in claims.items() if len(names) == 1 and code}
    return {**single, **ids}


def _id(iri: str) -> str:
    base, found, tail = iri.rpartition("/id/")
    name = unquote(tail)
    return name if found and "/" not in tail and entity(base, name) == iri else iri


def organisation(base: str, name: str) -> str:
    """The IRI of an organisation given by id or IRI."""
    return name if "://" in name else entity(base, name)


def resolve(base: str, source: Source, codes: list[str], place: str) -> Holder:
    """The holder by the first of some codes that is known, else the source's library, else a stand-in
    labelled with the code (the first one given)."""
    for code in codes:
        if known := source.holder(code):
            return Holder(organisation(base, known), [])
    code = codes[0].strip() if codes else ""
    if source.library:
        return Holder(
            organisation(base, source.library), [], _unknown("unknown-branch", code, place, source.library)
        )
    return _stand_in(base, code, code or source.id, place)


def library_unknown(source: Source) -> list[Problem]:
    """What is to be reported of a source whose library no document names, so that its holder has no name."""
    library = source.library
    if not library or "://" in library or source.holder(library):
        return []
    message = f"Library {library!r} is not in the directory; the copies of {source.id} are kept under this id."
    remedy = "Add it to the directory (sheet perpustakaan), or load the file with the id of another library."
    return [Problem("unknown-library", message, remedy)]


@lru_cache(maxsize=1024)
def _stand_in(base: str, code: str, label: str, place: str) -> Holder:
    iri = entity(base, "unknown-holder", label)
    lines = [f"<{iri}> {TYPE} {ORGANISATION} .", f"<{iri}> {LABEL} {literal(label)} ."]
    if not code:
        remedy = "Load the file with --library, naming the organisation that holds its items."
        return Holder(iri, lines, Problem("no-library", "An item names no library.", remedy, place=place))
    return Holder(iri, lines, _unknown("unknown-library", code, place, ""))


@lru_cache(maxsize=1024)
def _unknown(kind: str, code: str, place: str, library: str) -> Problem | None:
    if not code:
        return None
    kept = f"its items are kept under {library}" if library else "its items are kept under a stand-in"
    message = f"Library code {code!r} is not in the directory; {kept}."
    remedy = "Add the code to the library in the directory (sheet perpustakaan: isil or id), then load again."
    return Problem(kind, message, remedy, place=place)
