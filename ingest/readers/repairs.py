"""What a reader changed in a record, and how that is told."""

from dataclasses import dataclass
from pathlib import Path

from pymarc import Record

from ingest.problems import Problem, Severity
from ingest.record import LostRecord

CORRECT = "It was taken in; correct it in the system it comes from."
LOOK = "It was not taken in; look at it in the file and correct it there."


@dataclass(frozen=True, slots=True)
class Repair:
    """One change to one record; ``kind`` and ``place`` as in Problem."""

    kind: str
    message: str
    place: str = ""
    severity: Severity = Severity.REPAIRED


def told(repairs: list[Repair], path: Path, number: int, record: Record) -> list[Problem]:
    """The repairs as problems with their record's place, each kind once per record and field."""
    control = control_number(record)
    return [
        Problem(r.kind, r.message, CORRECT, r.severity, path.name, number, control, r.place)
        for r in dict.fromkeys(repairs)
    ]


def lost(path: Path, number: int, offset: int, kind: str, message: str) -> LostRecord:
    """The news that a record could not be read; the message is completed with its place in the file."""
    text = f"{message} (at byte {offset})."
    return LostRecord(number, offset, Problem(kind, text, LOOK, Severity.LOST, path.name, number))


def control_number(record: Record) -> str | None:
    """The 001 without blanks around it, or None."""
    field = record.get("001")
    return (field.data or "").strip() or None if field else None
