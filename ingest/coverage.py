"""Coverage: which subfields were seen in a load, and whether rules map them, pass them over with a reason, or
say nothing about them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pymarc import Record

from ingest.authority.terms import coverage as authority
from ingest.copies import OF_COPIES
from ingest.items.profiles import profile
from ingest.items.recognition import recognised
from ingest.readers.kinds import kind_of

SHOWN = 3
"""Example records kept for each subfield."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the rules say about each field and subfield, by tag and code (``245a``; ``001`` for control fields)."""

    mapped: frozenset[str]
    ignored: Mapping[str, str]

    def of(self, name: str, by: str = "") -> tuple[str, str]:
        """``mapped``, ``kept`` (as text), ``ignored`` or ``not covered``, and the reason where there is one. ``by``
        names who speaks of it instead of the rules for bibs: a profile of items, AUTHORITY, or HOLDINGS (nobody).
        """
        if by:
            said = _told(by, name[:3], name[3:])
            return (said, "") if said in ("mapped", "kept") else ("ignored", said) if said else ("not covered", "")
        if name in self.mapped:
            return "mapped", ""
        reason = self.ignored.get(name) or self.ignored.get(name[:3])
        return ("ignored", reason) if reason else ("not covered", "")


JUDGED = ("001", "003", "005")
"""Control fields without a rule: they name the record and date its change (``ingest.convert.admin``)."""
AUTHORITY, HOLDINGS = "authority", "holdings"
HOLDINGS_CONTROLS = {
    "001": "mapped",
    "004": "mapped",
    "014": "mapped",
    "003": "The system of the record's number, said of the record in the archive.",
    "005": "When the record was changed, said of the record in the archive.",
    "007": "The form of the copies; their bib says it.",
    "008": "Acquisition, retention and lending of the holding as a whole; the codes of its items say them.",
}
"""Of a holdings record beside its item fields: 001, 004 and 014 say which bib it belongs to."""
NO_RULINGS = Rulings(frozenset(), {})


@cache
def rulings() -> Rulings:
    """The rulings of the project's rules."""
    from ontology.rules import load_rules  # reading rules takes a while, and converting processes need none

    mapped: set[str] = {*JUDGED}
    ignored: dict[str, str] = {}
    for rule in load_rules():
        for tag in rule.tags:
            mapped.update(tag + code for code in rule.codes())
            if tag < "010" or rule.positions:
                mapped.add(tag)
            ignored |= {tag + code: reason for code, reason in rule.ignore.items()}
    return Rulings(frozenset(mapped), {name: why for name, why in ignored.items() if name not in mapped})


@cache
def _told(by: str, tag: str, code: str) -> str | None:
    """What authority terms or a profile say of a subfield: ``mapped``, ``kept``, a reason, or nothing."""
    if by == AUTHORITY:
        return authority(tag, code)
    return HOLDINGS_CONTROLS.get(tag) if by == HOLDINGS else profile(by).coverage(tag, code)


Part = tuple[str, str]
"""A subfield (``245a``) and who speaks of it where the rules do not: a profile, AUTHORITY, HOLDINGS or nobody."""


@dataclass
class Census:
    """How often each subfield was seen, and in which records first."""

    counts: Counter[Part] = field(default_factory=Counter)
    examples: defaultdict[Part, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, record: Record, name: str, known: Rulings, chosen: str = "") -> None:
        """Count the fields of a record; ``name`` is its control number, ``chosen`` the profile of its source."""
        speaks = speaker(record, known, chosen)
        seen = [(part, speaks(part)) for line in record.fields for part in _names(line)]
        self.counts.update(seen)
        for part in {*seen}:
            examples = self.examples[part]
            if name and len(examples) < SHOWN and name not in examples:
                examples.append(name)

    def merge(self, other: "Census") -> None:
        """Add what was counted elsewhere."""
        self.counts.update(other.counts)
        for part, names in other.examples.items():
            self.examples[part] = list(dict.fromkeys(self.examples[part] + names))[:SHOWN]

    def as_json(self, known: Rulings) -> list[dict[str, Any]]:
        """One row per field and subfield seen, for the report."""
        return [self._row(name, known) for name in sorted(self.counts)]

    def _row(self, part: Part, known: Rulings) -> dict[str, Any]:
        name, by = part
        ruling, reason = known.of(name, by)
        row: dict[str, Any] = {"tag": name[:3], "code": name[3:], "seen": self.counts[part], "ruling": ruling}
        row |= {key: value for key, value in (("by", by), ("reason", reason)) if value}
        return {**row, "examples": self.examples[part]}


def speaker(record: Record, known: Rulings, chosen: str = "") -> Callable[[str], str]:
    """Tells who speaks of a subfield of this record where the rules for bibs do not."""
    kind = kind_of(record)
    if kind == "authority":
        return lambda part: AUTHORITY
    found = profile(chosen) if chosen else recognised(record)
    if kind == "holdings":
        return lambda part: found.name if part[:3] in found.ruled else "" if part[:3] in OF_COPIES else HOLDINGS
    return lambda part: found.name if part not in known.mapped and part[:3] in found.ruled else ""


def _names(line: Any) -> Iterable[str]:
    """``245a`` and so on; an 880 counts as the field it stands for, whose rules convert it."""
    if line.control_field:
        return (line.tag,)
    stands_for = (line.get("6") or "")[:3] if line.tag == "880" else ""
    tag = stands_for if stands_for.isdigit() else line.tag
    return [tag + subfield.code for subfield in line.subfields]


def sums(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many values were mapped, kept as text, ignored and not covered."""
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row["ruling"]] += row["seen"]
    return dict(totals)
