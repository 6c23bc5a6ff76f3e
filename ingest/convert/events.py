"""Coded dates: when something was captured (033), what time a work is about (045), when it was made (046)."""

import re
from collections.abc import Callable

from pymarc import Field

from ingest.convert.draft import Draft, Subfields
from ingest.convert.edtf import edtf_date, interval
from ingest.convert.vocabulary import call, term
from ontology.rules import Rule
from ontology.terms import PREFIXES, iri

EDTF = f"^^<{PREFIXES['dt']}edtf>"
TEMPORAL, ORIGIN, VALID = iri("bf:temporalCoverage"), iri("bf:originDate"), iri("bf:validDate")
PAIRS = (("k", "l", ORIGIN), ("o", "p", ORIGIN), ("c", "e", ORIGIN), ("m", "n", VALID))
"""First and last date of 046, and what they say."""
_EVENT = re.compile(r"^(\d{4})(\d\d|--)(\d\d|--)", re.ASCII)
_PLAYING = re.compile(r"^(\d\d)(\d\d)(\d\d)$", re.ASCII)
_ERA = re.compile(r"^([a-y])([\d-])")


@term
def event_date(value: str, draft: Draft) -> str:
    """The day of ``yyyymmddhhmm+hhmm`` (033 $a) as EDTF, hyphens being what nobody knows; else the text."""
    match = _EVENT.match(value)
    found = edtf_date("".join(match.groups()) if match else value)
    return f'"{found}"{EDTF}' if found else f'"{value}"'


@term
def event_range(value: str, draft: Draft) -> str:
    """The first and the last of several days (033 with first indicator 2) as an EDTF interval; else the text."""
    days = [event_date(day, draft) for day in (value.split()[0], value.split()[-1])]
    known = all(day.endswith(EDTF) for day in days)
    both = interval(*(day.split('"')[1] for day in days)) if known else ""
    return f'"{both}"{EDTF}' if both else f'"{value}"'


@term
def duration(value: str, draft: Draft) -> str:
    """``hhmmss`` (306 $a) as xsd:duration: ``004410`` → ``PT00H44M10S``; else the text."""
    match = _PLAYING.match(value)
    return f'"PT{match[1]}H{match[2]}M{match[3]}S"^^<{PREFIXES["xsd"]}duration>' if match else f'"{value}"'


def era(code: str) -> tuple[int, int] | None:
    """First and last year of a time period code of 045 $a: ``w6`` → (1860, 1869), ``w-`` → (1800, 1899).

    Letters e to y are the centuries after Christ; those before (a to d) stay text: their spans differ.
    """
    match = _ERA.match(code)
    if match is None or match[1] < "e":
        return None
    first = (ord(match[1]) - ord("e")) * 100
    if match[2] == "-":
        return first, first + 99
    first += int(match[2]) * 10
    return first, first + 9


def coded_period(text: str) -> str:
    """Two time period codes as an EDTF interval: ``w6w6`` → ``186X``, ``w6x2`` → ``186X/192X``; "" if unusable."""
    first, last = era(text[:2]), era(text[2:4] or text[:2])
    if first is None or last is None or last[1] < first[0]:
        return ""
    return _unspecified(first) if first == last else f"{_unspecified(first)}/{_unspecified(last)}"


def _unspecified(span: tuple[int, int]) -> str:
    """A decade or a century in EDTF: ``186X``, ``18XX``."""
    years = f"{span[0]:04d}"
    return years[:2] + "XX" if span[1] - span[0] == 99 else years[:3] + "X"


def formatted_date(text: str) -> str:
    """``d197205`` (045 $b) as EDTF; before Christ (``c0044``) is astronomical: ``-0043``; "" if unusable."""
    era_, digits = text[:1], re.sub(r"\D", "", text[1:])
    if era_ == "c" and len(digits) >= 4:
        return f"-{int(digits[:4]) - 1:04d}" if int(digits[:4]) > 1 else "0000"
    return edtf_date(digits[:8]) if era_ == "d" else ""


@call
def period(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """045: time period codes, formatted dates, and with first indicator 2 the range of two dates."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        dates = [(formatted_date(value), value) for code, value in subs if code == "b"]
        found = [(coded_period(value.lower()), value) for code, value in subs if code == "a"]
        found += [("", value) for code, value in subs if code == "c"]  # older than EDTF has years for
        if field.indicator1 == "2" and len(dates) == 2 and all(date for date, _ in dates):
            found.append((f"{dates[0][0]}/{dates[1][0]}", ""))
        else:
            found += dates
        for date, value in found:
            draft.add(f"{draft.W} {TEMPORAL} " + (f'"{date}"{EDTF} .' if date else f'"{value}" .'))

    return convert


def _before_christ(subs: Subfields, wanted: str) -> str:
    """046 $b or $d, a year before Christ, as an astronomical one: ``0044`` → ``-0043``."""
    return next((formatted_date(f"c{value}") for code, value in subs if code == wanted), "")


@call
def coded_dates(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """046: when the work was made ($k to $l, or $o to $p, or $c to $e) and when it is valid ($m to $n)."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        for first, last, predicate in (
            ("k", "l", ORIGIN),
            ("o", "p", ORIGIN),
            ("c", "e", ORIGIN),
            ("m", "n", VALID),
        ):
            said = {code: value for code, value in subs if code in (first, last)}
            dates = [edtf_date(said.get(code, "")) for code in (first, last)]
            if (first, last) == ("c", "e"):
                dates = [_before_christ(subs, code) or date for code, date in zip("bd", dates, strict=True)]
                said |= {code: value for code, value in subs if code in "bd"}
            both = interval(*dates) if dates[1] else dates[0]
            if both:
                draft.add(f'{draft.W} {predicate} "{both}"{EDTF} .')
            elif said:
                draft.add(f'{draft.W} {predicate} "{"/".join(said.values())}" .')

    return convert
