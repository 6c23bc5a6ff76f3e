"""What a reader of catalogue files hands on: one record with its place, or the news that one was lost."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pymarc import Record

from ingest.problems import Problem


@dataclass(slots=True)
class SourceRecord:
    """A record as it came: whatever the file format, it is MARC from here on.

    ``number`` counts from 1 within the file, ``offset`` is in bytes of the decompressed file where the format
    has one, ``repairs`` says what the reader changed or warns of, ``encoding`` is the one found in the file.
    """

    number: int
    record: Record
    offset: int | None = None
    repairs: list[Problem] = field(default_factory=list)
    encoding: str = "UTF-8"


@dataclass(slots=True)
class LostRecord:
    """A record that could not be read; ``problem`` says where it starts and why."""

    number: int
    offset: int | None
    problem: Problem


class RecordFormat(Protocol):
    """A file format that holds catalogue records."""

    name: str

    def recognise(self, path: Path, head: bytes) -> bool:
        """Whether the file is of this format; ``head`` is its first 64 KiB, decompressed."""
        ...

    def read(self, path: Path) -> Iterator[SourceRecord | LostRecord]:
        """The records in order. Raises InputError when the file as a whole cannot be used."""
        ...


@dataclass(slots=True)
class Statements:
    """What a document (sheet, directory file, RDF) says: N-Triples lines, each once, without line end."""

    lines: list[str]
    problems: list[Problem] = field(default_factory=list)


class DocumentFormat(Protocol):
    """A file format that holds statements about the network as one document (read and replaced as a whole)."""

    name: str

    def recognise(self, path: Path, head: bytes) -> bool:
        """Whether the file is of this format."""
        ...


def record_number(record: Record) -> str:
    """The number by which a record is known in its source; empty when it has none.

    That is the 001; in exports of Koha the biblionumber, which Koha writes to 999 $c with the biblioitem's in $d:
    the 001 there is whatever the record was copied from, and two records may have the same.
    """
    local = record.get("999")
    if local is not None and {subfield.code for subfield in local.subfields} == {"c", "d"}:
        return (local.get("c") or "").strip()
    field = record.get("001")
    return (field.data or "").strip() if field is not None else ""
