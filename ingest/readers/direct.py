"""Records of binary MARC whose form is beyond doubt, made without pymarc's care for the others.

Checking a directory and letting pymarc read the record takes twice to three times as long, which was a fifth of all
the time of reading and conversion. tests/readers/test_direct.py holds that both ways give the same.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial

from pymarc import Field, Indicators, Leader, Record, Subfield

_DIRECTORY = re.compile(rb"(?:[0-9A-Za-z]{3}[0-9]{9})+").fullmatch
BAD_CODE = re.compile(rb"\x1f[\x80-\xff]")
"""A subfield whose code is no character of ASCII."""

_subfield = partial(tuple.__new__, Subfield)
"""Makes a subfield of code and value in half the time of the class's own constructor."""


def direct(chunk: bytes, decode: Callable[[bytes], str] | None) -> Record | None:
    """The record in a chunk, its values read by ``decode`` (None: they are UTF-8 as they stand). None unless it is
    as long as it says, directory and fields meet one by one in order, data fields begin with two indicators, and
    codes are one ASCII character."""
    leader, length, base = chunk[:24], chunk[:5], chunk[12:17]
    if not (leader.isascii() and base.isdigit() and length == b"%05d" % len(chunk)):
        return None
    directory, mark = chunk[24 : int(base) - 1], chunk[int(base) - 1 : int(base)]
    *fields, end = chunk[int(base) :].split(b"\x1e")
    if mark + end != b"\x1e\x1d" or len(directory) != 12 * len(fields) or not _DIRECTORY(directory):
        return None
    if not chunk.isascii() and BAD_CODE.search(chunk):
        return None
    record = Record.__new__(Record)  # its constructor would make a leader to be thrown away
    record.pos, record.to_unicode, record.force_utf8 = 0, True, False
    record.leader = Leader(leader.decode())
    record.fields = _fields(directory.decode(), fields, decode)
    return record if record.fields else None


def _fields(directory: str, raw: list[bytes], decode: Callable[[bytes], str] | None) -> list[Field]:
    """The fields, or none where one is not where the directory has it, or not what its tag makes expect."""
    fields: list[Field] = []
    start = place = 0
    for content in raw:
        length = len(content) + 1
        if int(directory[place + 3 : place + 12]) != length * 100_000 + start:
            return []
        field = _field(directory[place : place + 3], content, decode)
        if field is None:
            return []
        fields.append(field)
        start += length
        place += 12
    return fields


def _field(tag: str, content: bytes, decode: Callable[[bytes], str] | None) -> Field | None:
    """A field as its constructor would leave it."""
    field = Field.__new__(Field)
    field.tag = tag
    if tag < "010" and tag.isdigit():
        text = decode(content) if decode else content.decode()
        field.control_field, field.data = True, text
        field._indicators, field.subfields = None, []
        return field
    if decode is None:  # UTF-8, decoded in one go
        pieces = content.decode().split("\x1f")
        indicators = pieces.pop(0)
        subfields = [_subfield((piece[0], piece[1:])) for piece in pieces if piece]
    else:
        indicators, subfields = _decoded(content, decode)
    field.control_field, field.data = False, None
    field._indicators, field.subfields = _indicators(indicators), subfields
    return field if field._indicators else None


def _decoded(content: bytes, decode: Callable[[bytes], str]) -> tuple[str, list[Subfield]]:
    """Indicators and subfields, each value decoded by itself: sets begin anew in each, and accents join what is
    before them."""
    indicators, *pieces = content.split(b"\x1f")
    return indicators.decode("latin-1"), [
        _subfield((chr(piece[0]), decode(piece[1:]))) for piece in pieces if piece
    ]


@lru_cache(maxsize=1024)
def _indicators(text: str) -> Indicators | None:
    """Two characters as indicators; None where they are none."""
    return Indicators(*text) if len(text) == 2 and text.isascii() else None
