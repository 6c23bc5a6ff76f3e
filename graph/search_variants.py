"""Other names by which entities are searched for: their own, and those of what they are linked to elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import pyoxigraph as ox

from graph.links import OTHER, PREFERRED, SAME
from graph.names import SPARQL_PREFIXES
from graph.store import LocalStore
from ontology.elsewhere import local_part

BATCH = 500
"""Entities asked for at once; for more the store's planner reads whole tables."""
MOST = 60
"""Names of one entity that are kept; some authority files list hundreds of spellings."""
_OWN = f"?one {OTHER} ?value"
_ELSEWHERE = f"?one {SAME} ?same . ?same {PREFERRED}|{OTHER} ?value"


def other_names(store: LocalStore, iris: Iterable[str]) -> Mapping[str, list[str]]:
    """Other names by entity, each once; entities without any are left out."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for batch in _batches(iris):
        for pattern in (_OWN, _ELSEWHERE):
            for one, name in _pairs(store, batch, pattern):
                if len(found[one]) < MOST:
                    found[one][name] = None
    return {iri: list(names) for iri, names in found.items()}


def numbers_elsewhere(store: LocalStore, iris: Iterable[str]) -> Mapping[str, list[str]]:
    """IRIs elsewhere by entity, and what tells them apart in their lists (``118540238``)."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for batch in _batches(iris):
        for one, same in _rows(store, batch, f"?one {SAME} ?value"):
            if isinstance(same, ox.NamedNode):
                found[one] += dict.fromkeys((same.value, local_part(same.value)))
    return found


def _batches(iris: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(dict.fromkeys(iris))
    while batch := list(islice(rest, BATCH)):
        yield batch


def _pairs(store: LocalStore, iris: Iterable[str], pattern: str) -> Iterator[tuple[str, str]]:
    for one, name in _rows(store, iris, pattern):
        if isinstance(name, ox.Literal):
            yield one, name.value


def _rows(store: LocalStore, iris: Iterable[str], pattern: str) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    values = " ".join(f"<{iri}>" for iri in iris)
    query = f"{SPARQL_PREFIXES}SELECT ?one ?value WHERE {{ VALUES ?one {{ {values} }} {pattern} }}"
    rows = store.store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        yield row["one"].value, row["value"]
