"""Holdings whose bibliographic record is not there: found when a release is made, when all records are known."""

from collections.abc import Iterator

import pyoxigraph as ox

from graph.names import SPARQL_PREFIXES
from graph.store import LocalStore
from ingest.problems import Problem

LISTED = 1000
QUERY = (
    SPARQL_PREFIXES
    + f"""SELECT ?instance (COUNT(?item) AS ?items) WHERE {{
  ?item bf:itemOf ?instance FILTER NOT EXISTS {{ ?instance bf:instanceOf ?work }}
}} GROUP BY ?instance ORDER BY ?instance LIMIT {LISTED}"""
)


def missing_bibs(store: LocalStore) -> Iterator[Problem]:
    """A problem for each edition that items hang on and no record describes. Holdings records that name no bib at
    all are left out: they were reported when they were converted."""
    for row in store.select(QUERY):
        instance, items = row["instance"], row["items"]
        if not isinstance(instance, ox.NamedNode) or not isinstance(items, ox.Literal):
            continue
        name = instance.value.rpartition("/")[2]
        if "-holdings-" not in name:
            message = f"No record describes {name}, on which {int(items.value):,} items hang."
            remedy = "Load the bibliographic record that the holdings name (004 or 014) under the same source."
            yield Problem("bib-missing", message, remedy, place="004")
