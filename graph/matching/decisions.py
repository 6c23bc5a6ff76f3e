"""Decisions: what people and the machine decided about pairs of entities, kept in one file that nothing rebuilds.

``decisions.sqlite`` lies beside the archive and is the only place where a decision lives; releases are made from
it. Every act is a row that stays: a decision, the undoing of one, the machine's taking back its own. What stands
for a pair is its last act that was not undone. An act is on disk when the call that makes it returns.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.data_directory import there
from graph.errors import InputError, NotFound, StoreError
from graph.transaction import transaction

FILE = "decisions.sqlite"
VERDICTS = ("same", "different", "unsure", "split")
MACHINE = "machine"
SCHEMA = """
CREATE TABLE IF NOT EXISTS act (
    number INTEGER PRIMARY KEY, entity TEXT NOT NULL, target TEXT NOT NULL, verdict TEXT NOT NULL,
    by TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL, score REAL, evidence TEXT NOT NULL, kind TEXT NOT NULL,
    label TEXT NOT NULL, target_label TEXT NOT NULL, parts TEXT NOT NULL, person INTEGER NOT NULL, undoes INTEGER
);
CREATE INDEX IF NOT EXISTS act_pair ON act (entity, target);
CREATE INDEX IF NOT EXISTS act_undoes ON act (undoes) WHERE undoes IS NOT NULL;
CREATE TABLE IF NOT EXISTS standing (
    entity TEXT NOT NULL, target TEXT NOT NULL, act INTEGER NOT NULL, verdict TEXT NOT NULL,
    person INTEGER NOT NULL, scheme TEXT NOT NULL, PRIMARY KEY (entity, target)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS standing_act ON standing (act);
CREATE INDEX IF NOT EXISTS standing_target ON standing (target);
CREATE TABLE IF NOT EXISTS waiting (
    entity TEXT NOT NULL, target TEXT NOT NULL, scheme TEXT NOT NULL, kind TEXT NOT NULL, score REAL NOT NULL,
    heading TEXT NOT NULL, entry TEXT NOT NULL, features TEXT NOT NULL, matched TEXT NOT NULL, part TEXT,
    open INTEGER NOT NULL, PRIMARY KEY (entity, target)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS waiting_open ON waiting (open, score);
CREATE INDEX IF NOT EXISTS waiting_counted ON waiting (open, kind, entity, score);
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """One act about a pair.

    ``entity`` is an IRI of ours, ``target`` one of an authority file or another of ours (then the target stays
    and the entity gives way to it). ``verdict`` is one of VERDICTS, or in the history ``undone``. ``evidence``
    holds the features behind ``score``; ``parts`` the works or instances that a split gives to the target.
    ``person`` tells people's decisions from the machine's; ``at`` is ISO 8601 in UTC.
    """

    entity: str
    target: str
    verdict: str
    by: str
    at: str = ""
    why: str = ""
    evidence: Mapping[str, float] = field(default_factory=dict)
    score: float | None = None
    kind: str = ""
    label: str = ""
    target_label: str = ""
    parts: tuple[str, ...] = ()
    person: bool = True
    number: int = 0
    undoes: int | None = None


_NAMES = tuple(one.name for one in fields(Decision) if one.name != "number")
_COLUMNS = ", ".join(f"act.{name}" for name in ("number", *_NAMES))


def scheme(iri: str) -> str:
    """The list an IRI is from: all but its last step."""
    return re.sub(r"[^/#=:]*$", "", iri)


class Decisions:
    """The decisions of a data directory. One object serves one thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    @classmethod
    def open(cls, data: Path, *, write: bool = False) -> "Decisions":
        """The decisions of a data directory; made when absent and opened for writing. Raises StoreError, and
        NotFound when there are none to read."""
        file = there(data) / FILE
        if not write and not file.is_file():
            raise NotFound(f"Nothing has been decided yet in {data}.", "`jejaring match` fills the queue.")
        try:
            connection = sqlite3.connect(file, timeout=30, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA synchronous = FULL")
            if write:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(SCHEMA)
        except sqlite3.Error as error:
            raise StoreError(f"The decisions in {file} cannot be opened: {error}.") from error
        return cls(connection)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def together(self) -> AbstractContextManager[None]:
        """What is done inside is on disk as a whole when the block ends, or not at all. Raises StoreError."""
        return transaction(self.connection, "The decisions cannot be written")

    def record(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Decide, all or nothing. Returns the decisions with number and time. Raises InputError."""
        with self.together():
            return [self.enter(decision) for decision in decisions]

    def enter(self, decision: Decision) -> Decision:
        """Decide within ``together``."""
        check(decision)
        entered = self._append(decision)
        self.settle(entered)
        return entered

    def undo(self, number: int, by: str, why: str = "") -> Decision:
        """Take the decision back that stands for a pair; what stood before stands again. Raises NotFound when
        there is no such decision, InputError when it does not stand (any more)."""
        with self.together():
            undone = self.by_number(number)
            standing = self.standing(undone.entity, undone.target)
            if standing is None or standing.number != number:
                now = (
                    f"Decision {standing.number} does." if standing else "Nothing has been decided about the pair."
                )
                raise InputError(f"Decision {number} does not stand (any more).", now)
            made = replace(undone, verdict="undone", by=by, at="", why=why, person=True, number=0, undoes=number)
            entered = self._append(made)
            self.settle(entered)
        return entered

    def withdraw(self, decision: Decision, why: str) -> None:
        """Within ``together``: the machine takes its own decision back."""
        made = replace(decision, verdict="undone", at="", why=why, person=False, number=0, undoes=decision.number)
        self.settle(self._append(made))

    def standing(self, entity: str, target: str) -> Decision | None:
        """The decision that stands for a pair, in whatever order it was decided."""
        query = f"""SELECT {_COLUMNS} FROM act WHERE entity IN (?1, ?2) AND target IN (?1, ?2)
            AND verdict <> 'undone' AND NOT EXISTS (SELECT 1 FROM act later WHERE later.undoes = act.number)
            ORDER BY number DESC LIMIT 1"""
        row = self.connection.execute(query, (entity, target)).fetchone()
        return _decision(row) if row else None

    def refused(self, entity: str, target: str) -> bool:
        """Whether a person once took back what the machine had decided about a pair."""
        query = """SELECT 1 FROM act JOIN act made ON made.number = act.undoes WHERE act.entity IN (?1, ?2)
            AND act.target IN (?1, ?2) AND act.person AND NOT made.person"""
        return self.connection.execute(query, (entity, target)).fetchone() is not None

    def of(self, entity: str) -> list[Decision]:
        """The decisions that stand about one of our entities, on either side."""
        return list(self._standing("s.entity = ?1 OR s.target = ?1", entity))

    def current(self) -> Iterator[Decision]:
        """Every decision that stands, in the order in which they were made."""
        return self._standing("1")

    def _standing(self, condition: str, *given: str) -> Iterator[Decision]:
        query = f"SELECT {_COLUMNS} FROM standing s JOIN act ON number = act WHERE {condition} ORDER BY number"
        return map(_decision, self.connection.execute(query, given))

    def history(self, *, by: str = "", entity: str = "", limit: int = 100, before: int = 0) -> list[Decision]:
        """The last acts, the newest first; by one person, about one entity, older than act ``before``."""
        query = f"""SELECT {_COLUMNS} FROM act WHERE (?1 = '' OR by = ?1)
            AND (?2 = '' OR entity = ?2 OR target = ?2) AND (?3 = 0 OR number < ?3) ORDER BY number DESC LIMIT ?4"""
        return [_decision(row) for row in self.connection.execute(query, (by, entity, before, limit))]

    def by_number(self, number: int) -> Decision:
        """One act. Raises NotFound."""
        row = self.connection.execute(f"SELECT {_COLUMNS} FROM act WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise NotFound(f"There is no decision {number}.")
        return _decision(row)

    @property
    def last(self) -> int:
        """The number of the newest act; 0 when there is none."""
        return int(self.connection.execute("SELECT coalesce(max(number), 0) FROM act").fetchone()[0])

    def counts(self) -> dict[str, int]:
        """How many decisions stand by verdict, ``people`` among them, and how many pairs are ``waiting``."""
        rows = self.connection.execute("SELECT verdict, count(*) FROM standing GROUP BY verdict")
        people = self.connection.execute("SELECT count(*) FROM standing WHERE person").fetchone()[0]
        waiting = self.connection.execute("SELECT count(*) FROM waiting WHERE open = 1").fetchone()[0]
        return {**dict(rows), "people": people, "waiting": waiting}

    def _append(self, decision: Decision) -> Decision:
        at = decision.at or datetime.now(UTC).isoformat(timespec="seconds")
        written = {"evidence": json.dumps(dict(decision.evidence)), "parts": json.dumps(decision.parts), "at": at}
        values = [written.get(name, getattr(decision, name)) for name in _NAMES]
        insert = f"INSERT INTO act ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(values))})"
        made = self.connection.execute(insert, values)
        return replace(decision, at=at, number=int(made.lastrowid or 0))

    def settle(self, act: Decision) -> None:
        """After an act: note what stands for its pair, and which candidates of its entity still wait."""
        pairs = ((act.entity, act.target), (act.target, act.entity))
        self.connection.executemany("DELETE FROM standing WHERE entity = ? AND target = ?", pairs)
        now = self.standing(act.entity, act.target)
        if now is not None:
            row = (now.entity, now.target, now.number, now.verdict, now.person, scheme(now.target))
            self.connection.execute("INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?)", row)
        for entity in (act.entity, act.target):
            self.reopen(entity)

    def reopen(self, entity: str) -> None:
        """Note which candidates of an entity wait: those about which nothing stands, unless the same list has
        the right one already."""
        self.connection.execute(
            """UPDATE waiting SET open = NOT EXISTS (SELECT 1 FROM standing s WHERE
                (s.entity = waiting.entity AND s.target = waiting.target)
                OR (s.entity = waiting.target AND s.target = waiting.entity)
                OR (s.entity = waiting.entity AND s.verdict = 'same' AND s.scheme = waiting.scheme
                    AND s.scheme <> ?2))
            WHERE entity = ?1""",
            (entity, scheme(entity)),
        )


def check(decision: Decision) -> None:
    """Raises InputError for a decision that cannot be made."""
    for iri in (decision.entity, decision.target, *decision.parts):
        if not re.fullmatch(r'(https?|urn):[^\s<>"{}|\\^`\x00-\x20]+', iri):
            raise InputError(f"{iri!r} is no absolute IRI.")
    if decision.entity == decision.target:
        raise InputError("An entity cannot be compared with itself.", "Name two.")
    if decision.verdict not in VERDICTS:
        raise InputError(f"{decision.verdict!r} is no verdict.", f"There are: {', '.join(VERDICTS)}.")
    if (decision.verdict == "split") != bool(decision.parts):
        raise InputError("A split names the parts that go.", "Other decisions name none.")
    if not decision.by:
        raise InputError("A decision needs somebody who made it.")


def _decision(row: Iterable[Any]) -> Decision:
    read = dict(zip(("number", *_NAMES), row, strict=True))
    read |= {"evidence": json.loads(read["evidence"]), "parts": tuple(json.loads(read["parts"]))}
    return Decision(**{**read, "person": bool(read["person"])})
