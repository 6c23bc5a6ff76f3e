"""What each library may get from which other, of which collection, under which agreement: access as a whole.

The rules are tests 3 to 6 of docs/answers.md; the item's own tests are not here. ``Assumption`` asks what would be:
with an agreement taken as signed and in force, or with one left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from graph.names import expand
from graph.policies import OFFER, Policies, Rule
from graph.store import Store

ACTIONS = (
    "lend",
    "photocopy",
    "scan",
    "patronLoan",
    "readOnSite",
    "quickReference",
    "rotate",
    "exchange",
    "reuseRecord",
)
"""What one library may get from another, by code."""
Route = tuple[str, str]
"""Library that holds the item, category of the item."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """What is taken for granted: ``signed`` policies count as in force, ``without`` ones as if they were not."""

    signed: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def holds(self, rule: Rule, on: date) -> bool:
        """Whether a rule's policy is in force."""
        return rule.policy not in self.without and (rule.policy in self.signed or not rule.out_of_force(on))


AS_IT_IS = Assumption()


@dataclass(frozen=True, slots=True)
class Access:
    """One library may get one thing from another, under one policy (IRIs)."""

    library: str
    action: str
    holder: str
    category: str
    policy: str


class Accesses:
    """The rules of every action, read once; all questions about access on a day are answered from them."""

    def __init__(self, store: Store, on: date, actions: Iterable[str] = ACTIONS) -> None:
        self.on = on
        self.of: Mapping[str, Policies] = {
            action: Policies.of(store, action) for action in (expand("jp:" + code) for code in actions)
        }
        self._members: dict[str, set[str]] = {}
        self._covered: dict[tuple[Rule, frozenset[str]], list[str]] = {}

    @property
    def libraries(self) -> set[str]:
        """Every organisation that is or was a member of anything."""
        return {member for policies in self.of.values() for member in policies.by_member}

    def of_library(self, library: str, assumed: Assumption = AS_IT_IS) -> set[Access]:
        """All that a library may get from others."""
        return {
            Access(library, action, holder, category, rule.policy)
            for action, policies in self.of.items()
            for rule in policies.rules
            if rule.permits and assumed.holds(rule, self.on) and self._receives(policies, rule, library)
            for category in self._categories(policies, rule, assumed)
            for holder in self._givers(policies, rule.assigner)
            if holder != library
        }

    def routes(self, library: str, assumed: Assumption = AS_IT_IS, action: str = "lend") -> frozenset[Route]:
        """From whom, of which category, a library may get one action."""
        wanted = expand("jp:" + action)
        found = self.of_library(library, assumed)
        return frozenset((one.holder, one.category) for one in found if one.action == wanted)

    def receivers(self, policy: str, assumed: Assumption = AS_IT_IS) -> set[str]:
        """The libraries a policy's permissions give something to; for an open offer all that are known."""
        return {
            library
            for policies in self.of.values()
            for rule in policies.rules
            if rule.policy == policy and rule.permits
            for library in self._takers(policies, rule)
        }

    def _takers(self, policies: Policies, rule: Rule) -> set[str]:
        everybody = rule.kind == OFFER and rule.assignee is None
        return set(policies.by_member) if everybody else self._givers(policies, rule.assignee)

    def _receives(self, policies: Policies, rule: Rule, library: str) -> bool:
        open_offer = rule.kind == OFFER and rule.assignee is None
        return open_offer or policies.is_party(library, rule.assignee, self.on)

    def _givers(self, policies: Policies, party: str | None) -> set[str]:
        """The active members of a party, or the party itself when it never had any."""
        if party is None:
            return set()
        if party not in self._members:
            parts = [part for many in policies.by_member.values() for part in many if part.collaboration == party]
            active = {part.member for part in parts if part.active(self.on)}
            self._members[party] = active if parts else {party}
        return self._members[party]

    def _categories(self, policies: Policies, rule: Rule, assumed: Assumption) -> list[str]:
        """The categories a rule covers and nothing forbids; the same for every library that asks."""
        key = (rule, assumed.without)
        if key not in self._covered:
            self._covered[key] = [
                category
                for category in policies.broader
                if policies.covers(rule, category)
                and not any(
                    ban.policy not in assumed.without
                    for ban in policies.prohibitions(rule.policy, category, self.on)
                )
            ]
        return self._covered[key]

    def summed_up(self, categories: set[str]) -> list[str]:
        """The same in fewer words: a category whose narrower ones are all there stands for them."""
        broader = next(iter(self.of.values())).broader
        narrower = {one: {n for n, wide in broader.items() if one in wide} for one in categories}
        whole = {one for one in categories if narrower[one] <= categories}
        return sorted(
            one
            for one in categories
            if not (broader[one] - {one}) & whole and (one in whole or broader[one] - {one})
        )
