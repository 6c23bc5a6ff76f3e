"""Headings of persons in real records: where each stands, and which node it names."""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from pymarc import Field, Record

from ingest import readers
from ingest.convert.draft import Draft
from ingest.convert.headings import agent
from ingest.convert.text import clean
from ingest.readers import kind_of
from ingest.record import SourceRecord

TAGS = ("100", "600", "700", "800")
HEADING = "abcdq"


def named(path: Path) -> Iterator[tuple[int, Record, Field]]:
    """The fields of a file's bibliographic records that name persons, with the record's place in the file."""
    for place, found in enumerate(readers.read(path)):
        if isinstance(found, SourceRecord) and kind_of(found.record) == "bibliographic":
            for field in found.record.get_fields(*TAGS):
                yield place, found.record, field


def heading(field: Field) -> str:
    """A person's heading as it stands in the record, without the marks at its end."""
    return " ".join(s.value.strip() for s in field.subfields if s.code in HEADING).rstrip(" .,;:/")


def mark(text: str) -> str:
    """A digest that stands for a heading where the heading itself is not to be copied."""
    return blake2b(text.encode(), digest_size=6).hexdigest()


def node(record: Record, field: Field) -> str:
    """The IRI of the person."""
    subs = [(code, clean(value)) for code, value in field.subfields if value]
    return agent(Draft("https://kb.example", record), f"1{field.tag[1:]}", field, subs)
