"""Links that records carry about our entities, as IRIs, and those that contradict each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.authority_numbers import Link, contradictions, link
from graph.matching.candidate import Candidate
from graph.matching.entry import Entry
from graph.matching.index import Index
from graph.names import SPARQL_PREFIXES
from graph.store import LocalStore

_SAME = """SELECT ?one ?value WHERE {
  { ?one owl:sameAs|skos:exactMatch ?value }
  UNION { ?one bf:identifiedBy ?number . ?number rdf:value ?text .
          OPTIONAL { ?number bf:source/bf:code ?code } OPTIONAL { ?one bf:source ?list }
          BIND (IF(BOUND(?code), CONCAT("(", ?code, ")", ?text), ?text) AS ?value) }
  ?one a ?class FILTER (?class IN (bf:Agent, bf:Topic, bf:Place, bf:GenreForm, bf:Temporal, bf:Hub))
}"""
_STATED = """SELECT ?one ?value WHERE { ?one owl:sameAs|skos:exactMatch ?value }"""
_LABEL = "SELECT ?one ?label WHERE { VALUES ?one { %s } ?one rdfs:label ?label }"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Links that cannot all be right: ``kind`` is ``two-numbers`` (one entity, two of one list), ``check-digit``,
    ``shared-number`` (one number for two entities), or ``elsewhere`` (an authority file gives the linked entity
    another number of a list than we do: ``links`` are that entity, its number, ours)."""

    kind: str
    entity: str
    label: str
    links: tuple[str, ...]


def carried(store: LocalStore) -> dict[str, list[Link]]:
    """The links of each of our entities that is an agent, subject, place or title."""
    rows = store.store.query(SPARQL_PREFIXES + _SAME)
    assert isinstance(rows, ox.QuerySolutions)
    found: defaultdict[str, dict[str, Link]] = defaultdict(dict)
    for row in rows:
        if known := link(row["value"].value):
            found[row["one"].value][known.iri] = known
    return {one: list(links.values()) for one, links in found.items()}


def proposals(store: LocalStore) -> dict[str, list[Candidate]]:
    """The links of records that the graph does not state yet as the IRI of their list: *same*, or *maybe* where
    they contradict others, so that a person looks."""
    rows = store.store.query(SPARQL_PREFIXES + _STATED)
    assert isinstance(rows, ox.QuerySolutions)
    stated = {(row["one"].value, row["value"].value) for row in rows}
    found: dict[str, list[Candidate]] = {}
    for one, links in carried(store).items():
        doubtful = {each.iri for wrong in contradictions(links) for each in wrong}
        fresh = [each for each in links if (one, each.iri) not in stated or each.iri in doubtful]
        if fresh:
            found[one] = [_proposal(each, each.iri in doubtful) for each in fresh]
    return found


def _proposal(found: Link, doubtful: bool) -> Candidate:
    entry = Entry(found.iri, f"{found.scheme} {found.number}", source="carried")
    return Candidate(
        entry, 0.5 if doubtful else 0.99, "maybe" if doubtful else "same", {"carried": 1.0}, found.number
    )


def contradictory(store: LocalStore, indexes: Iterable[Index] = ()) -> Iterator[Contradiction]:
    """All contradictions, those of one entity first, those with the authority files of ``indexes`` last."""
    links = carried(store)
    found = [(one, wrong) for one, known in links.items() for wrong in contradictions(known)]
    bearers: defaultdict[str, list[str]] = defaultdict(list)
    for one, known in links.items():
        for each in known:
            bearers[each.iri].append(one)
    shared = {iri: ones for iri, ones in bearers.items() if len(ones) > 1}
    labels = _labels(store, {one for one, _ in found} | {one for ones in shared.values() for one in ones})
    for one, wrong in found:
        kind = "two-numbers" if len(wrong) > 1 else "check-digit"
        yield Contradiction(kind, one, labels.get(one, ""), tuple(each.iri for each in wrong))
    for iri, ones in ((iri, sorted(ones)) for iri, ones in shared.items()):
        names = " | ".join(labels.get(one, one) for one in ones)
        yield Contradiction("shared-number", ones[0], names, (iri, *ones[1:]))

    differing = [
        (one, told) for index in indexes for one, known in links.items() for told in _differing(index, known)
    ]
    labels = _labels(store, {one for one, _ in differing})
    yield from (Contradiction("elsewhere", one, labels.get(one, ""), told) for one, told in differing)


def _differing(index: Index, ours: Iterable[Link]) -> Iterator[tuple[str, ...]]:
    """Where the entries of an authority file that we link to have other numbers of a list than we: entry, theirs,
    ours. A file that has several numbers of a list for an entry, one of them ours, says nothing against it."""
    by_list: defaultdict[str, set[str]] = defaultdict(set)
    for one in ours:
        by_list[one.scheme].add(one.iri)
    for iri in [one.iri for one in ours]:
        theirs: defaultdict[str, set[str]] = defaultdict(set)
        for known in filter(None, map(link, index.identifiers_of(iri))):
            theirs[known.scheme].add(known.iri)
        for name in sorted(by_list.keys() & theirs.keys()):
            if by_list[name].isdisjoint(theirs[name]):
                yield iri, min(theirs[name]), min(by_list[name])


def _labels(store: LocalStore, iris: set[str]) -> dict[str, str]:
    values = " ".join(f"<{iri}>" for iri in sorted(iris))
    rows = store.store.query(SPARQL_PREFIXES + _LABEL % values)
    assert isinstance(rows, ox.QuerySolutions)
    return {row["one"].value: row["label"].value for row in rows}
