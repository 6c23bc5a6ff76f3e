"""Documents: what is known of one entity, written in each of the formats."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
from pymarc import Record, marcxml
from rdflib import Graph

from graph.archive import Archive
from graph.errors import NotFound
from graph.names import PREFIXES, shorten
from web.linked_data.names import RECORD_SUFFIXES
from web.site import Site

CONTEXT_PATH = "/context.jsonld"
_RDF = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}


def context() -> dict[str, Any]:
    """The JSON-LD context of all our documents: our prefixes, and what people expect under plain names."""
    return {
        "@version": 1.1,
        "id": "@id",
        "type": "@type",
        **PREFIXES,
        "label": {"@id": "rdfs:label"},
        "sameAs": {"@id": "owl:sameAs", "@type": "@id"},
    }


def written(site: Site, iri: str, suffix: str) -> bytes:
    """The document of an entity. Raises NotFound for an entity without statements or without a source record."""
    if suffix in RECORD_SUFFIXES:
        return _RECORD[suffix](_record(site, iri))
    triples = site.release.store.describe(iri)
    if not triples:
        raise NotFound(f"Nothing is known under {iri}.")
    if suffix in _RDF:
        return ox.serialize(triples, format=_RDF[suffix], prefixes=PREFIXES) or b""
    return _rows(site, triples) if suffix == "csv" else _json(site, triples)


def has_record(site: Site, iri: str) -> bool:
    """Is there a source record behind this entity?"""
    try:
        _record(site, iri)
    except NotFound:
        return False
    return True


def json_ld(triples: list[ox.Triple], context_address: str) -> dict[str, Any]:
    """Triples as compact JSON-LD whose context is at an address of ours."""
    graph = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    document: dict[str, Any] = json.loads(graph.serialize(format="json-ld", context=context(), auto_compact=False))
    nodes = document.get("@graph", [{key: value for key, value in document.items() if key != "@context"}])
    return {"@context": context_address, "@graph": nodes}


def _json(site: Site, triples: list[ox.Triple]) -> bytes:
    document = json_ld(triples, site.url(CONTEXT_PATH))
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _rows(site: Site, triples: list[ox.Triple]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(("subject", "property", "value", "language", "datatype"))
    for triple in triples:
        value = triple.object
        language, datatype = "", ""
        if isinstance(value, ox.Literal):
            language, datatype = value.language or "", shorten(value.datatype.value)
        table.writerow((_text(triple.subject), shorten(triple.predicate.value), _text(value), language, datatype))
    return out.getvalue().encode()


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def _record(site: Site, iri: str) -> Record:
    if not (site.settings.data / "archive.sqlite").exists():
        raise NotFound(f"No source record is behind {iri}.")
    archive = Archive.open(site.settings.data)
    try:
        return archive.record(iri).marc()
    finally:
        archive.close()


def _marc(record: Record) -> bytes:
    return bytes(record.as_marc())


def _marcxml(record: Record) -> bytes:
    return bytes(marcxml.record_to_xml(record, namespace=True))  # type: ignore[no-untyped-call]


_RECORD: dict[str, Callable[[Record], bytes]] = {"mrc": _marc, "marcxml": _marcxml}
