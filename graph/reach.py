"""Reachability: the shortest chain of partnerships that joins two organisations on a day."""

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.network import Network

Links = Mapping[str, Mapping[str, str]]
"""Organisation → partner → a partnership both are active in."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step: from one organisation to another by a partnership (IRIs)."""

    start: str
    partnership: str
    end: str


def links(network: Network, on: str | date | None = None, without: str = "") -> Links:
    """Who is whose partner on a day, one organisation left out if wanted."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for row in network.ask("partners", on).rows:
        if row["member"] != without:
            members[str(row["partnership"])].append(str(row["member"]))
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for partnership, together in members.items():
        for one in together:
            for other in together:
                if one != other:
                    found[one].setdefault(other, partnership)
    return found


def path(joined: Links, start: str, end: str) -> list[Hop] | None:
    """The fewest hops from one organisation to another; empty for itself, None when there is no way."""
    came: dict[str, Hop] = {}
    waiting = deque([start])
    while waiting and end not in came and start != end:
        here = waiting.popleft()
        for partner, partnership in joined.get(here, {}).items():
            if partner not in came and partner != start:
                came[partner] = Hop(here, partnership, partner)
                waiting.append(partner)
    if start != end and end not in came:
        return None
    hops: list[Hop] = []
    while end != start:
        hops.append(came[end])
        end = came[end].start
    return hops[::-1]


def reached(joined: Links, start: str) -> set[str]:
    """Everybody a chain of partnerships joins to an organisation, itself not counted."""
    seen, waiting = {start}, [start]
    while waiting:
        new = set(joined.get(waiting.pop(), {})) - seen
        seen |= new
        waiting += new
    return seen - {start}
