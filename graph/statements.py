"""Statements as N-Triples lines: whose they are, how they compare, and which keys an archive files them under."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from struct import Struct

import pyoxigraph as ox

from ontology.terms import shorten

_NUMBER = Struct(">q")
_REWRITTEN = re.compile(r'"\^\^<[^>]*> \.$')
"""Objects that a store may hold in another form; language tags are in lower case once they are parsed."""
BUNDLE = 20_000
"""Lines held as terms at once."""


_PARTS = re.compile(r'"(?:[^"\\]|\\.)*"|<([^>]*)>')


def abbreviated(line: str, base: str) -> str:
    """A line of N-Triples for people: prefixed names for IRIs of vocabularies, ids for our own; literals stay.

    >>> abbreviated('<https://x/id/work/a> <http://www.w3.org/2000/01/rdf-schema#label> "<b>" .', "https://x")
    '<work/a> rdfs:label "<b>"'
    """

    def part(found: re.Match[str]) -> str:
        name = found[1]
        if name is None:
            return found[0]
        return f"<{name[len(base) + 4 :]}>" if name.startswith(f"{base}/id/") else shorten(name)

    return _PARTS.sub(part, line).removesuffix(" .")


def stem(line: str) -> str:
    """The entity a line belongs to: its subject without the fragment that names a part."""
    return _entity(line[: line.index(" ")])


def _entity(subject: str) -> str:
    """Vocabularies use the fragment for whole entities; we only for parts of what is below ``/id/``."""
    whole, hash_, _ = subject[1:-1].partition("#")
    return whole if not hash_ or "/id/" in whole else subject[1:-1]


@lru_cache(maxsize=20_000)
def key(name: str) -> int:
    """A signed 64-bit number that stands for a name in the archive."""
    return _hashed(name.encode())


def _hashed(text: bytes) -> int:
    return _NUMBER.unpack(blake2b(text, digest_size=8).digest())[0]  # type: ignore[no-any-return]


def by_stem(lines: Iterable[str]) -> dict[str, list[str]]:
    """Lines grouped by the entity they belong to."""
    subjects: defaultdict[str, list[str]] = defaultdict(list)
    subject, about = "\n", list[str]()
    for line in lines:
        if not line.startswith(subject):  # lines of one subject mostly come together
            subject = line[: line.index(" ") + 1]
            about = subjects[subject]
        about.append(line)
    groups: dict[str, list[str]] = {}
    for subject, about in subjects.items():
        groups.setdefault(_entity(subject[:-1]), []).extend(about)
    return groups


def digest(text: bytes) -> int:
    """A signed 64-bit number; when it is equal for two texts of lines, they are equal. Their lines are not sorted:
    another order only means a closer look later, and sorting every record's lines would be felt."""
    return _hashed(text)


def canonical(lines: Iterable[str]) -> set[str]:
    """The lines as a store would give them back: ``"01"^^xsd:integer`` becomes ``"1"``, ``@EN`` becomes ``@en``.
    Lines that no store takes are left out."""
    plain: set[str] = set()
    rewritten = ox.Store()
    stream = iter(lines)
    while bundle := list(islice(stream, BUNDLE)):
        for triple in triples(bundle):
            line = f"{triple} ."
            if _REWRITTEN.search(line):
                rewritten.add(ox.Quad(triple.subject, triple.predicate, triple.object))
            else:
                plain.add(line)
    plain.update(f"{quad.triple} ." for quad in rewritten)
    return plain


def triples(lines: list[str]) -> list[ox.Triple]:
    """The lines as terms, without those that are not valid."""
    try:
        return _parsed("\n".join(lines))
    except SyntaxError:
        return _parsed("\n".join(line for line in lines if is_valid(line)))


def is_valid(line: str) -> bool:
    """Whether a strict parser takes the line."""
    try:
        return len(_parsed(line)) == 1
    except SyntaxError:
        return False


def _parsed(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text.encode(), ox.RdfFormat.N_TRIPLES)]
