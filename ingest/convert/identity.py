"""Which work a record is of: the identity key, with guards against merging what only looks alike.

The rules and their reasons: docs/identity.md.
"""

from functools import cache
from pathlib import Path

import yaml
from pymarc import Field, Record

import ontology
from ingest.convert.headings import NAMES, normal

KINDS = {"a": "text", "t": "text", "c": "score", "d": "score", "e": "map", "f": "map", "g": "film"}
KINDS |= {"i": "spoken", "j": "music", "k": "image", "m": "computer", "o": "kit", "p": "mixed", "r": "object"}
UNIFORM = frozenset("anpkmor")
SHORTEST = 4
"""A title of fewer letters names no work without an agent."""


@cache
def generic_titles() -> frozenset[str]:
    """Normalised titles that name no work by themselves."""
    file = Path(ontology.__file__).parent / "generic-titles.yaml"
    return frozenset(yaml.safe_load(file.read_text("utf-8"))["generic"])


def work_key(record: Record, leader: str, language: str, instance: str) -> tuple[str, ...]:
    """The identity key of the record's work: agent, title, kind of content, language.

    Ends in the instance's own name, so that it merges with nothing, where nobody is named and the title does
    not tell, or the record is a serial or a part without an agent.
    """
    agent = _agent(record)
    titles = _titles(record)
    title = titles[0] if titles else ""
    kind = KINDS.get(leader[6:7], "other") + ("-serial" if leader[7:8] in "bis" and leader[7:8] else "")
    key = [agent, title, kind, language or "und"]
    if title in generic_titles() or title.isdigit():
        key.append(" ".join(titles[1:]))
        if not any(titles[1:]) or titles[-1] in generic_titles():
            key.append(instance)
    if not agent:
        key.append(_responsibility(record))
        if not key[-1] or len(title) < SHORTEST:
            key.append(instance)
    if not title:
        key.append(instance)
    return tuple(key)


def _agent(record: Record) -> str:
    """The name in 1XX without dates, roles and fuller forms: dates are often missing in older records."""
    for tag in ("100", "110", "111"):
        field = record.get(tag)
        if field is not None:
            wanted = "ab" if tag == "100" else NAMES[tag[1:]]
            return normal(" ".join([s.value for s in field.subfields if s.code in wanted and s.value]))
    return ""


def _titles(record: Record) -> list[str]:
    """The preferred title (130, 240, else 245), and after a uniform title the one of 245."""
    found = []
    for tag in ("130", "240"):
        field = record.get(tag)
        if field is not None:
            found.append(_joined(field, UNIFORM))
            break
    field = record.get("245")
    if field is not None:
        found.append(_joined(field, frozenset("anp"), int(field.indicator2) if _digit(field) else 0))
    return [text for text in found if text]


def _digit(field: Field) -> bool:
    return bool(field.indicator2) and field.indicator2 in "123456789"


def _joined(field: Field, codes: frozenset[str], skip: int = 0) -> str:
    text = " ".join([s.value for s in field.subfields if s.code in codes and s.value])
    return normal(text[skip:].replace("&", " and "))


def _responsibility(record: Record) -> str:
    """Who is responsible where no 1XX says so: the statement of 245, else the first added names."""
    field = record.get("245")
    stated = normal(" ".join(s.value for s in field.subfields if s.code == "c")) if field is not None else ""
    if stated:
        return stated
    names = (record.get(tag) for tag in ("700", "710", "711"))
    first = next((name for name in names if name is not None), None)
    return normal(" ".join(s.value for s in first.subfields if s.code in "abcdq")) if first is not None else ""
