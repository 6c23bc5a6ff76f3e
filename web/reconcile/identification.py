"""Finding entities by an identifier: given in place of a name, or as the value of an identifying property."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from graph.errors import NotFound
from graph.identifiers import find
from graph.links import ours
from graph.matching.entry import Entry
from graph.search_text import fold
from ontology.reconciliation import Property, properties
from web.pages.visit import is_iri
from web.reconcile.comparison import canonical
from web.reconcile.entries import Entries
from web.reconcile.names import iri_of
from web.reconcile.reading import Query
from web.site import Site

ISIL = re.compile(r"[A-Z]{1,4}-[A-Za-z0-9/:\-]{1,11}")
NUMBER = re.compile(r"(?:97[89][\d\-]{10,14}|\d[\d\-]{8,11}[\dXx]|\d{4}-\d{3}[\dXx])")
SURE, DOUBTFUL = 0.99, 0.7
"""Chances of an entity found by identifier, when its name fits what was asked and when it does not."""
NAME_LIKENESS = 60
"""Percent from which names fit; numbers get copied to the wrong row, and publishers use an ISBN twice."""


def identified(here: Site, known: Entries, query: Query) -> Iterator[tuple[Entry, float, bool]]:
    """Entities whose identifier a query gives, their chance, and whether to take them without asking."""
    for text in query.texts[:1]:
        entry = known.get(iri_of(here, text))
        if entry is not None:
            yield entry, SURE, "/" in text
        elif (entry := _numbered(here, known, text)) is not None:
            yield entry, SURE, True
    for condition in query.conditions:
        wanted = properties()[condition.property]
        for value in condition.values if wanted.finds and condition.quantifier != "none" else ():
            entry = _valued(here, known, wanted, value)
            if entry is not None:
                fits = _fits(query, entry)
                yield entry, SURE if fits else DOUBTFUL, fits


def _numbered(here: Site, known: Entries, text: str) -> Entry | None:
    if is_iri(text):
        return _linked(here, known, text)
    if ISIL.fullmatch(text) or NUMBER.fullmatch(text):
        return _by_value(here, known, text)
    return None


def _valued(here: Site, known: Entries, wanted: Property, value: str) -> Entry | None:
    if not wanted.link:
        return _by_value(here, known, value)
    iri = canonical(wanted, value)
    return _linked(here, known, iri) if iri else None


def _by_value(here: Site, known: Entries, value: str) -> Entry | None:
    try:
        return known.get(find(here.release.store, here.base_iri, value).iri)
    except NotFound:
        return None


def _linked(here: Site, known: Entries, iri: str) -> Entry | None:
    """The one entity of ours that is the same as something elsewhere; None when there are several."""
    found = [entry for one in ours(here.release.store, iri) if (entry := known.get(one)) is not None]
    return found[0] if len(found) == 1 else None


def _fits(query: Query, entry: Entry) -> bool:
    names = [fold(name) for name in (entry.label, *entry.variants)]
    asked = [fold(text) for text in query.texts]
    return not asked or any(fuzz.token_set_ratio(one, name) >= NAME_LIKENESS for one in asked for name in names)
