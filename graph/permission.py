"""May a library get an item: the six tests of each rule, the terms, and the chain of statements that proves it.

The rule is docs/answers.md, "The six tests" (normative); the saved queries CQ01 to CQ03 decide the same in SPARQL,
and a test holds the two together. The facts come from saved queries; the judgement is here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

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
RUPIAH = _JP + "IDR"
FAR = {
    "ended": 1, "terminated": 2, "requester-left": 3, "requester-not-party": 4, "supplier-not-party": 5,
    "same-library": 6,
}  # fmt: skip
"""How far a failed test is from being passed, by its reason: a draft need only be signed, who left may join
again, and what a library gives to others under a text it is no party of says least. What is not here is nearest."""
ONE_IS_ENOUGH = frozenset({"coverage"})
TESTS = ("access", "availability", "force", "coverage", "parties", "prohibition")


@dataclass(frozen=True, slots=True)
class Test:
    """One of the six tests, with its reason."""

    name: str
    passed: bool
    reason: Reason


Tested = tuple[Row, Rule, tuple[Test, ...]]
"""A copy, a rule, and what the six tests say of both."""


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

    def as_json(self, language: str) -> dict[str, Any]:
        """The answer for programs: verdict, terms, proof and every finding with its six tests."""
        return {
            "verdict": self.verdict,
            "on": self.on,
            "because": self.because(language),
            "changes": self.changes(language),
            "terms": asdict(self.terms) if self.terms else None,
            "chain": [{"step": link.step, "iri": link.iri} for link in self.chain],
            "findings": [
                {"item": f.item, "holder": f.holder, "policy": f.policy, "rule": f.rule, "allowed": f.allowed}
                | {"tests": {test.name: test.passed for test in f.tests}}
                for f in self.findings
            ],
        }

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
            else f"{_amount(self.terms.fee)} {(self.terms.currency or '').rpartition('#')[2]}"
        )
        deposit = [f"deposit {_amount(self.terms.deposit)}"] if self.terms.deposit else []
        return ", ".join([self.verdict, cost.strip(), *days, *deposit])


def _amount(value: Decimal) -> str:
    """An amount with the decimals it has: half a ringgit is not nothing."""
    return format(value.normalize(), "f")


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
    tested = _one_each(tested_rules(policies, policies.rules, action, items, borrower, on))
    findings = [
        finding(store, policies, row, rule, tests, _chain(store, policies, row, rule, borrower, on))
        for row, rule, tests in tested
    ]
    nothing = Reason("no-policy" if items else "no-item")
    return Answer(action, thing, borrower, on, tuple(sorted(findings, key=worth)), store, nothing)


def tested_rules(
    policies: Policies, rules: Iterable[Rule], action: str, rows: Sequence[Row], borrower: str, on: date
) -> Iterator[Tested]:
    """Each copy (a row as of ``permission-item``) under each rule that permits, with the six tests. A test that
    many copies share is made once: a work may have thousands of them, and a network hundreds of rules."""
    own = [(row, _access(row), _availability(row, action)) for row in rows]
    categories, holders = ({row[name] for row in rows} for name in ("category", "holder"))
    for rule in rules:
        if not rule.permits:
            continue
        force = _force(rule, on)
        covered = {one: _coverage(policies, rule, _iri(one)) for one in categories}
        banned = {one: _prohibition(policies, rule, _iri(one), on) for one in categories}
        parties = {one: _parties(policies, rule, str(one), borrower, on) for one in holders}
        for row, access, availability in own:
            kind = row["category"]
            yield row, rule, (access, availability, force, covered[kind], parties[row["holder"]], banned[kind])


def _one_each(tested: Iterable[Tested]) -> list[Tested]:
    """One for each item and rule. An item that has several values of a kind has a row for each combination: it is
    enough that one category is covered; but no access policy of its own, status, stage, closure or prohibition may
    stand in the way."""
    found: dict[tuple[str, str, Rule], Tested] = {}
    for row, rule, tests in tested:
        key = (str(row["item"]), str(row["holder"]), rule)
        known = found.setdefault(key, (row, rule, tests))
        if known[2] is not tests:
            both = tuple(_either(*pair) for pair in zip(known[2], tests, strict=True))
            found[key] = (row if tests[0].passed else known[0], rule, both)
    return list(found.values())


def _either(one: Test, other: Test) -> Test:
    """The test that counts where an item has two values."""
    return one if one.passed == (one.name in ONE_IS_ENOUGH) else other


def worth(finding: Finding) -> tuple[bool, object, int, int, str, str, str]:
    """The order of findings: allowed ones, cheap ones, long ones first; then those nearest to being allowed."""
    last = (finding.holder, finding.policy, finding.item)
    if finding.terms:
        return (False, _cost(finding.terms), 0, -(finding.terms.days or 0), *last)
    far = sum(FAR.get(test.reason.key, 0) for test in finding.failed)
    return (True, 0, len(finding.failed), far, *last)


def _cost(terms: Terms) -> tuple[bool, str, Decimal]:
    """What terms cost, to compare. Amounts in another currency come after those in rupiah, which they cannot be
    compared with: no rate of exchange is known here."""
    abroad = terms.currency if terms.fee and terms.currency != RUPIAH else None
    return (abroad is not None, abroad or "", terms.fee)


def finding(
    store: Store, policies: Policies, row: Row, rule: Rule, tests: Sequence[Test], chain: Iterable[Link] = ()
) -> Finding:
    """What the tests of a rule found for a copy; the chain is read only when all passed."""
    item, holder = str(row["item"]), str(row["holder"])
    if not all(test.passed for test in tests):
        return Finding(item, holder, rule.policy, rule.iri, tuple(tests))
    agreed = terms(store, rule, policies.terms)
    return Finding(item, holder, rule.policy, rule.iri, tuple(tests), agreed, tuple(chain))


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
            named = _iri(clause["title"]) or str(clause["factor"])
            yield Link("clause", str(clause["clause"]), Reason("clause", {"title": named}))
    sides = {"target": rule.target, "assigner": rule.assigner, "assignee": rule.assignee}
    yield Link("rule", rule.iri, Reason("rule", sides))
    yield Link("item", str(row["item"]), _access(row).reason)


def _iri(value: object) -> str | None:
    return None if value is None else str(value)
