"""Links to authorities in a MARC record that cannot be right: told when the record is loaded, not when it links."""

from collections.abc import Iterator
from dataclasses import replace

from pymarc import Field, Record

from graph.authority_numbers import contradictions, link
from ingest.problems import Problem

_TAGS = frozenset(f"{first}{last}" for first in "1678" for last in ("00", "10", "11", "30"))
_TAGS |= {"650", "651", "655"}
_PARTS = frozenset("tvxyz")
"""Subfields whose presence means that several numbers may name several things."""
_LISTS = {"0": "lcsh", "1": "lcshac", "2": "mesh"}
"""Second indicator of a subject → the list it is from; $2 says others."""


def link_problems(record: Record) -> Iterator[Problem]:
    """A problem for each heading with two numbers of one list, and for each number with a wrong check digit."""
    for field in record.fields:
        if field.tag in _TAGS and _is_numbered(field):
            for problem in _of_heading(field):
                yield replace(problem, control_number=record["001"].data if "001" in record else None)


def _is_numbered(field: Field) -> bool:
    codes = [subfield[0] for subfield in field.subfields]
    return "0" in codes or "1" in codes


def _of_heading(field: Field) -> Iterator[Problem]:
    scheme = field.get("2") or (_LISTS.get(field.indicator2, "") if field.tag[0] == "6" else "")
    raw = [value for value in field.get_subfields("0", "1") if value]
    links = [found for value in raw if (found := link(value, scheme))]
    several = any(code in _PARTS for code, _ in field.subfields)
    for wrong in contradictions(links):
        numbers = " and ".join(one.number for one in wrong)
        name = " ".join(field.get_subfields("a", "b"))
        if len(wrong) == 1:
            message = f"The last digit of the {wrong[0].scheme} number {numbers} of {name!r} is wrong."
            yield Problem("link-check-digit", message, "Look the number up and correct it.", place=f"{field.tag}$0")
        elif not several:
            message = f"{name!r} has {len(wrong)} numbers of {wrong[0].scheme}: {numbers}."
            remedy = "Keep the right one; `jejaring authorities check` lists all."
            yield Problem("link-contradiction", message, remedy, place=f"{field.tag}$0")
