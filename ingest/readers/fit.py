"""Which source profiles fit the item fields of a record, by the marks each profile states under ``recognise``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pymarc import Field, Record

_PROFILES = Path(__file__).resolve().parents[2] / "ontology" / "profiles"


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign of a profile: a field with these subfields, or with only those, or with these values."""

    profile: str
    tag: str
    subfields: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    value: Mapping[str, str] = field(default_factory=dict, hash=False)
    refines: bool = False

    @property
    def weight(self) -> int:
        """How much it says: a tag alone little, each subfield more, a value most."""
        return 1 + len(self.subfields) + len(self.only) + 3 * len(self.value)

    def fits(self, marc_field: Field) -> bool:
        """Whether a field (of the mark's tag) shows it."""
        codes = {subfield.code for subfield in marc_field.subfields}
        if self.only and not codes <= self.only:
            return False
        return self.subfields <= codes and all(marc_field.get(code) == text for code, text in self.value.items())


@cache
def marks(folder: Path = _PROFILES) -> tuple[Mark, ...]:
    """The marks of all profiles, the weightiest first; of equals, those of a profile that refines another's."""
    profiles = {path.stem: yaml.safe_load(path.read_text("utf-8")) or {} for path in sorted(folder.glob("*.yaml"))}
    found = [
        _mark(name, entry, profile.get("extends") not in (None, "marc21"))
        for name, profile in profiles.items()
        for entry in profile.get("recognise", [])
    ]
    return tuple(sorted(found, key=lambda mark: (-mark.weight, not mark.refines)))


def _mark(profile: str, entry: dict[str, Any], refines: bool) -> Mark:
    subfields, only = frozenset(entry.get("subfields", ())), frozenset(entry.get("only", ()))
    return Mark(profile, str(entry["tag"]), subfields, only, entry.get("value", {}), refines)


def fitting(record: Record) -> str | None:
    """The profile whose weightiest mark a record shows, or None."""
    by_tag: dict[str, list[Field]] = {}
    for marc_field in record.fields:
        by_tag.setdefault(marc_field.tag, []).append(marc_field)
    for mark in marks():
        if any(mark.fits(marc_field) for marc_field in by_tag.get(mark.tag, ())):
            return mark.profile
    return None
