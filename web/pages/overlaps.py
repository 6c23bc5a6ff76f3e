"""Overlap of the members' collections, counted by the search index: the rows of ``overlap-of-members``, sooner.

The index counts the holders of a library's titles in a millisecond; the query joins all titles of all members.
"""

from decimal import ROUND_HALF_UP, Decimal

from graph.queries import Question, Row
from graph.search import Wanted
from web.pages.asking import sooner
from web.pages.visit import Visit

_MEMBERS = """SELECT DISTINCT ?member WHERE {
  ?part org:organization %(network)s ; org:member ?member ; schema:startDate ?from .
  OPTIONAL { ?part schema:endDate ?to } OPTIONAL { ?part jp:terminatedOn ?out }
  BIND (%(day)s AS ?day)
  FILTER (?from <= ?day && COALESCE(?to >= ?day, true) && COALESCE(?out > ?day, true)) }"""
_EVERY = 1_000_000
"""More libraries than there are, so that no holder is left out."""


@sooner("overlap-of-members")
def overlap(here: Visit, question: Question) -> list[Row]:
    """Titles both of two members hold, and the percentage of the first one's."""
    day, network = question.terms["today"], question.terms["network"]
    found = here.select(_MEMBERS % {"network": network, "day": day})
    members = sorted(row["member"].value for row in found)
    return [row for member in members for row in _shared(here, member, set(members))]


def _shared(here: Visit, member: str, others: set[str]) -> list[Row]:
    titles = Wanted(chosen={"kind": "work", "holder": member})
    counts = {one.value: one.count for one in here.search.facet(titles, "holder", _EVERY)}
    return [
        Row(member=member, other=other, shared=counts[other], percent=_percent(counts[other], counts[member]))
        for other in sorted(others & counts.keys())
    ]  # fmt: skip


def _percent(part: int, whole: int) -> Decimal:
    """Rounded as SPARQL's ROUND does."""
    return (Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP)
