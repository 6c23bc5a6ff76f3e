"""The subject group of a work, by the first class number of its record."""

import re
from functools import cache
from pathlib import Path

import ontology
from ingest.convert.draft import Draft
from ontology.terms import iri

GROUP = iri("jp:subjectGroup")
_CONCEPT = re.compile(r'^jp:(subj-\S+) a skos:Concept .*?skos:notation "([^"]+)"', re.M)


@cache
def groups() -> dict[str, str]:
    """The subject groups of the network ontology by notation."""
    text = (Path(ontology.__file__).parent / "network" / "jejaring.ttl").read_text("utf-8")
    return {notation: iri(f"jp:{name}") for name, notation in _CONCEPT.findall(text)}


def subject_group(draft: Draft) -> None:
    """Give the work the group with the longest notation that its class number begins with (082, 080, 084)."""
    for tag in ("082", "080", "084", "092", "090"):
        field = draft.record.get(tag)
        number = (field.get("a") or "").strip(" []/") if field is not None and not field.control_field else ""
        if not number[:1].isdigit():
            continue
        for length in range(min(len(number), 8), 0, -1):
            found = groups().get(number[:length])
            if found:
                draft.add(f"{draft.W} {GROUP} {found} .")
                return
