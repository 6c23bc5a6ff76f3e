"""What if a library leaves: titles nobody can lend any more, pairs without a path, agreements that lapse."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from graph.access import Accesses, Route
from graph.dates import day
from graph.network import Network
from graph.reach import links, reached


@dataclass(frozen=True, slots=True)
class Departure:
    """What is lost (IRIs): works by the library that loses them, separated pairs, lapsing policies."""

    library: str
    on: date
    unreachable: dict[str, tuple[str, ...]]
    separated: tuple[tuple[str, str], ...]
    lapsing: tuple[str, ...]


def departure(network: Network, library: str, on: str | date | None = None) -> Departure:
    """What would follow if a library (IRI or id) left on a day. Raises NotFound."""
    gone, when = network.iri(library), day(on) if on else date.today()
    known = Accesses(network.store, when, ("lend",))
    return Departure(
        gone, when, _unreachable(network, known, gone), _separated(network, gone, when),
        _lapsing(network, gone, when),
    )  # fmt: skip


def _unreachable(network: Network, known: Accesses, gone: str) -> dict[str, tuple[str, ...]]:
    """Works by the library that loses them: lent to it by the one that leaves, by nobody else, and not its own."""
    shelves: defaultdict[str, set[Route]] = defaultdict(set)
    for row in network.ask("lendable-holdings", me=gone).rows:
        shelves[str(row["work"])].add((str(row["holder"]), str(row["category"])))
    parted = [
        (work, {place for place in at if place[0] == gone}, {place for place in at if place[0] != gone})
        for work, at in shelves.items()
    ]
    lost = {}
    for borrower in sorted(known.libraries - {gone}):
        open_to = known.routes(borrower)
        works = [
            work for work, here, elsewhere in parted
            if not here.isdisjoint(open_to) and elsewhere.isdisjoint(open_to)
            and all(holder != borrower for holder, _ in elsewhere)
        ]  # fmt: skip
        if works:
            lost[borrower] = tuple(sorted(works))
    return lost


def _separated(network: Network, gone: str, on: date) -> tuple[tuple[str, str], ...]:
    before, after = links(network, on), links(network, on, without=gone)
    pairs = set()
    for one in set(before) - {gone}:
        for other in reached(before, one) - reached(after, one) - {gone}:
            pairs.add((min(one, other), max(one, other)))
    return tuple(sorted(pairs))


def _lapsing(network: Network, gone: str, on: date) -> tuple[str, ...]:
    """Policies in force that fewer than two parties would be left of, and the library's own offers."""
    parties: defaultdict[str, set[str]] = defaultdict(set)
    for row in network.ask("policy-parties", on).rows:
        parties[str(row["policy"])].add(str(row["party"]))
    return tuple(sorted(p for p, who in parties.items() if gone in who and len(who - {gone}) < 2))
