"""Twins: entities of ours that are linked to the same entity elsewhere, and so may be one."""

from collections.abc import Iterator

from graph.matching.candidate import Candidate
from graph.matching.entry import Entry
from graph.matching.heading import Heading
from graph.matching.own import entries_of
from graph.matching.proposals import Found
from graph.names import SPARQL_PREFIXES
from graph.store import LocalStore

SCORE = 0.9
"""Links are right nearly always; but a wrong one would spread, so a person looks."""
_QUERY = """SELECT DISTINCT ?one ?other ?shared WHERE {
  ?one owl:sameAs|skos:exactMatch ?shared . ?other owl:sameAs|skos:exactMatch ?shared .
  FILTER (STR(?one) > STR(?other) && STRSTARTS(STR(?one), "%s/id/") && STRSTARTS(STR(?other), "%s/id/")
    && !STRSTARTS(STR(?shared), "%s/id/"))
} ORDER BY ?one ?other ?shared"""


def twins(store: LocalStore, base: str) -> Iterator[Found]:
    """Pairs with a link in common, as matching hands on what it found: each to be looked at by a person.

    Only pairs of one kind count: a work and its maker may both be linked to an article about the two.
    """
    shared: dict[tuple[str, str], list[str]] = {}
    for row in store.select(SPARQL_PREFIXES + _QUERY % (base, base, base)):
        one, other, link = (getattr(row[name], "value", "") for name in ("one", "other", "shared"))
        shared.setdefault((one, other), []).append(link)
    known = entries_of(store, sorted({iri for pair in shared for iri in pair}))
    for (one, other), links in shared.items():
        if one in known and other in known and known[one].kind == known[other].kind:
            candidate = Candidate(known[other], SCORE, "maybe", {"shared links": float(len(links))}, links[0])
            yield heading_of(known[one]), [candidate]


def heading_of(entry: Entry) -> Heading:
    """One of our entities as a heading."""
    return Heading(
        entry.label, entry.kind, entry.dates, entry.variants, entry.titles, entry.names, entry.languages,
        entry.roles, entry.identifiers, entry.broader, (), entry.coordinates, entry.place, entry.iri,
    )  # fmt: skip
