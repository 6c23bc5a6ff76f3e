"""MARCXML, read record by record: roots, prolog and well-formedness of the rest do not matter.

Each ``<record>`` is cut from the stream and parsed alone, so that memory stays constant, one broken record costs
no other, several roots or none are the same to us, and a DOCTYPE (which is refused) never reaches a parser.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputError
from ingest.readers import streams, xml_records
from ingest.readers.repairs import lost, told
from ingest.record import LostRecord, SourceRecord

_PREFIX = rb"(?:[A-Za-z_][\w.-]*:)?"
_START = re.compile(rb"<" + _PREFIX + rb"record(?=[\s>])")
_END = re.compile(rb"</" + _PREFIX + rb"record\s*>")
_CONTENT = re.compile(rb"<" + _PREFIX + rb"(?:leader|controlfield|datafield)\b")
_MARC = re.compile(rb"<" + _PREFIX + rb"(?:leader|controlfield|datafield)\b|http://www\.loc\.gov/MARC21/slim")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_DECLARED = re.compile(rb"<\?xml[^>]*\sencoding\s*=\s*[\"']([\w.-]+)")
_LONGEST_TAG = 64
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(slots=True)
class _Piece:
    """The bytes of one record, or of what should have been one."""

    offset: int
    data: bytes


class MarcXml:
    """Files of MARCXML, gzipped or not, in a collection, an OAI-PMH answer, or one after the other."""

    name = "MARCXML"

    def recognise(self, path: Path, head: bytes) -> bool:
        """By an element of MARCXML or its namespace near the beginning."""
        text = _utf8(head, _encoding(head))
        return text.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and bool(_MARC.search(text))

    def read(self, path: Path) -> Iterator[SourceRecord | LostRecord]:
        """The records in order. Raises InputError for a DOCTYPE: its entities could name files or explode."""
        number = offset = 0
        encoding = _encoding(streams.head(path))
        shown = "UTF-8" if encoding in ("utf-8", "us-ascii") else encoding.upper()
        try:
            for piece in _pieces(path, encoding):
                number, offset = number + 1, piece.offset
                yield _read(piece, path, number, shown)
        except streams.Damage as damage:
            yield lost(path, number + 1, offset, "damaged-file", f"{streams.BROKEN_OFF}: {damage}")


def _read(piece: _Piece, path: Path, number: int, encoding: str) -> SourceRecord | LostRecord:
    if len(piece.data) > streams.LONGEST:
        return lost(
            path, number, piece.offset, "no-record", f"{len(piece.data):,} bytes without the end of a record"
        )
    found = xml_records.parse(piece.data)
    if isinstance(found, str):
        return lost(path, number, piece.offset, "unreadable-record", found)
    record, repairs = found
    return SourceRecord(number, record, piece.offset, told(repairs, path, number, record), encoding)


def _encoding(head: bytes) -> str:
    """The encoding the byte order mark or the XML declaration names, UTF-8 if neither or an unknown one."""
    if head[:2] in _MARKS:
        return _MARKS[head[:2]]
    declared = _DECLARED.match(head.lstrip(b"\xef\xbb\xbf \t\r\n"))
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    except LookupError:
        return "utf-8"
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def _utf8(data: bytes, encoding: str) -> bytes:
    return data if encoding == "utf-8" else data.decode(encoding, "replace").encode("utf-8")


def _blocks(path: Path, encoding: str) -> Iterator[bytes]:
    """The file's bytes as UTF-8, refused where a document type is declared."""
    decoder = None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)("replace")
    with streams.opened(path) as file:
        for block in streams.blocks(file):
            yield decoder.decode(block).encode("utf-8") if decoder else block


def _refuse_doctype(path: Path, text: bytes) -> None:
    if any(word in text for word in _FORBIDDEN):
        raise InputError(
            f"{path} declares a document type (DOCTYPE), whose entities may name files or grow without end.",
            "Take the declaration out; MARCXML needs none.",
        )


def _pieces(path: Path, encoding: str) -> Iterator[_Piece]:
    """Each record's bytes with the offset of its start tag."""
    offset, rest, searched = 0, b"", 0
    for block in _blocks(path, encoding):
        rest += block
        begin = 0
        while end := _next_end(rest, begin, searched):
            yield from _cut(path, offset + begin, rest[begin:end])
            begin = searched = end
        if offset == begin == 0:
            _refuse_doctype(path, rest[: rest.find(b"<leader")])
        offset, rest = offset + begin, rest[begin:]
        searched = 0 if b"<!--" in rest else max(0, len(rest) - _LONGEST_TAG)
        if len(rest) > 2 * streams.LONGEST:
            yield _Piece(offset, rest)
            offset, rest, searched = offset + len(rest), b"", 0
    yield from _cut(path, offset, rest)


def _next_end(text: bytes, begin: int, searched: int) -> int | None:
    """Where the next record ends, not counting the ends of records that are commented out."""
    while end := _END.search(text, searched):
        opening = text.rfind(b"<!--", begin, end.start())
        if opening < 0 or text.find(b"-->", opening, end.start()) >= 0:
            return end.end()
        searched = text.find(b"-->", end.end())
        if searched < 0:
            return None
    return None


def _cut(path: Path, offset: int, text: bytes) -> Iterator[_Piece]:
    """The records that begin in a stretch of text; the last is the one whose end was found."""
    if b"<!--" in text:
        text = _COMMENT.sub(lambda comment: b" " * len(comment.group()), text)
    starts = [found.start() for found in _START.finditer(text)]
    before = text[: starts[0]] if starts else text
    _refuse_doctype(path, before)
    if _CONTENT.search(before):
        yield _Piece(offset, before)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        piece = text[start:end]
        if _CONTENT.search(piece) or (end == len(text) and _END.search(piece)):
            yield _Piece(offset + start, piece)
