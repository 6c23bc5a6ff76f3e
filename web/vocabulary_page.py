"""The ontology at its address: documentation for people, Turtle, N-Triples, RDF/XML or JSON-LD for programs."""

from functools import cache

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from ontology.documentation import sections
from ontology.vocabulary import ONTOLOGY, vocabulary

vocabulary_page = Blueprint("vocabulary", __name__)
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
SUFFIXES = {"ttl": "text/turtle", "nt": "application/n-triples", "rdf": "application/rdf+xml"}
SUFFIXES["jsonld"] = "application/ld+json"


@vocabulary_page.get("/ns")
def ontology() -> Response:
    """The ontology in the form the client prefers."""
    best = request.accept_mimetypes.best_match(["text/html", *FORMATS], "text/html")
    if best in FORMATS:
        return _data(best)
    response = Response(render_template("ontology.html", sections=sections()))
    response.vary.add("Accept")
    return response


@vocabulary_page.get("/ns.<any(ttl,nt,rdf,jsonld):suffix>")
def ontology_data(suffix: str) -> Response:
    """The ontology in one form."""
    return _data(SUFFIXES[suffix])


def _data(kind: str) -> Response:
    response = Response(_serialised(kind), content_type=kind)
    response.vary.add("Accept")
    return response


@cache
def _serialised(kind: str) -> bytes:
    if kind == "text/turtle":
        return ONTOLOGY.read_bytes()
    triples = (quad.triple for quad in ox.parse(path=str(ONTOLOGY), format=ox.RdfFormat.TURTLE))
    return ox.serialize(triples, format=FORMATS[kind], prefixes=vocabulary().prefixes) or b""
