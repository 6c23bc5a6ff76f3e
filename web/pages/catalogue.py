"""Works and their editions: who holds them, and who can lend them to the reader's library."""

from typing import Any

from graph.best_ways import MOST
from graph.description import Description
from graph.permission import Finding
from graph.search import Found, Wanted
from web.pages.editions import editions
from web.pages.entities import shows
from web.pages.reasons import records
from web.pages.visit import Visit

MOST_COPIES = 60
"""Copies that one page reads; of works that more libraries hold, the rest are named without their copies."""
MANY_HOLDERS = 40
"""Of a work that so many libraries hold, the first copies and all places are remembered for the next reader."""
ALIKE = 5
_NAMED = ("holder", "status", "access")
"""What the row of a copy tells by its label."""
_WORKS = Wanted(chosen={"kind": "work"})
COPIES = """SELECT ?edition ?item ?holder ?status ?shelfmark ?access WHERE {
  %(chosen)s OPTIONAL { ?item bf:heldBy ?holder } OPTIONAL { ?item bf:status ?status }
  OPTIONAL { ?item bf:shelfMark/rdfs:label ?shelfmark }
  OPTIONAL { ?item bf:usageAndAccessPolicy ?access . ?access a bf:AccessPolicy }
}"""
OF_WORK = """{ SELECT DISTINCT ?edition WHERE {
    { <%(iri)s> bf:hasInstance ?edition } UNION { ?edition bf:instanceOf <%(iri)s> } UNION
    { BIND (<%(iri)s> AS ?edition) ?edition a bf:Instance } } } ?item bf:itemOf ?edition"""
FIRST = "{ SELECT ?edition ?item WHERE { %(of)s } LIMIT %(most)d }"
OF_LIBRARY = """{ SELECT ?edition ?item WHERE {
  { SELECT ?edition ?item WHERE { %(of)s } } { SELECT ?item WHERE { ?item bf:heldBy <%(library)s> } }
  } LIMIT %(most)d }"""
"""Both sides are read once and joined in memory; looking up copy by copy takes six times as long."""
POSITIONS = """SELECT DISTINCT ?one ?lat ?lon ?town WHERE { VALUES ?one { %s } ?one schema:geo ?geo .
  ?geo schema:latitude ?lat ; schema:longitude ?lon .
  OPTIONAL { ?one schema:address/schema:addressLocality ?town } }"""


def copies(here: Visit, iri: str) -> list[dict[str, Any]]:
    """The copies of a work or edition, grouped by library: the reader's first, then by name."""
    by_holder: dict[str, dict[str, dict[str, Any]]] = {}
    for values in _copies(here, iri):
        by_holder.setdefault(values.get("holder", ""), {})[values["item"]] = values
    here.know(one.get(name, "") for many in by_holder.values() for one in many.values() for name in _NAMED)
    groups = [
        {"holder": holder, "number": len(items), "rows": _alike_copies(list(items.values())),
         "editions": {item["edition"] for item in items.values()}}
        for holder, items in by_holder.items()
    ]  # fmt: skip
    name = {holder: here.link(holder).text if holder else "" for holder in by_holder}
    return sorted(groups, key=lambda group: (group["holder"] != here.library, name[group["holder"]]))


def _alike_copies(items: list[dict[str, str]]) -> list[tuple[dict[str, str], int]]:
    """Copies shelved, available and open alike as one row, with how many they are: a journal has hundreds."""
    rows: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for item in items:
        key = tuple(item.get(name, "") for name in ("shelfmark", "status", "access"))
        rows.setdefault(key, []).append(item)
    return [(many[0], len(many)) for many in rows.values()]


def _copies(here: Visit, iri: str) -> list[dict[str, str]]:
    """Copies of the reader's library, and the first ones of all."""
    given = {"of": OF_WORK % {"iri": iri}, "most": MOST_COPIES, "library": here.library}
    holders = here.search.holders(iri)

    def first() -> list[dict[str, Any]]:
        return here.select(COPIES % {"chosen": FIRST % given})

    rows = here.shelf.result(("copies", iri), first) if len(holders) >= MANY_HOLDERS else first()
    if here.library in holders and len(rows) >= MOST_COPIES:
        rows = here.select(COPIES % {"chosen": OF_LIBRARY % given}) + rows
    return [{name: term.value for name, term in row.items() if term is not None} for row in rows]


def _places(here: Visit, iri: str, holders: list[str]) -> dict[str, dict[str, Any]]:
    if len(holders) < MANY_HOLDERS:
        return positions(here, holders)
    return here.shelf.result(("places", iri), lambda: positions(here, holders))


def positions(here: Visit, libraries: list[str]) -> dict[str, dict[str, Any]]:
    """Latitude, longitude and town of the libraries that have a position."""
    values = " ".join(f"<{one}>" for one in libraries)
    return {row["one"].value: row for row in here.select(POSITIONS % values)} if libraries else {}


@shows("work", "work.html")
def work(here: Visit, it: Description) -> dict[str, Any]:
    """Editions, holders, rarity, relatives, and the ways to borrow when a library is chosen."""
    groups = copies(here, it.iri)
    shown = [group["holder"] for group in groups if group["holder"]]
    holders = here.search.holders(it.iri) or shown
    here.know(holders)
    return {
        "editions": editions(here, it.iri, groups),
        "groups": groups,
        "holders": holders,
        "others": sorted((here.link(one) for one in set(holders) - set(shown)), key=lambda one: one.text),
        "libraries": here.shelf.result("holders", lambda: len(here.search.facet(_WORKS, "holder", 100_000))),
        "places": _places(here, it.iri, holders[:500]),
        "offers": _offers(here, it.iri) if here.library else [],
        "most_ways": MOST,
        "marks": {item["item"]: item.get("shelfmark", "") for group in groups for item, _ in group["rows"]},
        "alike": _alike(here, it),
    }


def _offers(here: Visit, iri: str) -> list[Finding]:
    """The ways to borrow it, one for each library and rule, the cheapest first."""
    answer = here.network.best("lend", iri, here.library, here.on, explained=False)
    found = [one for one in answer.findings if one.allowed]
    here.know(one for way in found for one in (way.holder, way.policy, *(way.terms.delivery if way.terms else ())))
    return found


def _alike(here: Visit, it: Description) -> dict[str, Found]:
    """Other works by the same people, and about the same subjects, most held first."""
    asked = {"by": _linked(it, "bf:contribution"), "about": _linked(it, "bf:subject")}
    return {
        name: here.search.find(
            Wanted(chosen={"kind": "work"}, links={name: iris}, sort="held", limit=ALIKE + 1), facets=False
        )
        for name, iris in asked.items() if iris
    }  # fmt: skip


def _linked(it: Description, name: str) -> tuple[str, ...]:
    return tuple(value.iri for value in it.values(name) if value.iri)[:20]


@shows("instance", "instance.html")
def instance(here: Visit, it: Description) -> dict[str, Any]:
    """The copies of one edition, and the record it was made from."""
    groups = copies(here, it.iri)
    places = positions(here, [group["holder"] for group in groups if group["holder"]])
    return {"groups": groups, "records": records(here, it.iri), "places": places}
