"""Works and their editions: who holds them, and who can lend them to the reader's library."""

from typing import Any

from graph.description import Description
from web.pages.entities import shows
from web.pages.reasons import records
from web.pages.visit import Visit

COPIES = """SELECT ?edition ?item ?holder ?status ?shelfmark ?access WHERE {
  { <%s> bf:hasInstance ?edition } UNION { ?edition bf:instanceOf <%s> } UNION
  { BIND (<%s> AS ?edition) ?edition a bf:Instance }
  ?item bf:itemOf ?edition . OPTIONAL { ?item bf:heldBy ?holder } OPTIONAL { ?item bf:status ?status }
  OPTIONAL { ?item bf:shelfMark/rdfs:label ?shelfmark }
  OPTIONAL { ?item bf:usageAndAccessPolicy ?access . ?access a bf:AccessPolicy }
} LIMIT 2000"""
EDITIONS = """SELECT DISTINCT ?edition ?title ?date ?number WHERE {
  { <%s> bf:hasInstance ?edition } UNION { ?edition bf:instanceOf <%s> }
  OPTIONAL { ?edition bf:title/bf:mainTitle ?title } OPTIONAL { ?edition bf:provisionActivity/bf:date ?date }
  OPTIONAL { ?edition bf:identifiedBy ?i . ?i a bf:Isbn ; rdf:value ?number }
} LIMIT 500"""


def copies(here: Visit, iri: str) -> list[dict[str, Any]]:
    """The copies of a work or edition, grouped by library: the reader's first, then by name."""
    rows = here.select(COPIES % (iri, iri, iri))
    by_holder: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        values = {name: term.value for name, term in row.items() if term is not None}
        by_holder.setdefault(values.get("holder", ""), {})[values["item"]] = values
    here.know(
        value for many in by_holder.values() for one in many.values() for value in one.values() if "/" in value
    )
    groups = [{"holder": holder, "items": list(items.values())} for holder, items in by_holder.items()]
    name = {holder: here.link(holder).text if holder else "" for holder in by_holder}
    return sorted(groups, key=lambda group: (group["holder"] != here.library, name[group["holder"]]))


@shows("work", "work.html")
def work(here: Visit, it: Description) -> dict[str, Any]:
    """Editions, holders, rarity, and the ways to borrow when a library is chosen."""
    editions: dict[str, dict[str, Any]] = {}
    for row in here.select(EDITIONS % (it.iri, it.iri)):
        values = {name: term.value for name, term in row.items() if term is not None}
        editions.setdefault(values["edition"], values)
    here.know(editions)
    offers = (
        here.ask("cq01-who-can-lend", work=it.iri, me=here.library, lang=here.language) if here.library else None
    )
    if offers:
        here.know(
            term.value for row in offers.terms for term in row.values() if term is not None and "/" in term.value
        )
    return {"editions": list(editions.values()), "groups": copies(here, it.iri), "offers": offers}


@shows("instance", "instance.html")
def instance(here: Visit, it: Description) -> dict[str, Any]:
    """The copies of one edition, and the record it was made from."""
    return {"groups": copies(here, it.iri), "records": records(here, it.iri)}
