"""Proposals: what a run of matching found, turned into the machine's decisions and a queue for people.

A person's word is never overturned: pairs a person decided are passed over, so are further candidates of a list in
which a person has named the right one, and what a person took back is asked, not decided again.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from graph.matching.candidate import Candidate
from graph.matching.decisions import MACHINE, Decision, Decisions, scheme
from graph.matching.entry import Entry
from graph.matching.heading import Heading

BATCH = 500
"""Headings whose outcome is written in one transaction."""
Found = tuple[Heading, list[Candidate]]


@dataclass(slots=True)
class Tally:
    """What a run came to: new links, links that stood already, links taken back, pairs put into the queue, pairs
    left as a person decided."""

    linked: int = 0
    stood: int = 0
    withdrawn: int = 0
    waiting: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """One of our entities with the candidates that wait for a person, the likeliest first."""

    heading: Heading
    candidates: list[Candidate] = field(default_factory=list)


def propose(
    decisions: Decisions, found: Iterable[Found], schemes: Iterable[str] = (), *, among_ours: bool = False
) -> Tally:
    """Take in what matching found: *same* becomes a link by the machine, *maybe* waits for a person.

    An earlier link by the machine that is not found again is taken back when its list (``decisions.scheme``) is
    among ``schemes`` or among those of the candidates now found. What waited for an entity is replaced by what was
    found now: with ``among_ours`` other entities of ours, without it those of other lists.
    """
    clear = f"DELETE FROM waiting WHERE entity = ? AND scheme {'=' if among_ours else '<>'} ?"
    tally, stream, looked = Tally(), iter(found), frozenset(schemes)
    while batch := list(islice(stream, BATCH)):
        with decisions.together():
            for heading, candidates in batch:
                decisions.connection.execute(clear, (heading.iri, scheme(heading.iri)))
                _take_in(decisions, heading, candidates, looked, tally)
    return tally


def _take_in(
    decisions: Decisions, heading: Heading, candidates: list[Candidate], schemes: frozenset[str], tally: Tally
) -> None:
    standing = {(d.target if d.entity == heading.iri else d.entity): d for d in decisions.of(heading.iri)}
    named = {scheme(iri) for iri, d in standing.items() if d.person and d.verdict == "same"} - {scheme(heading.iri)}
    linked: set[str] = set()
    for candidate in candidates:
        target = candidate.entry.iri
        before = standing.get(target)
        if target == heading.iri or candidate.verdict == "no":
            continue
        if (before and before.person) or scheme(target) in named:
            tally.kept += 1
        elif candidate.verdict == "same" and not decisions.refused(heading.iri, target):
            linked.add(target)
            tally.stood += before is not None
            tally.linked += before is None
            if before is None:
                decisions.enter(_link(heading, candidate))
        else:
            tally.waiting += 1
            _wait(decisions, heading, candidate)
    looked = schemes | {scheme(candidate.entry.iri) for candidate in candidates}
    for target, before in standing.items():
        if not before.person and target not in linked and scheme(target) in looked:
            decisions.withdraw(before, "not found again")
            tally.withdrawn += 1
    decisions.reopen(heading.iri)


def _link(heading: Heading, candidate: Candidate) -> Decision:
    why = candidate.matched + (f" ({candidate.part})" if candidate.part else "")
    return Decision(
        heading.iri, candidate.entry.iri, "same", MACHINE, why=why, evidence=candidate.features,
        score=candidate.score, kind=heading.kind, label=heading.text, target_label=candidate.entry.label,
        person=False,
    )  # fmt: skip


def _wait(decisions: Decisions, heading: Heading, candidate: Candidate) -> None:
    entry, features = candidate.entry, json.dumps(dict(candidate.features))
    row = (
        heading.iri, entry.iri, scheme(entry.iri), heading.kind, candidate.score, heading.packed(), entry.packed(),
        features, candidate.matched, candidate.part, 1,
    )  # fmt: skip
    decisions.connection.execute(f"INSERT OR REPLACE INTO waiting VALUES ({', '.join('?' * len(row))})", row)


def waiting(
    decisions: Decisions, kind: str = "", skip: int = 0, limit: int = 1, least: float = 0.0
) -> list[Waiting]:
    """The next entities of the queue, those with the likeliest candidates first; only those that have a candidate
    whose chance is at least ``least``."""
    query = """SELECT entity FROM waiting WHERE open = 1 AND (?1 = '' OR kind = ?1) AND score >= ?2
        ORDER BY score DESC, entity DESC"""
    rows = decisions.connection.execute(query, (kind, least))
    seen: dict[str, None] = {}
    while len(seen) < skip + limit and (row := rows.fetchone()):
        seen[row[0]] = None
    return [found for entity in list(seen)[skip:] if (found := waiting_of(decisions, entity))]


def waiting_of(decisions: Decisions, entity: str) -> Waiting | None:
    """One entity of the queue, None when none of its candidates waits."""
    query = """SELECT heading, entry, score, features, matched, part FROM waiting WHERE entity = ? AND open
        ORDER BY score DESC, target"""
    rows = decisions.connection.execute(query, (entity,)).fetchall()
    return Waiting(Heading.unpacked(rows[0][0]), [_candidate(row) for row in rows]) if rows else None


def forget(decisions: Decisions, entity: str) -> None:
    """Take an entity that is no more out of the queue; what was decided about it stays."""
    with decisions.together():
        decisions.connection.execute("DELETE FROM waiting WHERE entity = ?", (entity,))


def everything_waiting(decisions: Decisions, kind: str = "", least: float = 0.0) -> Iterator[Waiting]:
    """The whole queue, entity by entity, those with the likeliest candidates first; ``least`` as in ``waiting``."""
    query = """SELECT entity FROM waiting WHERE open = 1 AND (?1 = '' OR kind = ?1) GROUP BY entity
        HAVING max(score) >= ?2 ORDER BY max(score) DESC, entity"""
    for (entity,) in decisions.connection.execute(query, (kind, least)).fetchall():
        found = waiting_of(decisions, entity)
        if found:
            yield found


def informed(decisions: Decisions, made: Decision) -> Decision:
    """A decision with what is known of its pair where it does not say it itself: names, kind, score, evidence."""
    query = """SELECT heading, entry, score, features, matched, part FROM waiting WHERE entity = ? AND target = ?"""
    row = decisions.connection.execute(query, (made.entity, made.target)).fetchone()
    if row is None:
        before = decisions.standing(made.entity, made.target)
        known = (before.label, before.target_label, before.kind, before.score, before.evidence) if before else None
    else:
        heading, candidate = Heading.unpacked(row[0]), _candidate(row)
        known = (heading.text, candidate.entry.label, heading.kind, candidate.score, candidate.features)
    if known is None:
        return made
    label, target_label, kind, score, evidence = known
    return replace(
        made, label=made.label or label, target_label=made.target_label or target_label, kind=made.kind or kind,
        score=score, evidence=evidence,
    )  # fmt: skip


def kinds_waiting(decisions: Decisions, least: float = 0.0) -> dict[str, int]:
    """How many entities of each kind wait; ``least`` as in ``waiting``."""
    query = """SELECT kind, count(DISTINCT entity) FROM waiting WHERE open = 1 AND score >= ?
        GROUP BY kind ORDER BY kind"""
    return dict(decisions.connection.execute(query, (least,)).fetchall())


def _candidate(row: tuple[Any, ...]) -> Candidate:
    _, entry, score, features, matched, part = row
    return Candidate(Entry.unpacked(entry), score, "maybe", json.loads(features), matched, part)
