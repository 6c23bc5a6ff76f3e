"""What search knows of each entity: one document per work, agent, subject, library, network, agreement and so on.

Entities are read in batches, each with a fixed number of queries, so memory does not grow with the network.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

import pyoxigraph as ox

from graph.entity_batches import fresh_iris, values_of
from graph.names import SPARQL_PREFIXES
from graph.search_text import LONGEST, folded, identifiers
from graph.search_variants import KnownVariants
from graph.store import LocalStore

BATCH = 500
"""Entities read at once. With 2,000 and more the store's planner joins whole tables instead of following each
entity: 118 s instead of 1 s for the copies that may be lent, measured on 1.8 million statements."""
SUGGESTED = 8
"""Other names of an entity under which it is suggested while somebody types."""
LABEL = "rdfs:label|skos:prefLabel|schema:name|bf:title/bf:mainTitle"

KINDS: dict[str, tuple[str, ...]] = {
    "work": ("bf:Work",),
    "library": ("schema:Library", "org:Organization"),
    "network": ("jp:Network",),
    "partnership": ("jp:Partnership",),
    "agreement": ("odrl:Agreement", "odrl:Offer", "odrl:Set"),
    "subject": ("bf:Topic",),
    "place": ("bf:Place",),
    "series": ("bf:Series",),
    "agent": ("bf:Person", "bf:Family", "bf:Organization", "bf:Meeting", "bf:Jurisdiction", "bf:Agent"),
}
"""Kinds of entity by class; an entity belongs to the first kind that fits."""

INSTANCES = "{ ?one bf:hasInstance ?copy } UNION { ?copy bf:instanceOf ?one }"
FIELDS: dict[str, dict[str, str]] = {
    "work": {
        "title": "?one bf:title/bf:mainTitle ?value",
        "edition": INSTANCES + " ?copy bf:title/(bf:mainTitle|bf:subtitle) ?value",
        "by": "?one bf:contribution/bf:agent ?value",
        "names": "?one bf:contribution/bf:agent/rdfs:label ?value",
        "about": "?one bf:subject|bf:genreForm|bf:relation|jp:subjectGroup ?value",
        "subjects": "?one bf:subject/(rdfs:label|madsrdf:authoritativeLabel) ?value",
        "subject": "?one jp:subjectGroup ?value",
        "language": "?one bf:language ?value",
        "form": "?one a ?value FILTER (STRSTARTS(STR(?value), STR(bf:)) && ?value NOT IN (bf:Work, bf:Text))",
        "id": INSTANCES + " ?copy bf:identifiedBy/rdf:value ?value",
        "year": INSTANCES + " ?copy bf:provisionActivity/bf:date ?value",
        "holder": INSTANCES + " ?item bf:itemOf ?copy ; bf:heldBy ?value",
        "lendable": INSTANCES
        + """ ?item bf:itemOf ?copy ; bf:heldBy ?holder ; odrl:partOf ?category ;
        bf:status jp:status-available ;
        bf:usageAndAccessPolicy/jp:allowsAction jp:lend .
        OPTIONAL { ?item dct:isPartOf ?package } FILTER (!BOUND(?package))
        BIND (CONCAT(STR(?holder), " ", STR(?category)) AS ?value)""",
    },
    "library": {
        "title": "?one schema:name|rdfs:label ?value",
        "other": "?one schema:address/(schema:addressLocality|schema:addressRegion) ?value",
        "place": "?one schema:address/schema:addressLocality ?value",
        "id": "?one jp:isil|jp:npp ?value",
        "network": "?part org:member ?one ; org:organization ?value . ?value a jp:Network",
        "form": "?one org:classification ?value",
    },
    "*": {
        "title": "?one rdfs:label|skos:prefLabel|schema:name|madsrdf:authoritativeLabel ?value",
        "holder": "{ ?part org:organization ?one ; org:member ?value } UNION { ?one jp:signedBy ?value }",
    },
}
"""Per kind: field → graph pattern from ``?one`` to ``?value``."""

Values = dict[str, dict[str, list[str]]]


@dataclass(slots=True)
class Document:
    """One entity as the index holds it; ``card`` is what a result row shows."""

    iri: str
    kind: str
    held: int
    year: int | None
    card: dict[str, Any]
    fields: dict[str, list[str]] = field(default_factory=dict)


def documents(store: LocalStore) -> Iterator[Document]:
    """The documents of all entities worth finding, each once."""
    seen: set[str] = set()
    known = KnownVariants(store)
    for kind, classes in KINDS.items():
        found = chain.from_iterable(fresh_iris(store, f"?one a {name}", seen) for name in classes)
        while batch := list(islice(found, BATCH)):
            yield from _of_batch(store, known, kind, batch)


def _of_batch(store: LocalStore, known: KnownVariants, kind: str, iris: list[str]) -> Iterator[Document]:
    patterns = FIELDS.get(kind, FIELDS["*"])
    found = {name: values_of(store, iris, pattern) for name, pattern in patterns.items()}
    for iri in iris:
        of_one = {name: by[iri] for name, by in found.items() if iri in by}
        document = _document(iri, kind, of_one | _variants(known, iri, of_one))
        if document is not None:
            yield document


def _variants(known: KnownVariants, iri: str, values: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Names and numbers elsewhere of an entity, and the names there of its makers and subjects (``via``)."""
    own = known.of(iri)
    via = [name for one in (*values.get("by", ()), *values.get("about", ())) for name in known.of(one).names]
    return {"variant": list(own.names), "number": list(own.numbers), "via": via}


