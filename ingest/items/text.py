"""Values of items as N-Triples text: escaped literals, dates, addresses."""

import re
import unicodedata
from datetime import date
from urllib.parse import quote, urlsplit

_CONTROL = dict.fromkeys((*range(32), *range(127, 160)), " ") | dict.fromkeys(range(55296, 57344), "�")
_ESCAPES = str.maketrans({**{chr(k): v for k, v in _CONTROL.items()}, '"': '\\"', "\\": "\\\\"})
_NEEDS = re.compile(r'["\\\x00-\x1f\x7f-\x9f\ud800-\udfff]').search
_DATES = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$"), (1, 2, 3)),
    (re.compile(r"(\d{4})(\d{2})(\d{2})$"), (1, 2, 3)),
)
_LOCAL = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")


def literal(value: str) -> str:
    """A plain N-Triples literal: NFC, control characters as blanks, quotes and backslashes escaped."""
    if value.isascii():
        if value.isprintable() and '"' not in value and "\\" not in value:  # nearly all, and told in no time
            return f'"{value}"'
    else:
        value = unicodedata.normalize("NFC", value)
    return f'"{value.translate(_ESCAPES) if _NEEDS(value) else value}"'


def iso_date(value: str, month_first: bool = False) -> str:
    """``2016-03-10`` from ``2016-03-10 00:00:00``, ``20160310``, ``10-03-2016``; empty when it is no real date.

    ``month_first`` reads ``3/10/2016`` the American way, as Sirsi prints it.
    """
    value = value.strip()
    for pattern, order in _DATES:
        if found := pattern.match(value):
            return _real(*(found[group] for group in order))
    if found := _LOCAL.match(value):
        first, second = (found[2], found[1]) if not month_first else (found[1], found[2])
        return _real(found[3], first, second)
    return ""


def _real(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def address(value: str) -> str:
    """A web address fit to stand as an IRI, unsafe characters percent-encoded; empty when it is none."""
    value = value.strip()
    try:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https", "ftp"} or not parts.hostname:
            return ""
    except ValueError:
        return ""
    return quote(value, safe="%:/?#[]@!$&'()*+,;=-._~") if value.isascii() else ""
