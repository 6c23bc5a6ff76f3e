"""Links: what an entity of ours is the same as elsewhere, under which names it is known there, and who says so."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from graph.authority_numbers import link
from graph.names import SPARQL_PREFIXES
from graph.store import Row, Store

SAME = "owl:sameAs|skos:exactMatch"
PREFERRED = "skos:prefLabel|rdfs:label|madsrdf:authoritativeLabel"
OTHER = "skos:altLabel|madsrdf:variantLabel"
MOST = 500
"""Names that are read of one entity."""
_LINKS = f"""SELECT DISTINCT ?same ?by ?at ?score ?person WHERE {{ <%s> {SAME} ?same FILTER (ISIRI(?same))
  OPTIONAL {{ ?decision jp:decidedEntity <%s> ; jp:decidedTarget ?same ; jp:decidedBy ?by .
    OPTIONAL {{ ?decision dct:created ?at }} OPTIONAL {{ ?decision jp:score ?score }}
    OPTIONAL {{ ?decision jp:reviewed ?person }} }} }} ORDER BY ?same"""
_NAMES = f"""SELECT DISTINCT ?same ?name ?first ?graph WHERE {{ VALUES ?same {{ %s }}
  {{ ?same {PREFERRED} ?name BIND (true AS ?first) }} UNION {{ ?same {OTHER} ?name BIND (false AS ?first) }}
  OPTIONAL {{ GRAPH ?graph {{ ?same ?says ?name }} }} }} LIMIT {MOST}"""
_OURS = f"SELECT DISTINCT ?one WHERE {{ VALUES ?iri {{ %s }} ?one {SAME} ?iri }} LIMIT 100"


@dataclass(frozen=True, slots=True)
class Name:
    """A name elsewhere: its language, whether it is the preferred one, and the graph that has it (an IRI)."""

    text: str
    language: str
    preferred: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class SameAs:
    """A link: the IRI elsewhere, its names there, and the decision behind it where there is one: by whom, when,
    with which score, and whether a person decided."""

    iri: str
    names: tuple[Name, ...] = ()
    by: str = ""
    at: str = ""
    score: float | None = None
    person: bool = False


def same_as(store: Store, iri: str, base: str) -> list[SameAs]:
    """The links of an entity to the world outside; those to other entities of ours are left out. Two queries."""
    rows = [
        row
        for row in store.select(SPARQL_PREFIXES + _LINKS.replace("%s", iri))
        if not _text(row, "same").startswith(f"{base}/id/")
    ]
    names = _names(store, {_text(row, "same") for row in rows})
    found = {_text(row, "same"): _link(row, names) for row in rows}
    return list(found.values())


def ours(store: Store, iri: str) -> list[str]:
    """Our entities that are the same as an IRI elsewhere, however its protocol and its end are written."""
    forms = " ".join(f"<{form}>" for form in _spellings(iri))
    rows = store.select(SPARQL_PREFIXES + _OURS % forms)
    gone = "SELECT ?one WHERE { VALUES ?one { %s } ?one dct:isReplacedBy ?other }"
    found = sorted(_text(row, "one") for row in rows)
    values = " ".join(f"<{one}>" for one in found)
    replaced = {_text(row, "one") for row in store.select(SPARQL_PREFIXES + gone % values)} if found else set()
    return [one for one in found if one not in replaced]


def _link(row: Row, names: dict[str, list[Name]]) -> SameAs:
    iri, score = _text(row, "same"), _text(row, "score")
    return SameAs(
        iri,
        tuple(names.get(iri, ())),
        _text(row, "by"),
        _text(row, "at"),
        float(score) if score else None,
        _text(row, "person") == "true",
    )


def _names(store: Store, iris: Iterable[str]) -> dict[str, list[Name]]:
    values = " ".join(f"<{iri}>" for iri in sorted(iris))
    found: dict[str, dict[tuple[str, str], Name]] = {}
    for row in store.select(SPARQL_PREFIXES + _NAMES % values) if values else []:
        name = row["name"]
        if isinstance(name, ox.Literal):
            one = Name(name.value, name.language or "", _text(row, "first") == "true", _text(row, "graph"))
            known = found.setdefault(_text(row, "same"), {})
            before = known.get((one.text, one.language))
            if before is None or (one.preferred and not before.preferred):
                known[one.text, one.language] = one
    return {iri: sorted(many.values(), key=_order) for iri, many in found.items()}


def _order(name: Name) -> tuple[bool, str, str]:
    return not name.preferred, name.language, name.text


def _spellings(iri: str) -> list[str]:
    known = link(iri)
    if known is not None:
        return list(dict.fromkeys((known.iri, *_protocols(known.iri), *_protocols(iri))))
    return _protocols(iri)


def _protocols(iri: str) -> list[str]:
    bare = iri.removeprefix("https:").removeprefix("http:")
    if bare == iri:
        return [iri]
    ends = (bare, bare + "/") if not bare.endswith("/") else (bare, bare.rstrip("/"))
    return [scheme + end for scheme in ("https:", "http:") for end in ends]


def _text(row: Row, name: str) -> str:
    term = row[name]
    return "" if term is None else term.value
