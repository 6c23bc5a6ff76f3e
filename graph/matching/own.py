"""Our own entities, as headings to be linked and as entries that others link to.

Evidence comes with each: dates, titles, languages and roles of an agent's works, the creators of a work, the links
of a subject chain, coordinates and place of a library.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from graph.authority_numbers import link
from graph.entity_batches import fresh_iris, values_of
from graph.matching.entry import Entry
from graph.matching.heading import Heading
from graph.names import SPARQL_PREFIXES
from graph.store import LocalStore

BATCH = 2000
MOST = 40
"""Values of one property kept as evidence; more tell no more."""

CLASSES: dict[str, str] = {
    "library": "schema:Library",
    "person": "bf:Person",
    "organization": "bf:Organization bf:Jurisdiction bf:Family",
    "meeting": "bf:Meeting",
    "work": "bf:Work",
    "genre": "bf:GenreForm",
    "place": "bf:Place",
    "topic": "bf:Topic bf:Temporal",
}
"""Kind → classes; an entity with several is of the first kind that fits."""

_LABEL = "?one rdfs:label|skos:prefLabel|schema:name|madsrdf:authoritativeLabel ?value"
_NUMBER = """?one bf:identifiedBy ?number . ?number rdf:value ?text OPTIONAL { ?number bf:source/bf:code ?code }
    BIND (IF(BOUND(?code), CONCAT("(", ?code, ")", ?text), ?text) AS ?value)"""
_WORK_OF = "?work bf:contribution ?made . ?made bf:agent ?one ."
_PARTS = "?one madsrdf:componentList ?list . ?list rdf:rest*/rdf:first ?part ."
PATTERNS: dict[str, dict[str, str]] = {
    "agent": {
        "dates": '?one bflc:marcKey ?key BIND (STRBEFORE(CONCAT(STRAFTER(?key, "$d"), "$"), "$") AS ?value)',
        "titles": f"{_WORK_OF} ?work bf:title/bf:mainTitle ?value",
        "languages": f"{_WORK_OF} ?work bf:language ?value",
        "roles": f"{_WORK_OF} ?made bf:role ?value",
        "numbers": _NUMBER,
    },
    "work": {
        "names": "?one bf:contribution/bf:agent/rdfs:label ?value",
        "languages": "?one bf:language ?value",
    },
    "library": {
        "isil": "?one jp:isil ?value",
        "place": "?one schema:address/schema:addressLocality ?value",
        "lat": "?one schema:geo/schema:latitude ?value",
        "long": "?one schema:geo/schema:longitude ?value",
        "broader": "?one schema:parentOrganization|org:subOrganizationOf ?up . ?up schema:name|rdfs:label ?value",
    },
    "subject": {
        "parts": _PARTS + " ?part madsrdf:authoritativeLabel|rdfs:label ?value",
        "broader": "?one skos:broader/(rdfs:label|skos:prefLabel) ?value",
        "titles": "?work bf:subject ?one ; bf:title/bf:mainTitle ?value",
        "numbers": _NUMBER,
    },
}
GROUP = {"person": "agent", "organization": "agent", "meeting": "agent", "work": "work", "library": "library"}
EVERY = {
    "label": _LABEL,
    "variants": "?one skos:altLabel|madsrdf:variantLabel ?value",
    "identifiers": "?one owl:sameAs|skos:exactMatch ?value",
    "scheme": "?one bf:source ?value",
}

_MANY = ("titles", "names", "broader")
_CODES = ("languages", "roles")


def own_entries(store: LocalStore, kinds: Iterable[str] = ()) -> Iterator[Entry]:
    """Our entities of some kinds (all if none are named), each once."""
    return (entry for entry, _ in _read(store, kinds))


def own_headings(store: LocalStore, kinds: Iterable[str] = ()) -> Iterator[Heading]:
    """The same entities as headings; a subdivided subject with its parts."""
    for entry, more in _read(store, kinds):
        scheme = more.get("scheme", [""])[0].rpartition("/")[2]
        parts = tuple(sorted(more.get("parts", ()), key=entry.label.find))
        yield Heading(
            entry.label, entry.kind, entry.dates, entry.variants, entry.titles, entry.names, entry.languages,
            entry.roles, entry.identifiers, entry.broader, parts, entry.coordinates,
            entry.place, entry.iri, scheme,
        )  # fmt: skip


def entries_of(store: LocalStore, iris: Iterable[str]) -> dict[str, Entry]:
    """Some of our entities by their IRIs; those that are of no kind that is compared are left out."""
    left, found = dict.fromkeys(iris), dict[str, Entry]()
    for kind, classes in CLASSES.items():
        values = " ".join(f"<{iri}>" for iri in left if iri not in found)
        given = f"VALUES ?one {{ {values} }} VALUES ?class {{ {classes} }}"
        query = f"SELECT DISTINCT ?one WHERE {{ {given} ?one a ?class }}"
        of_kind = [row["one"].value for row in store.select(SPARQL_PREFIXES + query) if row["one"] is not None]
        found |= {entry.iri: entry for entry, _ in _of_batch(store, kind, of_kind)} if of_kind else {}
    return found


PARTS = {
    "topic": "madsrdf:Topic madsrdf:Temporal",
    "place": "madsrdf:Geographic",
    "genre": "madsrdf:GenreForm",
}
"""Kind → classes of the links of subdivided subjects, which are entities of their own."""


def own_parts(store: LocalStore, kinds: Iterable[str] = ()) -> Iterator[Heading]:
    """The links of our subdivided subjects, for linking each on its own where the whole is in no list."""
    wanted, seen = tuple(kinds), set[str]()
    for kind, classes in PARTS.items():
        if not wanted or kind in wanted:
            links = (iri for iri in _fresh(store, classes, seen) if "/id/component/" in iri)
            while batch := list(islice(links, BATCH)):
                labels = _values(store, batch, _LABEL)
                yield from (Heading(labels[iri][0], kind, iri=iri) for iri in batch if iri in labels)


def _read(store: LocalStore, kinds: Iterable[str]) -> Iterator[tuple[Entry, dict[str, list[str]]]]:
    wanted, seen = tuple(kinds), set[str]()
    for kind, classes in CLASSES.items():
        fresh = _fresh(store, classes, seen)
        while batch := list(islice(fresh, BATCH)):
            if not wanted or kind in wanted:
                yield from _of_batch(store, kind, batch)


def _fresh(store: LocalStore, classes: str, seen: set[str]) -> Iterator[str]:
    return fresh_iris(store, f"VALUES ?class {{ {classes} }} ?one a ?class", seen)


def _of_batch(store: LocalStore, kind: str, iris: list[str]) -> Iterator[tuple[Entry, dict[str, list[str]]]]:
    patterns = EVERY | PATTERNS[GROUP.get(kind, "subject")]
    found = {name: _values(store, iris, pattern) for name, pattern in patterns.items()}
    for iri in iris:
        of_one = {name: by[iri] for name, by in found.items() if iri in by}
        if "label" in of_one:
            yield _entry(iri, kind, of_one), of_one


def _values(store: LocalStore, iris: list[str], pattern: str) -> dict[str, list[str]]:
    found = ((iri, [value for value in of_one if value]) for iri, of_one in values_of(store, iris, pattern).items())
    return {iri: kept[:MOST] for iri, kept in found if kept}


def _entry(iri: str, kind: str, values: dict[str, list[str]]) -> Entry:
    labels = values["label"]
    given: dict[str, Any] = {name: tuple(values.get(name, ())) for name in _MANY}
    given |= {name: tuple(one.rpartition("/")[2] for one in values.get(name, ())) for name in _CODES}
    given |= {name: values.get(name, [""])[0] for name in ("dates", "place")}
    given["identifiers"] = tuple(dict.fromkeys(_identifiers(values)))
    variants = (*labels[1:], *values.get("variants", ()))
    return Entry(iri, labels[0], kind, variants, coordinates=_coordinates(values), source="own", **given)


def _identifiers(values: dict[str, list[str]]) -> Iterator[str]:
    """What the entity is called elsewhere, each as the one IRI of its list where the list is known."""
    for raw in values.get("identifiers", ()):
        yield known.iri if (known := link(raw)) else raw
    for raw in values.get("numbers", ()):
        if (known := link(raw)) and known.sound:
            yield known.iri
    for raw in values.get("isil", ()):
        if known := link(raw, "isil"):
            yield known.iri


def _coordinates(values: dict[str, list[str]]) -> tuple[float, float] | None:
    try:
        return float(values["lat"][0]), float(values["long"][0])
    except (KeyError, ValueError):
        return None