def _document(iri: str, kind: str, values: dict[str, list[str]]) -> Document | None:
    titles = values.pop("title", []) or values.get("edition", [])[:1]
    if not titles:
        return None
    year = _year(values.pop("year", []))
    holders = values.get("holder", [])
    words = [*titles, *values.pop("edition", [])]
    names = values.get("names", [])
    numbers = [*values.pop("id", []), *values.pop("number", [])]
    variants = values.pop("variant", [])
    card = {
        "kind": kind,
        "title": titles[0][:LONGEST],
        "names": names[:3],
        "year": year,
        "holders": holders[:40],
        **_place(values),
    }
    text = {"names": names, "subjects": values.pop("subjects", []), "other": values.pop("other", [])}
    text["other"] += [*variants, *values.pop("via", [])]
    values.pop("names", None)
    fields = {
        **values,
        **{name: [folded(one) for one in many] for name, many in text.items()},
        "title": [folded(one) for one in words],
        "suggest": [folded(one) for one in (titles[0], *names[:2], *variants[:SUGGESTED])],
        "exact": [folded(one) for one in (*titles, *variants)],
        "id": sorted(set(chain.from_iterable(identifiers(one) for one in numbers))),
        "decade": [f"{year // 10 * 10}"] if year else [],
    }
    return Document(iri, kind, len(holders) if kind == "work" else 0, year, card, fields)


def _place(values: dict[str, list[str]]) -> dict[str, Any]:
    return {"place": values["place"][0]} if values.get("place") else {}


def _year(dates: list[str]) -> int | None:
    years = [int(found[0]) for one in dates if (found := re.search(r"\b(?:1\d|20)\d\d\b", one))]
    return min(years, default=None)


def facet_labels(store: LocalStore) -> dict[str, dict[str, str]]:
    """Labels of everything that can be a facet value, by IRI and language ('' for none)."""
    pattern = """{ ?one a org:Organization } UNION { ?one a jp:Network } UNION { ?w bf:language ?one }
      UNION { ?one skos:inScheme ?scheme }"""
    query = f"""{SPARQL_PREFIXES}SELECT DISTINCT ?one ?label WHERE {{ {pattern} ?one {LABEL} ?label }}"""
    rows = store.store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        iri, label = row["one"], row["label"]
        if isinstance(iri, ox.NamedNode) and isinstance(label, ox.Literal):
            found[iri.value][label.language or ""] = label.value
    return dict(found)
