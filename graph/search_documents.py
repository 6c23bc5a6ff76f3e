"""What search knows of each entity: one document per work, agent, subject, library, network, agreement and so on.

Each field is one query over the whole store; what they give is put together entity by entity (graph.gathering).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

import pyoxigraph as ox

from graph.entity_batches import fresh_iris, once, pairs_of
from graph.gathering import Gathering
from graph.labels import rather_a_name
from graph.names import SPARQL_PREFIXES
from graph.search_text import LONGEST, folded, identifiers
from graph.search_variants import KnownVariants
from graph.store import LocalStore

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

COPIES = "{ ?one bf:hasInstance ?copy } UNION { ?copy bf:instanceOf ?one }"
HELD = ("?item bf:itemOf ?copy", "?item bf:heldBy ?holder")
FIELDS: dict[str, dict[str, str]] = {
    "work": {
        "title": "?one a bf:Work ; bf:title/bf:mainTitle ?value",
        "edition": once(COPIES, "?copy bf:title ?title", "?title bf:mainTitle|bf:subtitle ?value"),
        "by": once("?one bf:contribution ?part", "?part bf:agent ?value"),
        "names": once("?one bf:contribution ?part", "?part bf:agent ?agent", "?agent rdfs:label ?value"),
        "about": "?one bf:subject|bf:genreForm|jp:subjectGroup|(bf:relation/bf:associatedResource) ?value",
        "subjects": once("?one bf:subject ?about", "?about rdfs:label|madsrdf:authoritativeLabel ?value"),
        "subject": "?one jp:subjectGroup ?value",
        "language": "?one bf:language ?value",
        "form": """?one a bf:Work , ?value
        FILTER (STRSTARTS(STR(?value), STR(bf:)) && ?value NOT IN (bf:Work, bf:Text))""",
        "id": once(COPIES, "?copy bf:identifiedBy ?number", "?number rdf:value ?value"),
        "year": once(COPIES, "?copy bf:provisionActivity ?event", "?event bf:date ?value"),
        "holder": once(COPIES, *HELD) + "BIND (?holder AS ?value)",
        "lendable": once(
            COPIES,
            *HELD,
            "?item odrl:partOf ?category",
            "?item bf:status jp:status-available",
            "?item bf:usageAndAccessPolicy ?policy",
            "?policy jp:allowsAction jp:lend",
        )
        + """MINUS { ?item dct:isPartOf ?package }
        MINUS { ?item bf:status ?gone FILTER (?gone != jp:status-available) }
        MINUS { ?item odrl:partOf ?category , ?other FILTER (?category != ?other) }
        MINUS { { SELECT DISTINCT ?stricter WHERE { ?stricter jp:allowsAction ?any
          FILTER NOT EXISTS { ?stricter jp:allowsAction jp:lend } } } ?item bf:usageAndAccessPolicy ?stricter }
        BIND (CONCAT(STR(?holder), " ", STR(?category)) AS ?value)""",
    },
    "library": {
        "title": "?one a ?class ; schema:name|rdfs:label ?value",
        "other": "?one schema:address/(schema:addressLocality|schema:addressRegion) ?value",
        "place": "?one schema:address/schema:addressLocality ?value",
        "region": "?one schema:address/schema:addressRegion ?value",
        "id": "?one jp:isil|jp:npp ?value",
        "network": "?part org:member ?one ; org:organization ?value . ?value a jp:Network",
        "form": "?one org:classification ?value",
    },
    "series": {
        "title": """?one a ?class ; rdfs:label|(bf:title/bf:mainTitle) ?value
        FILTER (!CONTAINS(STR(?one), "#"))""",
    },
    "*": {
        "title": once(
            "?one a ?class", "?one rdfs:label|skos:prefLabel|schema:name|madsrdf:authoritativeLabel ?value"
        ),
        "holder": "{ ?part org:organization ?one ; org:member ?value } UNION { ?one jp:signedBy ?value }",
    },
}
"""Per kind: field → graph pattern from ``?one`` to ``?value``, asked of the whole store; what it gives for entities
of other kinds is passed over. ``?class`` stands for the classes of the kind."""

Values = dict[str, list[str]]
NAMED_HOLDERS = 40
"""Holders that the row of a result names; the others are counted."""


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
    answers = pairs_of(store, (pattern for kind in KINDS for pattern in _patterns(kind).values()))
    for kind, classes in KINDS.items():
        wanted = {one for name in classes for one in fresh_iris(store, f"?one a {name}", seen)}
        with Gathering() as gathering:
            for name in _patterns(kind):
                gathering.add(name, (pair for pair in next(answers) if pair[0] in wanted))
            yield from _of_kind(known, kind, gathering)


def _patterns(kind: str) -> dict[str, str]:
    """The patterns of a kind by field."""
    classes = f"VALUES ?class {{ {' '.join(KINDS[kind])} }} ?one a ?class"
    patterns = FIELDS.get(kind, FIELDS["*"])
    return {name: pattern.replace("?one a ?class", classes) for name, pattern in patterns.items()}


def _of_kind(known: KnownVariants, kind: str, gathering: Gathering) -> Iterator[Document]:
    for iri, values in gathering.entities():
        document = _document(iri, kind, values | _variants(known, iri, values))
        if document is not None:
            yield document


def _variants(known: KnownVariants, iri: str, values: Mapping[str, list[str]]) -> Values:
    """Names and numbers elsewhere of an entity, and the names there of its makers and subjects (``via``)."""
    own = known.of(iri)
    via = [name for one in (*values.get("by", ()), *values.get("about", ())) for name in known.of(one).names]
    return {"variant": list(own.names), "number": list(own.numbers), "via": via}


def _document(iri: str, kind: str, values: Values) -> Document | None:
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
        "holders": holders[:NAMED_HOLDERS],
        "held": len(holders),
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
    """Town and region of a library, since many a town has the name of another."""
    told = dict.fromkeys(one for name in ("place", "region") for one in values.get(name, [])[:1])
    values.pop("region", None)
    return {"place": ", ".join(told)} if told else {}


def _year(dates: list[str]) -> int | None:
    years = [int(found[0]) for one in dates if (found := re.search(r"\b(?:1\d|20)\d\d\b", one))]
    return min(years, default=None)


def facet_labels(store: LocalStore) -> dict[str, dict[str, str]]:
    """Labels of everything that can be a facet value, by IRI and language ('' for none); of several the one that
    pages show (``graph.labels``)."""
    values = """SELECT DISTINCT ?one WHERE { { ?one a org:Organization } UNION { ?one a jp:Network }
      UNION { ?w bf:language ?one } UNION { ?one skos:inScheme ?scheme } }"""
    query = f"""{SPARQL_PREFIXES}SELECT DISTINCT ?one ?label WHERE {{ {{ {values} }} ?one {LABEL} ?label }}"""
    rows = store.store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        iri, label = row["one"], row["label"]
        if isinstance(iri, ox.NamedNode) and isinstance(label, ox.Literal):
            known, language = found[iri.value], label.language or ""
            known[language] = min(
                known.get(language, label.value), label.value, key=partial(rather_a_name, iri.value)
            )
    return dict(found)
