"""May a library get an item: the six tests of each rule, the terms, and the chain of statements that proves it.

The rule is docs/answers.md, "The six tests" (normative); the saved queries CQ01 to CQ03 decide the same in SPARQL,
and a test holds the two together. The facts come from saved queries; the judgement is here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from graph.errors import NotFound
from graph.names import PREFIXES
from graph.policies import OFFER, Policies, Rule
from graph.queries import Row, ask
from graph.reasons import Reason, names
from graph.store import Store
from graph.terms import Terms, terms

_JP = PREFIXES["jp"]
AVAILABLE = _JP + "status-available"
LOANS = frozenset(_JP + action for action in ("lend", "patronLoan", "rotate"))
"""Actions that take the piece away; only they need it available and its holder open."""
TESTS = ("access", "availability", "force", "coverage", "parties", "prohibition")


@dataclass(frozen=True, slots=True)
class Test:
    """One of the six tests, with its reason."""

    name: str
    passed: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class Link:
    """One statement of the proof: the entity it is about, and what it says."""

    step: str
    iri: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule judged for one item: its six tests; terms and proof when all pass."""

    item: str
    holder: str
    policy: str
    rule: str
    tests: tuple[Test, ...]
    terms: Terms | None = None
    chain: tuple[Link, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether every test passed."""
        return all(test.passed for test in self.tests)

    @property
    def failed(self) -> tuple[Test, ...]:
        """The tests that stand in the way."""
        return tuple(test for test in self.tests if not test.passed)


@dataclass(frozen=True)
class Answer:
    """Yes, no or conditional, with all findings: allowed ones first, cheapest first, then those nearest to yes."""

    action: str
    thing: str
    borrower: str
    on: date
    findings: tuple[Finding, ...]
    store: Store = field(repr=False, compare=False)
    nothing: Reason = field(default_factory=lambda: Reason("no-policy"))

    @property
    def best(self) -> Finding | None:
        """The finding to go by: the cheapest allowed one, else the one nearest to it."""
        return self.findings[0] if self.findings else None

    @property
    def verdict(self) -> str:
        """``yes``, ``conditional`` (yes, if purposes, limits or credentials are kept) or ``no``."""
        if self.best is None or self.best.terms is None:
            return "no"
        return "conditional" if self.best.terms.conditional else "yes"

    @property
    def terms(self) -> Terms | None:
        """The terms of the best finding."""
        return self.best.terms if self.best else None

    @property
    def chain(self) -> tuple[Link, ...]:
        """The proof of a yes: membership → agreement → clause → rule → item's policy."""
        return self.best.chain if self.best else ()

    def because(self, language: str = "id") -> list[str]:
        """The reason in words: the proof of a yes, or what stands in the way of the nearest rule."""
        reasons = self._reasons()
        return [reason.sentence(names(self.store, reasons, language), language) for reason in reasons]

    def changes(self, language: str = "id") -> list[str]:
        """What would have to change for a yes; empty when it is one."""
        if self.verdict != "no":
            return []
        reasons = self._reasons()
        known = names(self.store, reasons, language)
        return [change for reason in reasons if (change := reason.change(known, language))]

    def _reasons(self) -> list[Reason]:
        if self.best is None:
            return [self.nothing]
        links = [link.reason for link in self.best.chain]
        return links if self.best.allowed else [test.reason for test in self.best.failed]

    def __bool__(self) -> bool:
        return self.verdict != "no"

    def __str__(self) -> str:
        if self.terms is None:
            return self.verdict
        days = [f"{self.terms.days} days"] if self.terms.days else []
        cost = (
            "free"
            if not self.terms.fee
            else f"{self.terms.fee:.0f} {(self.terms.currency or '').rpartition('#')[2]}"
        )
        return ", ".join([self.verdict, cost.strip(), *days])


def judge(
    store: Store, action: str, thing: str, borrower: str, on: date, policies: Policies | None = None
) -> Answer:
    """The answer for an item or work (IRIs throughout). Raises NotFound when ``thing`` is neither.

    ``policies``: what is known of the action already, to ask many questions of one release.
    """
    items = ask(store, "permission-item", {"today": on, "thing": thing, "action": action}, "").rows
    if not items and not store.ask(f"ASK {{ <{thing}> a <{PREFIXES['bf']}Work> }}"):
        raise NotFound(f"{thing} is neither an item nor a work.", "Give the id or barcode of an item, or a work.")
    policies = policies or Policies.of(store, action)
    findings = [
        _finding(store, policies, action, row, rule, borrower, on)
        for row in _merged(items)
        for rule in policies.rules
        if rule.permits
    ]
    nothing = Reason("no-policy" if items else "no-item")
    return Answer(action, thing, borrower, on, tuple(sorted(findings, key=_worth)), store, nothing)


def ways(
    store: Store, action: str, work: str, borrower: str, on: date, policies: Policies | None = None
) -> list[Finding]:
    """The ways in which a library gets an item of a work today, the best terms first; as ``judge`` finds them, but
    only rules that speak to the borrower are looked at and no chain is told, so that a page can ask each time."""
    policies = policies or Policies.of(store, action)
    rules = [rule for rule in policies.rules if _speaks_to(policies, rule, borrower, on)]
    items = ask(store, "permission-item", {"today": on, "thing": work, "action": action}, "").rows
    found = (
        _finding(store, policies, action, row, rule, borrower, on, explained=False)
        for row in _merged(items) for rule in rules
    )  # fmt: skip
    return sorted((one for one in found if one.terms), key=_worth)


def _speaks_to(policies: Policies, rule: Rule, borrower: str, on: date) -> bool:
    """Whether a rule permits something on the day, and to the borrower or to everybody."""
    to_it = rule.assignee is None or policies.is_party(borrower, rule.assignee, on)
    return rule.permits and not rule.out_of_force(on) and to_it


def _merged(rows: list[Row]) -> Iterator[Row]:
    """One row per item: an item with two stages or policies stays one, the obstructing value kept."""
    by_item: dict[str, Row] = {}
    for row in rows:
        known = by_item.setdefault(str(row["item"]), row)
        if row["stage"] is not None or row["closedUntil"] is not None or known["access"] is None:
            by_item[str(row["item"])] = Row({**known, **{k: v for k, v in row.items() if v is not None}})
    return iter(by_item.values())


def _worth(finding: Finding) -> tuple[bool, object, int, int, str, str]:
    if finding.terms:
        return (False, finding.terms.fee, 0, -(finding.terms.days or 0), finding.holder, finding.policy)
    distance = sum(1 for _ in finding.failed)
    reachable = any(test.name == "parties" for test in finding.failed)
    return (True, 0, distance, int(reachable), finding.holder, finding.policy)


def _finding(
    store: Store,
    policies: Policies,
    action: str,
    row: Row,
    rule: Rule,
    borrower: str,
    on: date,
    *,
    explained: bool = True,
) -> Finding:
    holder, item = str(row["holder"]), str(row["item"])
    category = None if row["category"] is None else str(row["category"])
    tests = (
        _access(row),
        _availability(row, action),
        _force(rule, on),
        _coverage(policies, rule, category),
        _parties(policies, rule, holder, borrower, on),
        _prohibition(policies, rule, category, on),
    )
    if not all(test.passed for test in tests):
        return Finding(item, holder, rule.policy, rule.iri, tests)
    chain = tuple(_chain(store, policies, row, rule, borrower, on)) if explained else ()
    return Finding(item, holder, rule.policy, rule.iri, tests, terms(store, rule, policies.terms), chain)


def _access(row: Row) -> Test:
    facts = {"access": _iri(row["access"]), "holder": _iri(row["holder"])}
    return Test(
        "access", bool(row["allows"]), Reason("access-allows" if row["allows"] else "access-forbids", facts)
    )


def _availability(row: Row, action: str) -> Test:
    if action not in LOANS:
        return Test("availability", True, Reason("not-a-loan"))
    holder, until = _iri(row["holder"]), row["closedUntil"]
    if row["status"] != AVAILABLE:
        return Test("availability", False, Reason("status", {"status": _iri(row["status"])}))
    if row["stage"] is not None:
        return Test("availability", False, Reason("away", {"host": _iri(row["host"])}))
    if isinstance(until, date):
        return Test("availability", False, Reason("closed", {"holder": holder, "until": until}))
    return Test("availability", True, Reason("here", {"holder": holder}))


def _force(rule: Rule, on: date) -> Test:
    why = rule.out_of_force(on)
    facts = {"policy": rule.policy, "starts": rule.starts, "ends": rule.ends, "terminated": rule.terminated}
    return Test("force", not why, Reason(why or "in-force", facts))


def _coverage(policies: Policies, rule: Rule, category: str | None) -> Test:
    covered = policies.covers(rule, category)
    return Test(
        "coverage",
        covered,
        Reason("covers" if covered else "covers-not", {"target": rule.target, "category": category}),
    )


def _parties(policies: Policies, rule: Rule, holder: str, borrower: str, on: date) -> Test:
    facts: dict[str, str | date | None] = {
        "holder": holder, "borrower": borrower, "assigner": rule.assigner, "assignee": rule.assignee,
    }  # fmt: skip
    if holder == borrower:
        return Test("parties", False, Reason("same-library", facts))
    if not policies.is_party(holder, rule.assigner, on):
        return Test("parties", False, Reason("supplier-not-party", facts))
    if rule.kind == OFFER and rule.assignee is None:
        return Test("parties", True, Reason("open-offer", facts))
    if policies.is_party(borrower, rule.assignee, on):
        return Test("parties", True, Reason("parties", facts))
    past = policies.parts(borrower, rule.assignee)
    if past:
        facts |= {"starts": past[-1].starts, "ends": past[-1].terminated or past[-1].ends}
    return Test("parties", False, Reason("requester-left" if past else "requester-not-party", facts))


def _prohibition(policies: Policies, rule: Rule, category: str | None, on: date) -> Test:
    bans = policies.prohibitions(rule.policy, category, on)
    if not bans:
        return Test("prohibition", True, Reason("not-prohibited"))
    return Test("prohibition", False, Reason("prohibited", {"ban": bans[0].policy, "target": bans[0].target}))


def _chain(store: Store, policies: Policies, row: Row, rule: Rule, borrower: str, on: date) -> Iterator[Link]:
    for organisation, party in ((borrower, rule.assignee), (str(row["holder"]), rule.assigner)):
        for part in policies.parts(organisation, party):
            if part.active(on):
                says: dict[str, str | date | None] = {"member": organisation, "collaboration": part.collaboration}
                yield Link(
                    "membership", part.iri, Reason("membership", says | {"starts": part.starts, "ends": part.ends})
                )
    dates: dict[str, str | date | None] = {"signed": rule.signed, "starts": rule.starts, "ends": rule.ends}
    yield Link("agreement", rule.policy, Reason("agreement", dates | {"policy": rule.policy}))
    for clause in ask(store, "clauses", {"agreement": rule.policy}, "").rows:
        if clause["factor"] in (_JP + "factor-2-scope", _JP + "factor-8-finance"):
            yield Link("clause", str(clause["clause"]), Reason("clause", {"title": _iri(clause["title"])}))
    sides = {"target": rule.target, "assigner": rule.assigner, "assignee": rule.assignee}
    yield Link("rule", rule.iri, Reason("rule", sides))
    yield Link("item", str(row["item"]), _access(row).reason)


def _iri(value: object) -> str | None:
    return None if value is None else str(value)
