"""Coverage: which subfields were seen in a load, and whether rules map them, pass them over with a reason, or
say nothing about them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pymarc import Record

SHOWN = 3
"""Example records kept for each subfield that no rule mentions."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the rules say about each field and subfield, by tag and code (``245a``; ``001`` for control fields)."""

    mapped: frozenset[str]
    ignored: Mapping[str, str]

    def of(self, name: str) -> tuple[str, str]:
        """``mapped``, ``ignored`` or ``not covered``, and the reason where there is one."""
        if name in self.mapped:
            return "mapped", ""
        reason = self.ignored.get(name) or self.ignored.get(name[:3])
        return ("ignored", reason) if reason else ("not covered", "")


NO_RULINGS = Rulings(frozenset(), {})


@cache
def rulings() -> Rulings:
    """The rulings of the project's rules."""
    from ontology.rules import load_rules  # reading rules takes a while, and converting processes need none

    mapped: set[str] = set()
    ignored: dict[str, str] = {}
    for rule in load_rules():
        for tag in rule.tags:
            mapped.update(tag + code for code in rule.codes())
            if tag < "010" or rule.positions:
                mapped.add(tag)
            ignored |= {tag + code: reason for code, reason in rule.ignore.items()}
    return Rulings(frozenset(mapped), {name: why for name, why in ignored.items() if name not in mapped})


@dataclass
class Census:
    """How often each subfield was seen, and where first those that no rule mentions."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, record: Record, name: str, known: Rulings) -> None:
        """Count the fields of a record; ``name`` is its control number."""
        seen = [part for line in record.fields for part in _names(line)]
        self.counts.update(seen)
        for part in {*seen} - known.mapped - known.ignored.keys():
            if len(self.examples[part]) < SHOWN:
                self.examples[part].append(name)

    def merge(self, other: "Census") -> None:
        """Add what was counted elsewhere."""
        self.counts.update(other.counts)
        for part, names in other.examples.items():
            self.examples[part] = (self.examples[part] + names)[:SHOWN]

    def as_json(self, known: Rulings) -> list[dict[str, Any]]:
        """One row per field and subfield seen, for the report."""
        return [self._row(name, known) for name in sorted(self.counts)]

    def _row(self, name: str, known: Rulings) -> dict[str, Any]:
        ruling, reason = known.of(name)
        row: dict[str, Any] = {"tag": name[:3], "code": name[3:], "seen": self.counts[name], "ruling": ruling}
        if reason:
            row["reason"] = reason
        if ruling == "not covered":
            row["examples"] = self.examples[name]
        return row


def _names(line: Any) -> Iterable[str]:
    """``245a`` and so on; an 880 counts as the field it stands for, whose rules convert it."""
    if line.control_field:
        return (line.tag,)
    stands_for = (line.get("6") or "")[:3] if line.tag == "880" else ""
    tag = stands_for if stands_for.isdigit() else line.tag
    return [tag + subfield.code for subfield in line.subfields]


def sums(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many values were mapped, ignored and not covered."""
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row["ruling"]] += row["seen"]
    return dict(totals)
