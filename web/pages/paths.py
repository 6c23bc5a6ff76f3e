"""The way between two libraries: by which partnerships, and what each may get from the other."""

from collections.abc import Mapping
from typing import Any

from graph.access import Access, Accesses
from graph.reach import links, path
from web.pages.choosing import known_iri
from web.pages.operations import Found, computes
from web.pages.visit import Visit


@computes("/jalur")
def way(here: Visit, values: Mapping[str, str]) -> Found:
    """The steps from one to the other, and both directions of access; nothing until both are chosen."""
    start, end = (known_iri(here, values.get(name, "")) for name in ("dari", "ke"))
    if not start or not end:
        return Found()
    hops = path(links(here.network, here.on), start, end) or []
    steps = [
        {"step": number, "start": hop.start, "partnership": hop.partnership, "end": hop.end}
        for number, hop in enumerate(hops, 1)
    ]
    known = Accesses(here.store, here.on)
    found = [
        one for library, holder in ((start, end), (end, start))
        for one in known.of_library(library) if one.holder == holder
    ]  # fmt: skip
    return Found({"path": steps, "access": summed_up(known, found)})


def summed_up(known: Accesses, found: list[Access]) -> list[dict[str, Any]]:
    """One row for each category of an access, a broader category standing for its narrower ones."""
    by_kind: dict[tuple[str, str, str, str], set[str]] = {}
    for one in found:
        by_kind.setdefault((one.library, one.action, one.holder, one.policy), set()).add(one.category)
    return [
        {"library": library, "action": action, "holder": holder, "category": category, "policy": policy}
        for (library, action, holder, policy), categories in sorted(by_kind.items())
        for category in known.summed_up(categories)
    ]
