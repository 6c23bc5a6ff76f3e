"""Records enriched with what we know: ``$0`` and ``$1`` of names and subjects, from the links of the graph.

A heading of a record is recognised by converting the record again: the field then tells which entity of ours it
names. The record's own subfields stay; an IRI is added only where the field has no number of its list, and where
the graph has no second one.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pyoxigraph as ox
from pymarc import Field, Record

from graph.authority_numbers import link
from graph.matching.schemes import family, scheme_of
from graph.names import SPARQL_PREFIXES
from graph.store import Store
from ingest.convert import Converter
from ingest.convert.draft import Draft
from ingest.source import Source
from ontology.elsewhere import list_of
from ontology.terms import iri

NAMES = frozenset(("100", "110", "111", "700", "710", "711"))
SUBJECTS = frozenset(("600", "610", "611", "647", "648", "650", "651", "655"))
WORK_CODES = frozenset("tk")
"""Subfields that make a name heading name a work, whose links are not those of the name."""
HEADING_LISTS = {"0": "lcsh", "1": "lcshac", "2": "mesh"}
_NAMED = re.compile(rf" ({iri('bf:agent')}|{iri('bf:subject')}|{iri('bf:genreForm')}) <([^>]+)> \.$")
_LINKS = """SELECT ?same ?kind WHERE { VALUES ?kind { owl:sameAs skos:exactMatch dct:isReplacedBy }
  <%s> ?kind ?same } ORDER BY ?same"""
_KEPT = 100_000


class Enrichment:
    """Adds links to records; links of entities already met are remembered."""

    def __init__(self, store: Store, base: str) -> None:
        self._store, self._base = store, base
        self._known: dict[str, list[tuple[str, str]]] = {}

    def enrich(self, record: Record, source: str) -> int:
        """Add the links to a record's fields; how many subfields were added."""
        return sum(self._add(field, entity) for field, entity in list(headings(record, self._base, source)))

    def _add(self, field: Field, entity: str) -> int:
        present = {_meant(value) for value in field.get_subfields("0", "1")}
        lists = {scheme_of(one) for one in present} - {""}
        added = 0
        for same, code in self._links(entity):
            told = _meant(same) in present or scheme_of(same) in lists
            if not told and (code == "1" or _of_list(field, same)):
                field.add_subfield(code, same)
                added += 1
        return added

    def _links(self, entity: str) -> list[tuple[str, str]]:
        """What an entity is the same as elsewhere, with the subfield for it."""
        found = self._known.get(entity)
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            told = dict(self._told(entity, set()))
            found = self._known[entity] = _undisputed([(same, _code(same, kind)) for same, kind in told.items()])
        return found

    def _told(self, entity: str, seen: set[str]) -> Iterator[tuple[str, str]]:
        """IRIs elsewhere with the property that leads there, also those of what took an entity's place."""
        seen.add(entity)
        for row in self._store.select(SPARQL_PREFIXES + _LINKS % entity):
            same, kind = row["same"], row["kind"]
            if isinstance(same, ox.NamedNode) and kind is not None:
                if not same.value.startswith(f"{self._base}/id/"):
                    yield same.value, kind.value
                elif same.value not in seen:
                    yield from self._told(same.value, seen)


def _undisputed(links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without those of a list that gives the entity two numbers: one of them is wrong."""
    many = Counter(scheme_of(same) for same, _ in links)
    return [(same, code) for same, code in links if many[scheme_of(same)] == 1 or not scheme_of(same)]


def headings(record: Record, base: str, source: str) -> Iterator[tuple[Field, str]]:
    """The fields of a record that name an agent or a subject, and our IRI for it."""
    begun: list[tuple[Field | None, int]] = []
    made: list[Draft] = []

    def mark(draft: Draft, field: Field | None) -> None:
        made[:] = [draft]
        begun.append((field, len(draft.lines)))

    Converter(base, Source(source), items=False).convert(_only_headings(record), mark)
    for (field, start), (_, end) in pairwise(begun):
        if field is not None and _is_heading(field):
            found = (_NAMED.search(line) for line in made[0].lines[start:end])
            entity = next((one[2] for one in found if one and one[2].startswith(f"{base}/id/")), "")
            if entity:
                yield field, entity


def _only_headings(record: Record) -> Record:
    """The record without what has no say in which entities its headings name; the fields are the same objects."""
    made = Record()
    made.leader = record.leader
    made.fields = [one for one in record.fields if one.control_field or one.tag in NAMES | SUBJECTS]
    return made


def _is_heading(field: Field) -> bool:
    if field.tag not in NAMES | SUBJECTS:
        return False
    return field.tag[1:] not in ("00", "10", "11") or not WORK_CODES & {one.code for one in field.subfields}


def _of_list(field: Field, same: str) -> bool:
    """Whether an authority's IRI may stand in ``$0``: of a subject heading, only when it is from the same list."""
    if field.tag not in SUBJECTS:
        return True
    named = (field.get("2") or "").strip(" .").lower() if field.indicator2 == "7" else ""
    heading = named or HEADING_LISTS.get(field.indicator2, "")
    return not heading or family(scheme_of(same)) == family(heading)


def _code(same: str, kind: str) -> str:
    known = list_of(same)
    if known is not None:
        return known.marc
    return "0" if kind.endswith("exactMatch") else "1"


def _meant(value: str) -> str:
    found = link(value)
    return found.iri if found else value.strip()
