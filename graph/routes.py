"""From which libraries, for which categories of items, a library may have an action on a day: the routes to it.

Terms do not grow with the catalogue, so a search for all that may be borrowed is a search for a few routes.
"""

from datetime import date

from graph.policies import OFFER, Policies
from graph.store import Store

Route = tuple[str, str]
"""Library that holds the item, category of the item."""


def routes(store: Store, action: str, borrower: str, on: date) -> frozenset[Route]:
    """The routes open on a day (tests 3 to 6 of docs/answers.md; the item's own tests are not here)."""
    policies = Policies.of(store, action)
    categories = {*policies.broader, *(wide for many in policies.broader.values() for wide in many)}
    found: set[Route] = set()
    for rule in policies.rules:
        if not rule.permits or rule.out_of_force(on):
            continue
        open_offer = rule.kind == OFFER and rule.assignee is None
        if not open_offer and not policies.is_party(borrower, rule.assignee, on):
            continue
        covered = [
            category
            for category in categories
            if policies.covers(rule, category) and not policies.prohibitions(rule.policy, category, on)
        ]
        found.update((holder, category) for holder in _givers(policies, rule.assigner, on) for category in covered)
    return frozenset(route for route in found if route[0] != borrower)


def _givers(policies: Policies, party: str | None, on: date) -> set[str]:
    """The party itself and its active members."""
    members = {
        member
        for member, parts in policies.by_member.items()
        if any(part.collaboration == party and part.active(on) for part in parts)
    }
    return members | ({party} if party else set())
