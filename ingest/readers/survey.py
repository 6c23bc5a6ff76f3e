"""What a file of records holds, seen once through: formats, encodings, kinds, tags, languages, items, problems."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pymarc import Record

from ingest.problems import ProblemLog, Severity
from ingest.readers.fit import fitting
from ingest.readers.kinds import kind_of
from ingest.record import LostRecord, SourceRecord

ITEM_TAGS = frozenset({"852", "863", "866", "876", "949", "952", "995", "999", "HOL", "H52", "ITM", "MBD", "POR"})
"""Where systems put items and holdings."""
SHOWN = 60
"""Characters of an example."""


@dataclass(slots=True)
class Tag:
    """How often a tag occurs, in how many records, with which subfields, and one example."""

    fields: int = 0
    records: int = 0
    subfields: Counter[str] = field(default_factory=Counter)
    example: str = ""

    def as_json(self) -> dict[str, Any]:
        """The counts, for programs."""
        subfields = dict(sorted(self.subfields.items()))
        return {"fields": self.fields, "records": self.records, "subfields": subfields, "example": self.example}


@dataclass(slots=True)
class Survey:
    """The findings about one file; ``add`` takes one result of a reader after the other."""

    file: str
    form: str
    records: int = 0
    repaired: int = 0
    lost: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    profiles: Counter[str] = field(default_factory=Counter)
    tags: dict[str, Tag] = field(default_factory=dict)
    problems: ProblemLog = field(default_factory=ProblemLog)
    first: Record | None = None
    places: list[dict[str, Any]] = field(default_factory=list)

    def add(self, result: SourceRecord | LostRecord) -> None:
        """Take one record, or the news of a lost one, into account."""
        if isinstance(result, LostRecord):
            self.lost += 1
            self.problems.add(result.problem)
            self._place(result.number, result.offset, [result.problem.kind], Severity.LOST)
            return
        self.records += 1
        self._count(result.record)
        self.encodings[result.encoding] += 1
        if result.repairs:
            self.repaired += any(problem.severity is Severity.REPAIRED for problem in result.repairs)
            for problem in result.repairs:
                self.problems.add(problem)
            kinds = sorted({problem.kind for problem in result.repairs})
            self._place(result.number, result.offset, kinds, Severity.REPAIRED)

    def _place(self, number: int, offset: int | None, kinds: list[str], severity: Severity) -> None:
        self.places.append({"record": number, "offset": offset, "severity": str(severity), "kinds": kinds})

    def _count(self, record: Record) -> None:
        if self.first is None:
            self.first = record
        self.kinds[kind_of(record)] += 1
        profile = fitting(record)
        if profile:
            self.profiles[profile] += 1
        language = record.get("008")
        if language is not None and kind_of(record) == "bibliographic":
            self.languages[(language.data or "")[35:38]] += 1
        self._count_tags(record)

    def _count_tags(self, record: Record) -> None:
        for tag in {marc_field.tag for marc_field in record.fields}:
            self.tags.setdefault(tag, Tag()).records += 1
        for marc_field in record.fields:
            seen = self.tags[marc_field.tag]
            seen.fields += 1
            seen.subfields.update(subfield.code for subfield in marc_field.subfields)
            if not seen.example:
                seen.example = str(marc_field)[6:][:SHOWN]

    @property
    def profile(self) -> str | None:
        """The profile most records with item fields show the marks of."""
        return self.profiles.most_common(1)[0][0] if self.profiles else None

    @property
    def item_tags(self) -> dict[str, int]:
        """Fields that may be items or holdings, with their number."""
        return {tag: seen.fields for tag, seen in sorted(self.tags.items()) if tag in ITEM_TAGS}

    def as_json(self) -> dict[str, Any]:
        """Everything found, for programs."""
        return {
            "file": self.file,
            "format": self.form,
            "records": self.records,
            "repaired": self.repaired,
            "lost": self.lost,
            "kinds": dict(self.kinds.most_common()),
            "encodings": dict(self.encodings.most_common()),
            "languages": dict(self.languages.most_common()),
            "items": {
                "tags": self.item_tags,
                "profile": self.profile,
                "profiles": dict(self.profiles.most_common()),
            },
            "tags": {tag: seen.as_json() for tag, seen in sorted(self.tags.items())},
            "places": self.places,
            "problems": self.problems.as_json(),
            "first": self.first.as_dict() if self.first else None,
        }


def survey(path: Path, form: str, results: Iterable[SourceRecord | LostRecord]) -> Survey:
    """Go through a reader's results once."""
    found = Survey(str(path), form)
    for result in results:
        found.add(result)
    return found
