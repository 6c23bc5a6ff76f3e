"""Dates of MARC records as valid EDTF (ISO 8601-2), or not at all."""

import re
from functools import lru_cache

_YEAR = re.compile(r"^[0-9uUX#|?-]{4}$")
_UNKNOWN_DIGITS = str.maketrans(dict.fromkeys("uU#|?-", "X"))
_FULL = re.compile(r"^-?\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[?~%]?$")
_UNKNOWN = re.compile(r"^(\d{4})(0[1-9]|1[0-2]|--|uu)(--|uu)[\d+-]*$")
"""A date whose day, or month and day, nobody knows: ``199807--``, ``1998uuuu``."""
_INTERVAL = re.compile(r"^(\d{4}(?:-\d\d)?)[-/](\d{4}(?:-\d\d)?)?$")


@lru_cache(maxsize=4096)
def year(text: str) -> str:
    """Four characters of 008 as an EDTF year: ``19uu`` (``19--``, ``19??``) → ``19XX``; ``9999`` → ``..``; ""
    when unusable."""
    if not _YEAR.match(text):
        return ""
    if text == "9999":
        return ".."
    found = text.translate(_UNKNOWN_DIGITS)
    return "" if found == "XXXX" or re.search(r"X\d", found) else found


def interval(first: str, last: str) -> str:
    """Two EDTF years as an interval; an unknown end stays open. An end before the beginning is no interval
    (ISO 8601-1, 3.1.1.6): then the first year stands alone."""
    if first == "..":
        return ""
    if not first:
        return f"/{last}" if last[:1].isdigit() else ""  # readers of EDTF refuse a year before Christ here
    if last[:1].isdigit() and last.replace("X", "9") < first.replace("X", "0"):
        return first
    return f"{first}/{last}"


def edtf_date(text: str) -> str:
    """A date as people write it in coded fields (``1999``, ``199905``, ``19990531``, ``1999-2001``), or ""."""
    text = text.strip(" .")
    if match := _UNKNOWN.match(text):
        return f"{match[1]}-{match[2].replace('--', 'XX').replace('uu', 'XX')}-XX"
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    elif re.fullmatch(r"\d{6}", text):
        text = f"{text[:4]}-{text[4:]}"
    if _FULL.match(text):
        return text
    match = _INTERVAL.match(text)
    if match and _FULL.match(match[1]) and (not match[2] or (_FULL.match(match[2]) and match[2] >= match[1])):
        return f"{match[1]}/{match[2] or '..'}"
    return ""
