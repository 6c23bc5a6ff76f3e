"""The subject group of a work, by the first class number of its record."""

import re
from functools import cache
from pathlib import Path

import ontology
from ingest.convert.draft import Draft
from ontology.terms import iri

GROUP = iri("jp:subjectGroup")
TAGS = ("082", "080", "084", "092", "090")
LONGEST = 8
_CONCEPT = re.compile(r'^jp:(subj-\S+) a skos:Concept .*?skos:notation "([^"]+)"', re.M)


@cache
def groups() -> dict[str, str]:
    """The subject groups of the network ontology by notation."""
    text = (Path(ontology.__file__).parent / "network" / "jejaring.ttl").read_text("utf-8")
    return {notation: iri(f"jp:{name}") for name, notation in _CONCEPT.findall(text)}


def subject_group(draft: Draft) -> None:
    """Give the work the group with the longest notation that its class number begins with (082, 080, 084). Of
    several numbers of one kind those of the national agency (second indicator 0) go first, then the lowest."""
    for tag in TAGS:
        fields = draft.record.get_fields(tag)
        if not fields:
            continue
        numbers = sorted(
            (field.indicator2 != "0", (field.get("a") or "").strip(" []/"))
            for field in fields
            if not field.control_field
        )
        group = next((found for _, number in numbers if (found := _group(number))), "")
        if group:
            draft.add(f"{draft.W} {GROUP} {group} .")
            return


def _group(number: str) -> str:
    if not number[:1].isdigit():
        return ""
    starts = (number[:length] for length in range(min(len(number), LONGEST), 0, -1))
    return next((found for start in starts if (found := groups().get(start))), "")
