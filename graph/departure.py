"""What if a library leaves: titles nobody can lend any more, pairs without a path, agreements that lapse."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from graph.dates import day
from graph.names import PREFIXES
from graph.network import Network
from graph.policies import OFFER, Policies, Rule
from graph.reach import links, reached

_LEND = PREFIXES["jp"] + "lend"


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
    policies = Policies.of(network.store, _LEND)
    rules = [rule for rule in policies.rules if rule.permits and not rule.out_of_force(when)]
    return Departure(
        gone, when, _unreachable(network, policies, rules, gone, when), _separated(network, gone, when),
        _lapsing(network, policies, gone, when),
    )  # fmt: skip


def _unreachable(
    network: Network, policies: Policies, rules: list[Rule], gone: str, on: date
) -> dict[str, tuple[str, ...]]:
    shelves: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in network.ask("lendable-holdings", me=gone).rows:
        shelves[str(row["work"])].add((str(row["holder"]), str(row["category"])))
    places = {place for found in shelves.values() for place in found}
    lost = {}
    for borrower in sorted(set(policies.by_member) - {gone}):
        open_to = {place for place in places if _may(policies, rules, place, borrower, on)}
        works = [work for work, at in shelves.items() if _only_there(at, open_to, gone, borrower)]
        if works:
            lost[borrower] = tuple(sorted(works))
    return lost


def _only_there(at: set[tuple[str, str]], open_to: set[tuple[str, str]], gone: str, borrower: str) -> bool:
    lenders = {holder for holder, _ in at & open_to}
    return lenders == {gone} and not any(holder == borrower for holder, _ in at)


def _may(policies: Policies, rules: list[Rule], place: tuple[str, str], borrower: str, on: date) -> bool:
    holder, category = place
    return holder != borrower and any(
        policies.covers(rule, category)
        and policies.is_party(holder, rule.assigner, on)
        and ((rule.kind == OFFER and rule.assignee is None) or policies.is_party(borrower, rule.assignee, on))
        and not policies.prohibitions(rule.policy, category, on)
        for rule in rules
    )


def _separated(network: Network, gone: str, on: date) -> tuple[tuple[str, str], ...]:
    before, after = links(network, on), links(network, on, without=gone)
    pairs = set()
    for one in set(before) - {gone}:
        for other in reached(before, one) - reached(after, one) - {gone}:
            pairs.add((min(one, other), max(one, other)))
    return tuple(sorted(pairs))


def _lapsing(network: Network, policies: Policies, gone: str, on: date) -> tuple[str, ...]:
    """Policies in force that fewer than two parties would be left of, and the library's own offers."""
    parties: defaultdict[str, set[str]] = defaultdict(set)
    for row in network.ask("policy-parties", on).rows:
        parties[str(row["policy"])].add(str(row["party"]))
    return tuple(sorted(p for p, who in parties.items() if gone in who and len(who - {gone}) < 2))
