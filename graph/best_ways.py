"""The best ways to get a work: the answer of ``graph.permission.judge`` for pages, made from groups of copies."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from heapq import nsmallest

from graph.like_copies import LikeCopies
from graph.permission import Answer, Finding, Tested, finding, judge, tested_rules, worth
from graph.policies import Policies, Rule
from graph.queries import Row
from graph.store import Store

MOST = 25
"""Ways that a page shows."""


def best_ways(
    store: Store,
    policies: Policies,
    action: str,
    copies: LikeCopies,
    thing: str,
    borrower: str,
    on: date,
    *,
    explained: bool = True,
) -> Answer:
    """The answer for a work or item: of each library one copy under each rule, the best ``MOST`` findings; those
    not allowed are left out when some are. Only the first has its chain, if wanted. Raises NotFound as ``judge``.

    ``copies``: those of ``thing``; where they cannot be grouped, ``judge`` answers alone.
    """
    rows = copies.rows(action, on)
    if not rows:
        return judge(store, action, thing, borrower, on, policies)
    open_to = list(_open(policies, action, rows, borrower, on))
    if open_to:
        found = nsmallest(MOST, _alike(store, policies, open_to), key=worth)
    else:
        tested = tested_rules(policies, policies.rules, action, rows, borrower, on)
        found = _best(finding(store, policies, *one) for one in tested)
    if found and explained:
        rules = tuple(rule for rule in policies.rules if not rule.permits or rule.iri == found[0].rule)
        only = replace(policies, rules=rules)
        found[0] = _explained(found[0], judge(store, action, found[0].item, borrower, on, only))
    return Answer(action, thing, borrower, on, tuple(found), store)


def _explained(found: Finding, answer: Answer) -> Finding:
    """The finding as the answer about its copy has it: with the chain."""
    same = (one for one in answer.findings if (one.policy, one.rule) == (found.policy, found.rule))
    return next(same, found)


def _open(policies: Policies, action: str, rows: list[Row], borrower: str, on: date) -> Iterator[Tested]:
    """What passes all tests, of each library the first copy under each rule; only rules that speak to the borrower,
    and copies of those who give, are tested."""
    held = _allowing(rows)
    for rule in policies.rules:
        if _speaks_to(policies, rule, borrower, on):
            givers, seen = policies.givers(rule.assigner, on) & held.keys(), set[object]()
            given = [row for holder in givers for row in held[holder]]
            for one in tested_rules(policies, (rule,), action, given, borrower, on):
                if one[0]["holder"] not in seen and all(test.passed for test in one[2]):
                    seen.add(one[0]["holder"])
                    yield one


def _allowing(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """By library, the first of the copies whose own policies allow it and that the tests cannot tell apart."""
    found: dict[str, dict[tuple[object, ...], Row]] = {}
    for row in rows:
        if row["allows"]:
            told = tuple(row[name] for name in ("category", "status", "closedUntil", "stage", "host"))
            found.setdefault(str(row["holder"]), {}).setdefault(told, row)
    return {holder: list(first.values()) for holder, first in found.items()}


def _alike(store: Store, policies: Policies, tested: Iterable[Tested]) -> Iterator[Finding]:
    """The findings of what passed; the terms of a rule are read once, since they are the same for all copies."""
    known: dict[str, Finding] = {}
    for row, rule, tests in tested:
        if rule.iri not in known:
            known[rule.iri] = finding(store, policies, row, rule, tests)
        item, holder = str(row["item"]), str(row["holder"])
        yield replace(known[rule.iri], item=item, holder=holder, tests=tuple(tests))


def _speaks_to(policies: Policies, rule: Rule, borrower: str, on: date) -> bool:
    """Whether a rule permits something on the day, and to the borrower or to everybody."""
    to_it = rule.assignee is None or policies.is_party(borrower, rule.assignee, on)
    return rule.permits and not rule.out_of_force(on) and to_it


def _best(findings: Iterable[Finding]) -> list[Finding]:
    """The best finding of each library under each rule, the best of all first."""
    best: dict[tuple[str, str, str], Finding] = {}
    for one in findings:
        key = (one.holder, one.policy, one.rule)
        best[key] = min(one, best.get(key, one), key=worth)
    return nsmallest(MOST, best.values(), key=worth)
