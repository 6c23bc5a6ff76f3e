"""Which work a record is of: the identity key, with guards against merging what only looks alike.

The rules and their reasons: docs/identity.md.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pymarc import Field, Record

import ontology
from ingest.convert.headings import NAMES, normal

KINDS = {"a": "text", "t": "text", "c": "score", "d": "score", "e": "map", "f": "map", "g": "film"}
KINDS |= {"i": "spoken", "j": "music", "k": "image", "m": "computer", "o": "kit", "p": "mixed", "r": "object"}
READABLE = frozenset(("text", "spoken"))
UNIFORM = frozenset("anpkmor")
SHORTEST = 4
"""A title of fewer letters names no work without an agent."""
PUBLISHER = frozenset(("publisher", "penerbit"))
FOLDER = Path(ontology.__file__).parent
_YEAR = re.compile(r"\b1[4-9]\d\d\b|\b20\d\d\b")


@cache
def generic_titles() -> frozenset[str]:
    """Normalised titles that name no work by themselves."""
    return frozenset(yaml.safe_load((FOLDER / "generic-titles.yaml").read_text("utf-8"))["generic"])


@cache
def title_words() -> dict[str, dict[str, Any]]:
    """Small words of titles by language (``ontology/title-words.yaml``)."""
    found: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "title-words.yaml").read_text("utf-8"))
    return found


def work_key(record: Record, leader: str, language: str, instance: str) -> tuple[str, ...]:
    """The identity key of the record's work: agent, title, kind of content, language.

    Where no 1XX names an agent, what is read goes by its first added name: one cataloguer enters a dictionary
    under its compiler, the next under its title, and simple systems have no title entry at all. Ends in the
    instance's own name, so that it merges with nothing, where the title does not tell, or where neither somebody
    nor a publisher with a year is named.
    """
    kind, entered = KINDS.get(leader[6:7], "other"), _agent(record)
    agent = entered or (_added_name(record) if kind in READABLE else "")
    language = language or _told_language(record) or "und"
    words = set(agent.split())
    titles = [title for title in _titles(record, language) if set(title.split()) != words]
    title = next((title for title in titles if not _generic(title)), titles[0] if titles else "")
    if kind == "spoken" and record.get("100") is not None:
        kind = "text"  # a person's text read aloud is that text
    if leader[7:8] in ("b", "i", "s") and not (leader[7:8] == "b" and entered):
        kind += "-serial"
    key = [agent, title, kind, language]
    if not title or title in generic_titles() or (title.isdigit() and not agent):
        key.append(instance)
    elif not agent:
        serial = kind.endswith("-serial")
        key.append(
            (not serial and _responsibility(record)) or _published(record, serial) or _responsibility(record)
        )
        if not key[-1] or len(title) < SHORTEST:
            key.append(instance)
    return tuple(key)


def _generic(title: str) -> bool:
    return title in generic_titles() or title.isdigit()


def _told_language(record: Record) -> str:
    """The language of a record that states none: whose small words its title and statement use, if one's."""
    field = record.get("245")
    if field is None:
        return ""
    said = set(normal(" ".join(s.value for s in field.subfields if s.code in "abc" and s.value)).split())
    found = [name for name, words in title_words().items() if said.intersection(words["tells"])]
    return found[0] if len(found) == 1 else ""


def _agent(record: Record) -> str:
    """The name in 1XX, as a key."""
    return next((_name(field) for field in record.get_fields("100", "110", "111")), "")


def _name(field: Field) -> str:
    """A name without dates, roles and fuller forms: dates are often missing in older records."""
    wanted = "ab" if field.tag.endswith("00") else NAMES[field.tag[1:]]
    return normal(" ".join([s.value for s in field.subfields if s.code in wanted and s.value]))


def _titles(record: Record, language: str) -> list[str]:
    """The preferred title (130, 240, else 245), and after a uniform title the one of 245: with its other titles
    where the uniform one is generic, because then it is a collection that often begins with one of its parts.
    A selection (*Novels. Selections*) is as generic as the whole."""
    found, codes = [], "anp"
    for tag in ("130", "240"):
        field = record.get(tag)
        if field is not None:
            main = _joined([s.value for s in field.subfields if s.code == "a"], language)
            whole = _joined([s.value for s in field.subfields if s.code in UNIFORM], language)
            found.append(main if _generic(main) and _selects(field) else whole)
            codes = "anbp" if _generic(main) else codes
            break
    field = record.get("245")
    if field is not None:
        skip = int(field.indicator2) if (field.indicator2 or "").isdecimal() else 0
        found.append(_joined([s.value for s in field.subfields if s.code in codes], language, skip))
    return [text for text in found if text]


def _selects(field: Field) -> bool:
    return any(s.code == "k" and normal(s.value or "") == "selections" for s in field.subfields)


def _joined(values: Iterable[str], language: str, skip: int = 0) -> str:
    """A title for comparison: without the article it begins with, and without its *and*."""
    text = " ".join([value for value in values if value])
    small = title_words().get(language, {})
    words = normal(text[skip:]).split()
    if len(words) > 1 and words[0] in small.get("articles", ()):
        del words[0]
    return " ".join([word for word in words if word != small.get("and")])


def _responsibility(record: Record) -> str:
    """Who is responsible where no name stands for it: the statement of 245, since many have a hand in a film and
    the like, else the first added name."""
    field = record.get("245")
    stated = normal(" ".join(s.value for s in field.subfields if s.code == "c")) if field is not None else ""
    return stated or _added_name(record)


def _published(record: Record, serial: bool) -> str:
    """Publisher and year of a record that names nobody, since two libraries' records of one edition agree in them;
    of a serial the publisher: one record tells of its first year, another of the year its run begins."""
    for field in record.get_fields("264", "260"):
        publisher = normal(" ".join(s.value for s in field.subfields if s.code == "b" and s.value))
        year = _YEAR.search(" ".join(s.value for s in field.subfields if s.code == "c" and s.value))
        if publisher and serial:
            return publisher
        if publisher and year:
            return f"{publisher} {year[0]}"
    return ""


def _added_name(record: Record) -> str:
    """The first name in 700, 710 or 711 that is no part of another work's heading and not the publisher."""
    found = (field for tag in ("700", "710", "711") for field in record.get_fields(tag))
    return next((_name(field) for field in found if "t" not in field and not _publishes(field)), "")


def _publishes(field: Field) -> bool:
    return "pbl" in field.get_subfields("4") or any(normal(role) in PUBLISHER for role in field.get_subfields("e"))
