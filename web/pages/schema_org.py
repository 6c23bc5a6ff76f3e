"""schema.org in the HTML of works, editions and libraries, for search engines; data only, no script."""

from collections.abc import Callable, Mapping
from typing import Any

from graph.description import Description
from graph.names import expand
from web.pages.visit import Visit

Said = dict[str, Any]
_CONTEXT = "https://schema.org"
_ORGANISATION = """SELECT ?name ?value WHERE {
  { <%(iri)s> schema:email|schema:telephone|schema:url|jp:isil ?value ; ?p ?value
    BIND (STR(?p) AS ?name) FILTER (?p IN (schema:email, schema:telephone, schema:url, jp:isil)) }
  UNION { <%(iri)s> schema:address ?part . ?part ?p ?value BIND (STR(?p) AS ?name)
    FILTER (?p IN (schema:streetAddress, schema:addressLocality, schema:addressRegion, schema:postalCode,
      schema:addressCountry)) }
  UNION { <%(iri)s> schema:geo ?part . ?part ?p ?value BIND (STR(?p) AS ?name)
    FILTER (?p IN (schema:latitude, schema:longitude)) }
}"""
_BOOK_PARTS = """SELECT ?isbn ?date ?publisher WHERE {
  { <%(iri)s> bf:identifiedBy ?i . ?i a bf:Isbn ; rdf:value ?isbn }
  UNION { <%(iri)s> bf:provisionActivity/bf:date ?date }
  UNION { <%(iri)s> bf:provisionActivity/bf:agent/rdfs:label ?publisher }
} LIMIT 60"""


def schema_org(here: Visit, it: Description) -> Said | None:
    """The entity as schema.org JSON-LD; None for kinds that have no page worth finding there."""
    make = _KINDS.get(it.kind.kind)
    if make is None:
        return None
    said = {"@context": _CONTEXT, "@id": it.iri, "name": it.label[:300], **make(here, it)}
    return {name: value for name, value in said.items() if value}


def _work(here: Visit, it: Description) -> Said:
    return {
        "@type": "Book" if expand("bf:Text") in it.types else "CreativeWork",
        "author": _names(it, "bf:contribution"),
        "about": _names(it, "bf:subject"),
        "inLanguage": [one.iri.rpartition("/")[2] for one in it.values("bf:language") if one.iri],
        "url": here.site.url(here.href(f"/{it.kind.segment}/{here.local(it.iri).removeprefix('work/')}")),
    }


def _names(it: Description, name: str) -> list[str]:
    return [one.text[:200] for one in it.values(name)[:20]]


def _instance(here: Visit, it: Description) -> Said:
    parts = _grouped(here, _BOOK_PARTS % {"iri": it.iri})
    works = [one.iri for one in it.values("bf:instanceOf") if one.iri]
    return {
        "@type": "Book",
        "isbn": parts.get("isbn"),
        "datePublished": parts.get("date", [""])[0],
        "publisher": [{"@type": "Organization", "name": one} for one in parts.get("publisher", [])],
        "exampleOfWork": {"@id": works[0]} if works else None,
    }


def _grouped(here: Visit, query: str) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for row in here.select(query):
        for name, term in row.items():
            if term is not None:
                found.setdefault(name, {})[term.value] = None
    return {name: list(values) for name, values in found.items()}


def _library(here: Visit, it: Description) -> Said:
    stem = expand("schema:")
    told = {row["name"].value: row["value"].value for row in here.select(_ORGANISATION % {"iri": it.iri})}
    said = {name.removeprefix(stem): value for name, value in told.items() if name.startswith(stem)}
    place = {name: said.pop(name) for name in ("latitude", "longitude") if name in said}
    address = {name: said.pop(name) for name in list(said) if name not in ("email", "telephone", "url")}
    isil = told.get(expand("jp:isil"))
    return {
        "@type": "Library",
        **said,
        "address": {"@type": "PostalAddress", **address} if address else None,
        "geo": {"@type": "GeoCoordinates", **place} if place else None,
        "identifier": {"@type": "PropertyValue", "propertyID": "ISIL", "value": isil} if isil else None,
    }


_KINDS: Mapping[str, Callable[[Visit, Description], Said]] = {
    "work": _work,
    "instance": _instance,
    "library": _library,
}
