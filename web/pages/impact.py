"""What an agreement opens: who may get what with it and without it, before it is signed or while it runs."""

from collections.abc import Mapping
from typing import Any

from graph.access import Access, Accesses, Assumption, Route
from graph.search import Wanted
from web.pages.operations import Found, computes
from web.pages.visit import Visit


@computes("/perjanjian/{A}/dampak")
def impact(here: Visit, values: Mapping[str, str]) -> Found:
    """Titles each library may borrow without and with it, and every access it gives."""
    policy = values["name"]
    known = Accesses(here.store, here.on, _actions(here, policy))
    signed = Assumption(signed=frozenset({policy}))
    figures, access = [], []
    for library in sorted(known.receivers(policy)):
        after = known.of_library(library, signed)
        given = {one for one in after if one.policy == policy}
        before = after - given
        access += _rows(known, given, before)
        if row := _figures(here, library, before, after, given):
            figures.append(row)
    lacking = [{"party": row["party"].value, "lacks": row["lacks"].value} for row in here.select(_LACKING % policy)]
    return Found({"figures": figures, "access": access, "lacking": lacking})


_LACKING = """SELECT DISTINCT ?party ?lacks WHERE { <%s> jp:requires ?lacks ; jp:signedBy ?party .
  FILTER NOT EXISTS { ?party jp:hasEquipment|dct:conformsTo ?lacks } } ORDER BY ?party ?lacks"""


def _actions(here: Visit, policy: str) -> list[str]:
    """The actions its permissions are about, by code; lending among them, for the figures."""
    rows = here.select(f"SELECT DISTINCT ?action WHERE {{ <{policy}> odrl:permission/odrl:action ?action }}")
    return sorted({"lend", *(row["action"].value.rpartition("#")[2] for row in rows)})


def _rows(known: Accesses, given: set[Access], before: set[Access]) -> list[dict[str, Any]]:
    """The accesses, one row for each library, action and category: how many give it, and how many only by this."""
    had = {(one.library, one.action, one.holder, one.category) for one in before}
    by_kind: dict[tuple[str, str], dict[str, set[str]]] = {}
    for one in given:
        by_kind.setdefault((one.library, one.action), {}).setdefault(one.category, set()).add(one.holder)
    return [
        {"library": library, "action": action, "category": category, "from": len(categories[category]),
         "new": sum((library, action, holder, category) not in had for holder in categories[category])}
        for (library, action), categories in sorted(by_kind.items())
        for category in known.summed_up(set(categories))
    ]  # fmt: skip


def _figures(
    here: Visit, library: str, before: set[Access], after: set[Access], given: set[Access]
) -> dict[str, Any] | None:
    old, new, by_this = (_lending(found) for found in (before, after, given))
    if not by_this:
        return None
    first, then = borrowable(here, library, old), borrowable(here, library, new)
    return {
        "library": library, "before": first, "after": then, "gain": then - first,
        "also": borrowable(here, library, by_this & old),
    }  # fmt: skip


def _lending(found: set[Access]) -> frozenset[Route]:
    return frozenset((one.holder, one.category) for one in found if one.action.endswith("#lend"))


def borrowable(here: Visit, library: str, routes: frozenset[Route]) -> int:
    """How many works a library does not hold itself but may borrow by these routes."""
    if not routes:
        return 0
    links = {"lendable": tuple(f"{holder} {category}" for holder, category in sorted(routes))}
    everywhere = here.search.count(Wanted(chosen={"kind": "work"}, links=links))
    return everywhere - here.search.count(Wanted(chosen={"kind": "work", "holder": library}, links=links))
