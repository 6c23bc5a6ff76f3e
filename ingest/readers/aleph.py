"""Aleph sequential: a field a line, ``000000001 24510 L $$aBumi manusia``, a record's lines one after the other.

Nine digits of the system's number, tag and indicators in five characters, a letter for the script, the content;
blanks of control fields are carets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from pymarc import Field, Record

from ingest.readers import encodings, parts, streams
from ingest.readers.repairs import Repair, lost, told
from ingest.record import LostRecord, SourceRecord

_LINE = re.compile(
    rb"(?:\xef\xbb\xbf)?(\d{9})[ \t]([0-9A-Za-z]{3})([ -~]{2})[ \t]([A-Za-z ])(?:[ \t]|$)(.*)", re.DOTALL
).fullmatch
_NUMBER = re.compile(rb"\d{9}[ \t]").match
_AS_BLANKS = (b"LDR", b"006", b"007", b"008")
"""Fields by position, whose carets are blanks."""
_NO_SUBFIELD = "The field has no subfields; its text taken as $a."
_BROKEN = "A line break within the field was taken for a blank."
LOOKED_AT = 20
"""Lines at the beginning by which a file is recognised."""
OWN = ("LDR", "FMT", "DEL")
"""Fields of Aleph's own that are no part of the MARC record: they make its leader."""


class AlephSequential:
    """Files of Aleph's sequential format, gzipped or not."""

    name = "Aleph sequential"

    def recognise(self, path: Path, head: bytes) -> bool:
        """By one of the first lines."""
        return any(_LINE(line.rstrip(b"\r")) for line in head.split(b"\n")[:LOOKED_AT])

    def read(self, path: Path) -> Iterator[SourceRecord | LostRecord]:
        """The records in order, one at a time in memory; damaged lines are told with their offset."""
        numbers, offset = count(1), 0
        try:
            for piece in _pieces(path, numbers):
                offset = piece.offset or 0
                yield piece.read(path, next(numbers)) if isinstance(piece, _Lines) else piece
        except streams.Damage as damage:
            yield lost(path, next(numbers), offset, "damaged-file", f"{streams.BROKEN_OFF}: {damage}")


@dataclass(slots=True)
class _Lines:
    """The lines of one record while they come in: tag, indicators and content of each."""

    system: bytes
    offset: int
    fields: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    size: int = 0

    def add(self, tag: bytes, indicators: bytes, raw: bytes) -> None:
        """Take a line in, with the delimiter of ISO 2709, and blanks where positions have carets."""
        content = raw.replace(b"^", b" ") if tag in _AS_BLANKS else raw.replace(b"$$", b"\x1f")
        if tag >= b"010" and tag.decode() not in OWN and not content.startswith(b"\x1f"):
            self.repairs.append(Repair("subfields-missing", _NO_SUBFIELD, tag.decode()))
            content = b"\x1fa" + content
        self.fields.append((tag, indicators, content))
        self.size += len(raw)

    def odd(self, offset: int, line: bytes) -> None:
        """A line of another form: the rest of a text with a line break in it, or a damaged one, which is told."""
        self.size += len(line)
        if _NUMBER(line):
            message = f"The line at byte {offset} is no field and was left out: {line[:60]!r}."
            self.repairs.append(Repair("line", message))
            return
        tag, indicators, content = self.fields.pop()
        self.fields.append((tag, indicators, content + b" " + line.replace(b"$$", b"\x1f")))
        self.repairs.append(Repair("line-break", _BROKEN, tag.decode()))

    def read(self, path: Path, number: int) -> SourceRecord | LostRecord:
        """The record; lost where it has only control fields."""
        whole = b"\x1e".join([b" " * 9 + b"a" + b" " * 14, *(content for *_, content in self.fields)])
        encoding = encodings.find(whole)
        if encoding.note:
            self.repairs.append(Repair("encoding", f"The record is {encoding.note}."))
        record = self._record(encodings.decoder(encoding))
        if not any(not one.control_field for one in record.fields):
            return lost(path, number, self.offset, "unreadable-record", "The record has no fields")
        if parts.has_lost_characters(record):
            message = "Some characters cannot be read in any set; each became \ufffd."
            self.repairs.append(Repair("characters", message))
        problems = told(self.repairs, path, number, record)
        return SourceRecord(number, record, self.offset, problems, encoding.name)

    def _record(self, decode: encodings.Decoder) -> Record:
        own = {tag.decode(): content for tag, _, content in self.fields if tag.decode() in OWN}
        record = Record()
        record.leader = parts.leader(own.get("LDR", b"").decode("ascii", "replace"), self.repairs)
        record.leader.coding_scheme = "a"
        if b"Y" in own.get("DEL", b""):  # taken out of the catalogue
            record.leader.record_status = "d"
        if not any(tag == b"001" for tag, *_ in self.fields):
            record.fields.append(Field("001", data=self.system.decode()))
        record.fields += [
            parts.field(tag.decode(), content if tag < b"010" else indicators + content, decode, self.repairs)
            for tag, indicators, content in self.fields
            if tag.decode() not in OWN
        ]
        return record


def _pieces(path: Path, numbers: Iterator[int]) -> Iterator[_Lines | LostRecord]:
    """The lines of each record, and the news of what belongs to none."""
    now: _Lines | None = None
    try:
        for offset, line in _lines(path):
            found = _LINE(line)
            if found is not None:
                if now is not None and now.system != found[1]:
                    yield now
                if now is None or now.system != found[1]:
                    now = _Lines(found[1], offset)
                now.add(found[2], found[3], found[5])
            elif not line.strip():
                continue
            elif now is not None:
                now.odd(offset, line)
            else:
                message = f"A line of no record: {line[:60]!r}"
                yield lost(path, next(numbers), offset, "unreadable-record", message)
            if now is not None and now.size > streams.LONGEST:
                message = f"{now.size:,} bytes without the end of a record"
                yield lost(path, next(numbers), now.offset, "no-record", message)
                now = None
    except streams.Damage:
        if now is not None:
            yield now
        raise
    if now is not None:
        yield now


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Each line with its offset; more than a record can be comes in pieces."""
    offset, rest = 0, b""
    with streams.opened(path) as file:
        for block in streams.blocks(file):
            *lines, rest = (rest + block).split(b"\n")
            for line in lines:
                yield offset, line.rstrip(b"\r")
                offset += len(line) + 1
            if len(rest) > streams.LONGEST:
                yield offset, rest
                offset, rest = offset + len(rest), b""
    yield offset, rest.rstrip(b"\r\x1a")
