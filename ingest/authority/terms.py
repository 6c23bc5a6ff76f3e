"""The terms of authority records (``ontology/authority.yaml``), and what they make of each subfield."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

import ontology

KEPT = {
    "010": "The record's number at the Library of Congress; it names the heading.",
    "024": "A number or address of the heading; an address names it.",
    "040": "Who made and changed the record, said of the record in the archive.",
}
"""Fields read for the name of the heading, or speaking of the record alone."""
CONTROLS = {
    "001": "The record's number in its system, said of the record in the archive.",
    "003": "The system of the record's number, said of the record in the archive.",
    "005": "When the record was changed, said of the record in the archive.",
}
CONTROL = {"w": "How a reference is shown; it decides the property.", "6": "Pairs a field with its other script."}


@cache
def terms() -> dict[str, Any]:
    """The file's content."""
    found: dict[str, Any] = yaml.safe_load(
        (Path(ontology.__file__).parent / "authority.yaml").read_text(encoding="utf-8")
    )
    return found


def coverage(tag: str, code: str) -> str | None:
    """``mapped``, the reason why a subfield states nothing itself, or None where it is kept as a local field."""
    known = terms()
    if tag in KEPT:
        return "mapped" if tag != "040" else KEPT[tag]
    if tag in known["notes"]:
        return "mapped" if code in known["notes"][tag]["codes"] else None
    if tag in known["sources"]:
        return "mapped" if code in "abu" else None
    if tag[:1] in "1457" and tag.isdigit():
        return CONTROL.get(code, "mapped")
    return "mapped" if tag == "008" else CONTROLS.get(tag)
