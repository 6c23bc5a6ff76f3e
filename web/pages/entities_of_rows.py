"""Lists as RDF: what is known of each entity that the rows of a list name, as Turtle or JSON-LD.

Figures that were counted for a list are no statements about an entity; they are in its JSON and CSV.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import pyoxigraph as ox
from flask import Response

from graph.names import PREFIXES
from web.linked_data.documents import CONTEXT_PATH, json_ld
from web.linked_data.names import SUFFIXES
from web.pages.blueprint import pages
from web.pages.visit import Visit, visit

FORMS = ("ttl", "jsonld")
MOST = 500
"""Entities that one document tells of, the first of the list."""
Rows = Iterable[Mapping[str, Any]]


def as_rdf(here: Visit, rows: Rows, form: str) -> Response:
    """What is known of the entities of ours in these rows, each once, with the parts that belong to it."""
    told = [triple for iri in islice(_ours(here, rows), MOST) for triple in here.store.describe(iri)]
    if form == "ttl":
        content = ox.serialize(told, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    else:
        content = json.dumps(json_ld(told, here.site.url(CONTEXT_PATH)), ensure_ascii=False).encode()
    return Response(content, mimetype=SUFFIXES[form])


@pages.app_template_global()
def tells_of_entities(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a list names an entity of ours, so that it can be had as RDF."""
    return next(iter(_ours(visit(), rows)), None) is not None


def _ours(here: Visit, rows: Rows) -> Iterable[str]:
    stem, seen = here.site.base_iri + "/id/", set[str]()
    for row in rows:
        for value in row.values():
            if isinstance(value, str) and value.startswith(stem) and value not in seen:
                seen.add(value)
                yield value
