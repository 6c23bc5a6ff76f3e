"""What the shapes of the network say, in each language: a message holds both, ``Nama wajib. / Name required.``"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from ontology.errors import DeclarationError

SHAPES = Path(__file__).parent / "network" / "shapes.ttl"
MESSAGE = ox.NamedNode("http://www.w3.org/ns/shacl#message")
_VALUE = re.compile(r"\{[?$]\w+\}")


@dataclass(frozen=True, slots=True)
class ShapeMessage:
    """A message as a load notes it, and its half in each language; ``{}`` where a value is put in."""

    both: str
    indonesian: str
    english: str


def shape_messages(file: Path = SHAPES) -> Iterator[ShapeMessage]:
    """The messages of the shapes. Raises DeclarationError for one that is not in both languages."""
    for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
        if quad.predicate == MESSAGE and isinstance(quad.object, ox.Literal):
            both = _VALUE.sub("{}", quad.object.value)
            indonesian, slash, english = both.partition(" / ")
            if not slash:
                raise DeclarationError(f"{file}: the message {both!r} lacks one of the languages.")
            yield ShapeMessage(both, indonesian, english)
