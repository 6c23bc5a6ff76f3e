"""Decisions: category, access and status of an item, from its local codes or the declared defaults.

Codes nobody has mapped are never guessed at: what they would decide is left open and they are reported.
"""

from functools import cache
from typing import Any, NamedTuple

import yaml
from pymarc import Record

from ingest.code_map import CodeMap, Meaning
from ingest.items.draft import Code
from ingest.items.profiles import CODES

ACCESS = ("access-restricted", "access-library-only", "access-online", "access-loanable")
STATUS = ("status-missing", "status-on-loan", "status-in-process", "status-available")
_VISUAL, _SERIAL, _CHILDREN = "gijkor", "sib", "abcj"
_TEXTUAL = "aceft"


class Decision(NamedTuple):
    """Local names of the network's terms, empty where open, and the codes that nobody has mapped."""

    category: str
    access: str
    status: str
    unmapped: list[tuple[str, str]]


@cache
def defaults() -> dict[str, Any]:
    """The declared defaults (``ontology/holdings-codes/defaults.yaml``)."""
    found: dict[str, Any] = yaml.safe_load((CODES / "defaults.yaml").read_text(encoding="utf-8"))
    return found


def decide(codes: list[Code], category: str, meanings: CodeMap, record: Record) -> Decision:
    """The terms of one item; ``category`` is one stated in the network's own words, or empty.

    Of several codes the first that is no general collection names the category, the most restrictive the
    access, and the one that keeps the item away longest the status.
    """
    said: list[Meaning] = []
    open_terms: set[str] = set()
    unmapped: list[tuple[str, str]] = []
    for column, value, terms in codes:
        meaning = meanings.get(column, value)
        if meaning:
            said.append(meaning)
        elif terms:
            unmapped.append((column, value))
            open_terms.update(terms)
    category = category or _category([m.category for m in said if m.category])
    access = _foremost(ACCESS, [m.access for m in said])
    status = _foremost(STATUS, [m.status for m in said])
    if not category and "category" not in open_terms:
        category = _by_record(record)
    if not access and category and "access" not in open_terms:
        access = defaults()["access"][category]
    if not status and "status" not in open_terms:
        status = defaults()["status"]["otherwise"]
    return Decision(category, access, status, unmapped)


def _category(stated: list[str]) -> str:
    return next((name for name in stated if name != "cat-general"), stated[0] if stated else "")


def _foremost(order: tuple[str, ...], stated: list[str]) -> str:
    return next((name for name in order if name in stated), "")


def _by_record(record: Record) -> str:
    default = defaults()["category"]
    kinds: dict[str, str] = default["kinds"]
    leader = str(record.leader).ljust(24)
    field = record.get("008")
    fixed = (field.data or "").ljust(40) if field else " " * 40
    if leader[7] in _SERIAL:
        return kinds["serial"]
    if leader[6] in _VISUAL:
        return kinds["audiovisual"]
    if leader[6] == "m" or (fixed[29 if leader[6] == "e" else 23] in "os" and leader[6] in _TEXTUAL):
        return kinds["digital"]
    if leader[6] in "acdt" and fixed[22] in _CHILDREN:
        return kinds["children"]
    return str(default["otherwise"])
