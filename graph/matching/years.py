"""Dates that go with a name: the years of birth and death, or of activity, out of what cataloguers write."""

import re
from dataclasses import dataclass

_ABOUT = (
    r"(?:\b(?:ca|c|circa|um|approximately|active|fl|flourished|born|died|geb|gest|ne|b|d|lahir|wafat)\b\.?\s*)?"
)
_RANGE = re.compile(
    _ABOUT
    + r"(?<![\d/.])(?P<first>[12]?\d{3})\s?\??(?:\s?(?P<dash>[-–—])\s?"
    + _ABOUT
    + r"(?P<last>[12]?\d{3})?\??)?(?!\d)",
    re.IGNORECASE,
)
_DEATH = re.compile(r"^[-–—]\s?(?:ca\.? ?)?(\d{3,4})|\b(?:d|died|gest|wafat)\b", re.IGNORECASE)
_NO_BIRTH = re.compile(r"\b(?:active|fl|flourished)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Years:
    """Years of birth and death; None where not said. ``about`` when they are approximate or of activity."""

    birth: int | None = None
    death: int | None = None
    about: bool = False

    def __bool__(self) -> bool:
        return self.birth is not None or self.death is not None


NONE = Years()


def split(text: str) -> tuple[str, Years]:
    """A heading without its dates, and the dates.

    >>> split("Toer, Pramoedya Ananta, 1925-2006")
    ('Toer, Pramoedya Ananta, ', Years(birth=1925, death=2006, about=False))
    """
    before, found, after = around(text)
    return f"{before} {after}".rstrip() if found else text, found


def around(text: str) -> tuple[str, Years, str]:
    """What stands before the dates of a heading, the dates, and what follows them (a title of a work)."""
    found = _RANGE.search(text)
    if found is None:
        return text, NONE, ""
    return text[: found.start()], years(found[0]), text[found.end() :]


def years(text: str) -> Years:
    """The years in a text of dates alone: ``1925-2006``, ``b. 1950``, ``-1640``, ``ca. 1600-1650``."""
    found = _RANGE.search(text)
    if found is None:
        return NONE
    first, last = int(found["first"]), int(found["last"]) if found["last"] else None
    about = bool(re.search(r"\bc|\?|um |appro|activ|fl", text, re.IGNORECASE))
    if last is None and _DEATH.search(text):
        return Years(None, first, about)
    return Years(first, last, about)


def agreement(one: Years, other: Years) -> str:
    """How two dates agree: ``both``, ``birth``, ``death``, ``near``, ``conflict``, "" where one is missing."""
    if not one or not other:
        return ""
    births, deaths = _apart(one.birth, other.birth), _apart(one.death, other.death)
    slack = 5 if one.about or other.about else 0
    if max(births or 0, deaths or 0) > max(slack, 2) or (births is None and deaths is None):
        return "conflict" if births is not None or deaths is not None else ""
    if births == 0 and deaths == 0:
        return "both"
    if births and deaths:
        return "near" if slack else "conflict"
    if births or deaths:
        return (
            "near" if slack or births == 0 or deaths == 0 else "conflict" if (births or deaths or 0) > 1 else "near"
        )
    return "birth" if births == 0 else "death"


def _apart(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else abs(one - other)
