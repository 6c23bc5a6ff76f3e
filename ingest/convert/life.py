"""By what a person's heading is known: the name with the year of birth, since records of one person differ in the
rest (a death not yet recorded, a title, a fuller form of the name). docs/identity.md."""

import re

from ingest.convert.draft import Subfields
from ingest.convert.text import plain

_LIFE = re.compile(r"^\(?(\d{4})\s*-\s*(\d{4})?\W*$").match
_BORN = re.compile(r"^b\.\s*(\d{4})\W*$").match
_DIED = re.compile(r"^(?:d\.|-)\s*(\d{4})\W*$").match
OWN = frozenset("ab")
WITH_TITLE = frozenset("abc")


def known_by(name: Subfields) -> tuple[str, str] | None:
    """The part of a person's name that counts, and the year by which it is told from namesakes (``*1775``, or
    ``†1521`` where only the death is known); None where there is no such year, and the whole heading counts.

    A title (``$c``) does not count where both years are known, unless it stands in parentheses to tell the bearer
    from a namesake (``(Spirit)``).
    """
    dates = " ".join([value for code, value in name if code == "d"]).strip(" ,.")
    if life := _LIFE(dates):
        year, codes = f"*{life[1]}", OWN if life[2] else WITH_TITLE
    elif born := _BORN(dates):
        year, codes = f"*{born[1]}", WITH_TITLE
    elif died := _DIED(dates):
        year, codes = f"†{died[1]}", WITH_TITLE
    else:
        return None
    parts = [value for code, value in name if code in codes or (code == "c" and value.startswith("("))]
    return plain(" ".join(parts)), year
