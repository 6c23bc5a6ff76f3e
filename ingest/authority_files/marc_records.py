"""MARC 21 authority records as entries: headings (1XX), variants (4XX), broader ones (5XX), dates, numbers.

What such a record says as statements of the graph is another matter (ingest.authority).
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pymarc import Field, Record

from graph.authority_numbers import link
from graph.matching.entry import Entry
from ingest.authority_files.tongues import tagged
from ingest.convert.values import end_stop
from ingest.problems import Problem
from ingest.readers import read as records
from ingest.record import LostRecord

KINDS = {"00": "person", "10": "organization", "11": "meeting", "30": "work", "47": "meeting", "48": "topic"}
KINDS |= {"50": "topic", "51": "place", "55": "genre", "62": "work", "80": "topic", "85": "genre"}
"""Last two digits of the heading's tag → kind."""
WORDED = ("topic", "genre", "place")
"""Kinds whose headings are in the language of the agency."""
DIVISIONS = "vxyz"
WITHDRAWN = "dosx"
"""Status (leader/05) of headings that are deleted, obsolete, split or replaced: nothing is to be linked to them."""
_DATES = re.compile(r"(\d{4})")


def read(path: Path, kind: str) -> Iterator[Entry | Problem]:
    """The entries of a file of authority records; a record without heading or number is a problem."""
    for found in records(path):
        if isinstance(found, LostRecord):
            yield found.problem
        elif found.record.leader[5] not in WITHDRAWN:
            yield _entry(found.record, kind) or _unusable(found.record, path)


def _unusable(record: Record, path: Path) -> Problem:
    number = record["001"].data if "001" in record else None
    message = "This record has no heading (1XX), or no number by which it could be linked (001, 010, 024, 035)."
    return Problem("no-label", message, "The other records are taken.", file=str(path), control_number=number)


def _entry(record: Record, kind: str) -> Entry | None:
    heading = next((field for field in record.fields if field.tag[0] == "1" and field.tag[1:] in KINDS), None)
    numbers = list(dict.fromkeys(_numbers(record)))
    if heading is None or not numbers or not (label := text_of(heading)):
        return None
    titled = heading.tag[1:] in ("00", "10", "11") and heading.get("t")
    return Entry(
        numbers[0],
        label,
        "work" if titled else KINDS.get(heading.tag[1:], kind),
        tuple(dict.fromkeys(text for field in _of(record, "4") if (text := text_of(field)))),
        _life(record) or (heading.get("d") or "").strip(" ,."),
        tuple(_titles(record)),
        languages=tuple(_subfields(record, "377", "a")),
        roles=tuple(_subfields(record, "374", "a")),
        identifiers=tuple(numbers[1:]),
        broader=tuple(text_of(field) for field in _of(record, "5") if (field.get("w") or "")[:1] == "g"),
        place=next(iter(_subfields(record, "370", "aef")), ""),
        description=next(iter(_subfields(record, "678", "a")), ""),
        tagged=tuple(_tags(record, heading)),
    )


def text_of(field: Field) -> str:
    """The heading as one text, its subdivisions after two hyphens."""
    main, divisions = [], []
    for code, value in field.subfields:
        if code in DIVISIONS and field.tag[1:] != "80":
            divisions.append(value.strip(" .,;"))
        elif code.isalpha() and code not in "wie":
            main.append(value.strip())
    return "--".join([end_stop(" ".join(main).strip(" ,;:")), *divisions]).strip("-")


def _tags(record: Record, heading: Field) -> Iterator[str]:
    """The names whose language the record says, each after its tag.

    The German National Library states it with the name ($9 L:). 040 $b is the language of the cataloguing agency,
    in which it words its subjects, genres and places; names of people and bodies it takes as they are.
    """
    agency = next(iter(_subfields(record, "040", "b")), "") if KINDS[heading.tag[1:]] in WORDED else ""
    for field in (heading, *_of(record, "4")):
        said = [one[2:] for one in field.get_subfields("9") if one.startswith("L:")]
        yield from tagged(text_of(field), said[0] if said else agency if field is heading else "")


def _of(record: Record, first: str) -> Iterable[Field]:
    return (field for field in record.fields if field.tag[0] == first and field.tag[1:] in KINDS)


def _subfields(record: Record, tag: str, codes: str) -> list[str]:
    return [value for field in record.get_fields(tag) for value in field.get_subfields(*codes)]


def _numbers(record: Record) -> Iterator[str]:
    """The IRIs of the entity, its own file's first."""
    for field in record.get_fields("010"):
        yield from _linked(field.get_subfields("a"), "lcsh")
    agency = record["003"].data if "003" in record else ""
    if "001" in record and agency:
        yield from _linked([f"({agency}){record['001'].data}"], "")
    for field in record.get_fields("035"):
        yield from _linked(field.get_subfields("a"), "")
    for field in record.get_fields("024"):
        yield from _linked(field.get_subfields("1", "0", "a"), field.get("2") or "")


def _linked(values: Iterable[str], scheme: str) -> Iterator[str]:
    for value in values:
        if found := link(value, scheme):
            yield found.iri
        elif value.startswith(("http://", "https://")):
            yield value.strip()


def _life(record: Record) -> str:
    """The years of 046: birth and death, or begin and end."""
    years = [
        found[1]
        for field in record.get_fields("046")
        for codes in ("fs", "gt")
        for value in field.get_subfields(*codes)[:1]
        if (found := _DATES.match(value))
    ]
    return "-".join(years[:2]) + "-" * (len(years) == 1) if years else ""


def _titles(record: Record) -> Iterator[str]:
    """The title of the work for which the heading was made (the first 670), up to the sign that it is over.

    Later 670s cite reference works, which tell nothing about the entity's own works.
    """
    for value in _subfields(record, "670", "a")[:1]:
        title = re.split(r"[,:;(]|\s--\s|\bt\.p\.", value.removeprefix("His ").removeprefix("Her "), maxsplit=1)[0]
        if len(title.strip()) > 8 and not title.startswith("Work cat"):
            yield title.strip()
