"""Captions and patterns (853-855) with enumeration and chronology (863-865), put into words."""

import re
from collections.abc import Mapping, Sequence

from pymarc import Field

ENUMERATION = "abcdefgh"
CHRONOLOGY = "ijklm"
_MONTHS = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
_SEASONS = {"21": "Spring", "22": "Summer", "23": "Autumn", "24": "Winter"}
_BRACKETED = re.compile(r"^\((.*)\)$")
_MATCHING = {"853": "863", "854": "864", "855": "865"}
Captions = Mapping[tuple[str, str], Mapping[str, str]]


def captions(fields: Sequence[Field]) -> Captions:
    """The captions of 853-855 by the tag of the matching 86X field and link number (``("863", "1")``)."""
    found: dict[tuple[str, str], Mapping[str, str]] = {}
    for field in fields:
        link = (field.get("8") or "").partition(".")[0].strip()
        found[(_MATCHING[field.tag], link)] = {s.code: s.value.strip() for s in field.subfields}
    return found


def in_words(field: Field, known: Captions) -> str:
    """``v. 33, no. 1 (2016 Jan. 15)`` of a field 863-865; without a pattern the values stand alone.

    Captions in parentheses (``(year)``, ``(month)``) are not displayed, as MARC 21 Holdings has it; months and
    seasons are given by name.
    """
    pattern = known.get((field.tag, (field.get("8") or "").partition(".")[0].strip()), {})
    levels = [_level(s.value.strip(), pattern.get(s.code, "")) for s in field.subfields if s.code in ENUMERATION]
    times = [_time(s.value.strip(), pattern.get(s.code, "")) for s in field.subfields if s.code in CHRONOLOGY]
    enumeration = ", ".join(level for level in levels if level)
    chronology = " ".join(time for time in times if time)
    return f"{enumeration} ({chronology})" if enumeration and chronology else enumeration or chronology


def _level(value: str, caption: str) -> str:
    if not value or not caption or caption == "*" or _BRACKETED.match(caption):
        return _time(value, caption)
    return f"{caption} {value}"


def _time(value: str, caption: str) -> str:
    shown = _BRACKETED.match(caption)
    if shown and shown[1] == "month":
        return "/".join(_month(part) for part in value.split("/"))
    if shown and shown[1] == "season":
        return "/".join(_SEASONS.get(part, part) for part in value.split("/"))
    return value


def _month(value: str) -> str:
    return (
        _MONTHS[int(value) - 1]
        if value.isascii() and value.isdigit() and 1 <= int(value) <= 12
        else _SEASONS.get(value, value)
    )
