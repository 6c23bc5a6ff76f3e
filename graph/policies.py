"""The facts a permission rests on: rules with their policies' dates, and memberships; nothing is judged here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.names import PREFIXES
from graph.queries import Row, ask
from graph.store import Store

OFFER, LAW = PREFIXES["odrl"] + "Offer", PREFIXES["odrl"] + "Set"


@dataclass(frozen=True, slots=True)
class Membership:
    """One organisation's part in a network or partnership, from ``starts`` to ``ends``."""

    iri: str
    member: str
    collaboration: str
    starts: date | None
    ends: date | None
    terminated: date | None

    def active(self, on: date) -> bool:
        """Whether it holds on a day: started (on a day that is told), not past its end, not terminated."""
        ended = (self.ends is not None and self.ends < on) or (
            self.terminated is not None and self.terminated <= on
        )
        return self.starts is not None and self.starts <= on and not ended


@dataclass(frozen=True, slots=True)
class Rule:
    """A permission or prohibition of one action, with the dates of the policy that carries it."""

    policy: str
    kind: str
    iri: str
    permits: bool
    target: str
    assigner: str | None
    assignee: str | None
    signed: date | None
    starts: date | None
    ends: date | None
    terminated: date | None
    renews: bool
    copyright: str | None

    def out_of_force(self, on: date) -> str:
        """Why the policy does not hold on a day, as a stable word; empty when it does."""
        if self.kind not in (OFFER, LAW) and (self.signed is None or self.signed > on):
            return "unsigned"
        if self.terminated is not None and self.terminated <= on:
            return "terminated"
        if (self.starts is None and self.kind != LAW) or (self.starts is not None and self.starts > on):
            return "not-started"
        if self.ends is not None and self.ends < on and not self.renews:
            return "ended"
        return ""


@dataclass(frozen=True)
class Policies:
    """All rules of one action, the memberships, and which categories a category lies in."""

    rules: tuple[Rule, ...]
    by_member: Mapping[str, tuple[Membership, ...]]
    broader: Mapping[str, frozenset[str]]
    terms: dict[str, list[Row]] = field(default_factory=dict)
    """The terms of policies that were asked for, by policy."""
    members: dict[tuple[str, date], frozenset[str]] = field(default_factory=dict)
    """Who takes part in a network or partnership on a day, where that was asked for."""

    @classmethod
    def of(cls, store: Store, action: str) -> "Policies":
        """Everything the store says about an action (its IRI). A law forbids only: what it permits, a library
        still has to promise in an agreement or offer."""
        rules = ask(store, "permission-rules", {"action": action}, "").rows
        members = ask(store, "memberships", {}, "").rows
        broader: defaultdict[str, set[str]] = defaultdict(set)
        for row in ask(store, "broader-categories", {}, "").rows:
            broader[str(row["category"])].add(str(row["broader"]))
        return cls(
            tuple(rule for rule in map(_rule, rules) if rule.kind != LAW or not rule.permits),
            _grouped(_membership(row) for row in members),
            {category: frozenset(wider) for category, wider in broader.items()},
        )

    def covers(self, rule: Rule, category: str | None) -> bool:
        """Whether the rule's target is the category or a broader one."""
        return category is not None and (
            rule.target == category or rule.target in self.broader.get(category, frozenset())
        )

    def parts(self, organisation: str, party: str | None) -> tuple[Membership, ...]:
        """The organisation's memberships in a party, past and future ones too."""
        return tuple(m for m in self.by_member.get(organisation, ()) if m.collaboration == party)

    def is_party(self, organisation: str, party: str | None, on: date) -> bool:
        """Whether an organisation is this party, or an active member of it."""
        return organisation == party or any(m.active(on) for m in self.parts(organisation, party))

    def givers(self, party: str | None, on: date) -> frozenset[str]:
        """Who may give as this party on a day: itself and its active members."""
        if party is None:
            return frozenset()
        if (party, on) not in self.members:
            active = (m for parts in self.by_member.values() for m in parts if m.collaboration == party)
            self.members[party, on] = frozenset({party, *(m.member for m in active if m.active(on))})
        return self.members[party, on]

    def prohibitions(self, policy: str, category: str | None, on: date) -> list[Rule]:
        """What forbids the action for a category: prohibitions of this policy, and of laws in force."""
        return [
            rule
            for rule in self.rules
            if not rule.permits
            and (rule.policy == policy or (rule.kind == LAW and not rule.out_of_force(on)))
            and self.covers(rule, category)
        ]


def _grouped(memberships: Iterable[Membership]) -> Mapping[str, tuple[Membership, ...]]:
    found: defaultdict[str, list[Membership]] = defaultdict(list)
    for membership in memberships:
        found[membership.member].append(membership)
    return {member: tuple(parts) for member, parts in found.items()}


def _membership(row: Row) -> Membership:
    return Membership(
        str(row["membership"]),
        str(row["member"]),
        str(row["collaboration"]),
        _date(row["starts"]),
        _date(row["ends"]),
        _date(row["terminated"]),
    )


def _rule(row: Row) -> Rule:
    return Rule(
        policy=str(row["policy"]),
        kind=str(row["kind"]),
        iri=str(row["rule"]),
        permits=bool(row["permits"]),
        target=str(row["target"]),
        assigner=_text(row["assigner"]),
        assignee=_text(row["assignee"]),
        signed=_date(row["signed"]),
        starts=_date(row["starts"]),
        ends=_date(row["ends"]),
        terminated=_date(row["terminated"]),
        renews=bool(row["renews"]),
        copyright=_text(row["copyright"]),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _date(value: object) -> date | None:
    return value if isinstance(value, date) else None
