"""Who or what a heading is, by number: ``$0`` and ``$1`` (authorities and things), ``$w`` (other records)."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from graph.authority_numbers import link
from ingest.convert.draft import Draft, Subfields
from ingest.convert.text import plain
from ingest.convert.values import valid_iri
from ingest.convert.vocabulary import maker, term
from ontology.terms import iri

IDENTIFIED, VALUE, SAME = iri("bf:identifiedBy"), iri("rdf:value"), iri("owl:sameAs")
ORGANIZATIONS = iri("loc:organizations")[:-1] + "/"
_LINKED = frozenset(["de-588", "gnd", "uri", "viaf", "orcid", "isni", "wikidata", "ror", "geonames", "idref"])
"""Codes in parentheses whose numbers are known by their IRI (``ontology/matching/lists.yaml``); those of the others
(DLC, OCoLC) are identifiers with their agency, as the Library of Congress has them."""
_NUMBER = re.compile(r"^\(([^)]+)\)\s*(.+)$")
_FAST = re.compile(r"^\((?:OCoLC|FAST|fast)\)fst0*([1-9]\d*)$").match
OF_THE_LIST = tuple(
    f" {iri(name)} " for name in ("rdfs:label", "bf:source", "bf:code", "bf:identifiedBy", "owl:sameAs")
)
"""What may be said of a list's own term; anything else is said of its use in one record."""


def authority(subs: Subfields) -> str:
    """The first IRI that ``$1`` or ``$0`` give, or ""."""
    for wanted in "10":
        for code, value in subs:
            if code == wanted:
                found = as_iri(plain(value), _list(subs))
                if found:
                    return found
    return ""


def _list(subs: Subfields) -> str:
    """The code of the list that ``$2`` names."""
    return next((plain(value).strip(" .").lower() for code, value in subs if code == "2"), "")


@lru_cache(maxsize=1 << 14)
def as_iri(raw: str, scheme: str = "") -> str:
    """The IRI that a control number is, or that its list makes of it; "" otherwise. One thing has one IRI however a
    record writes it: http or https, with www. or .html, as a bare number of the list in ``$2`` (``scheme``)."""
    match = _NUMBER.match(raw)
    code = match[1].strip().lower() if match else ""
    if code and code not in _LINKED:
        return ""
    found = link(raw, "" if match else scheme)
    if found is not None and (match or "/" in raw or scheme):
        return found.iri if valid_iri(found.iri) else ""
    candidate = match[2] if match and code == "uri" else raw
    return candidate if candidate.startswith("http") and valid_iri(candidate) else ""


def control_numbers(subs: Subfields, draft: Draft, stem: str) -> list[str]:
    """``$0``, ``$1`` and ``$w`` as identifiers of the heading, with the agency in parentheses as their source;
    IRIs, and numbers that can be made one (FAST), say what the heading is the same as."""
    parts = []
    for code, value in subs:
        if code in "01w":
            known = as_iri(plain(value), "" if code == "w" else _list(subs))
            same = known or _fast(value)
            if same:
                parts.append(f" {SAME} <{same}> .")
            if not known or value[:1] not in ("(", "h"):
                parts.append(f" {IDENTIFIED} {identifier(value, draft, stem, code == 'w')} .")
    return parts


def identified_term(subs: Subfields, codes: str = "0") -> str:
    """The IRI in ``$0`` of a term, which then needs no node of ours; "" where there is none."""
    return next((found for code, value in subs if code in codes and (found := _term_iri(plain(value)))), "")


def _term_iri(raw: str) -> str:
    """The IRI of a term: as of any heading, and of the Library of Congress' own numbers (``(DLC)dg2015060010``)."""
    if not raw.startswith("(DLC)"):
        return as_iri(raw)
    found = link(raw, "")
    return found.iri if found is not None and found.sound else ""


def listed_term(
    subs: Subfields, codes: str, link: str, types: Sequence[str], parts: Sequence[str], draft: Draft
) -> Sequence[str]:
    """Write the term that ``$0`` gives as IRI (``named_by`` of a rule) at the end of ``link``, with its classes,
    label and source; gives what remains to be said of a node of ours: all, where the record says more than the
    list does (dates, the part)."""
    known = identified_term(subs, codes)
    if not known or not parts:
        return parts
    node = f"<{known}>"
    draft.add(f"{link}{node} .")
    draft.lines += [node + line for line in types]
    shared = [part for part in parts if part.startswith(OF_THE_LIST)]
    draft.lines += [node + part for part in shared if f" {node} ." not in part]
    return [] if len(shared) == len(parts) else parts


def _fast(raw: str) -> str:
    """The IRI of a FAST heading by its number: ``(OCoLC)fst00813666`` → ``http://id.worldcat.org/fast/813666``."""
    match = _FAST(raw)
    return f"http://id.worldcat.org/fast/{match[1]}" if match else ""


def identifier(value: str, draft: Draft, stem: str, assigned: bool = False) -> str:
    """A number as a node: ``(CONS)170`` → value 170 from the source CONS; or ``assigned`` by that agency."""
    match = _NUMBER.match(value)
    if match is None:
        return draft.node(stem, ("bf:Identifier",), (f' {VALUE} "{value}" .',))
    name, kind = ("bf:assigner", "bf:Agent") if assigned else ("bf:source", "bf:Source")
    number = "bf:Identifier"
    if match[1] == "DLC":
        agency, number = f"{ORGANIZATIONS}dlc>", "bf:Lccn" if assigned else number
    else:
        agency = draft.node(stem, (kind,), (f' {iri("bf:code")} "{match[1].strip()}" .',))
    return draft.node(stem, (number,), (f' {VALUE} "{match[2]}" .', f" {iri(name)} {agency} ."))


@maker("term")
def numbered(level: str = "instance") -> Callable[[str, Draft], str]:
    """``numbered``, ``numbered work``: a control number of $0 as a node with its agency; nothing for an IRI."""

    def of(value: str, draft: Draft) -> str:
        if as_iri(plain(value)):
            return ""
        return identifier(value, draft, draft.W_ if level == "work" else draft.I_)

    return of


@term
def same(value: str, draft: Draft) -> str:
    """The IRI that $0 or $1 give; nothing where they give none."""
    found = as_iri(plain(value))
    return f"<{found}>" if found else ""
