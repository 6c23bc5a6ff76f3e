"""Binary MARC (ISO 2709): pymarc reads what is sound, ``rebuild`` what is not; one bad record costs no other."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from pymarc import Record

from ingest.problems import Severity
from ingest.readers import encodings, parts, streams
from ingest.readers.direct import BAD_CODE, direct
from ingest.readers.kinds import is_unimarc
from ingest.readers.rebuild import rebuild
from ingest.readers.repairs import Repair, lost, told
from ingest.record import LostRecord, SourceRecord

_LEADER = re.compile(
    rb"(?<=.)[0-9]{5}[\x20-\x7e]{5}[ 2][ 2][0-9]{5}[\x20-\x7e]{3}4500(?=[0-9A-Za-z]{3}[0-9]{9})", re.DOTALL
)
"""A leader where none is expected, followed by a directory entry: the record before it lost its end."""
_AFTER_INDICATORS = (b"\x1f", b"\x1e")
_PADDING = b" \t\r\n\x00\x1a"
_BOM = b"\xef\xbb\xbf"


class Iso2709:
    """Files of MARC records in exchange format, gzipped or not."""

    name = "ISO 2709"

    def recognise(self, path: Path, head: bytes) -> bool:
        """By a leader with directory, or by both delimiters of fields and subfields."""
        start = head.removeprefix(_BOM).lstrip(_PADDING)
        return (start[:5].isdigit() and b"\x1e" in start) or (b"\x1f" in start and b"\x1e" in start)

    def read(self, path: Path) -> Iterator[SourceRecord | LostRecord]:
        """The records in order; memory stays constant. Bytes that are no record are reported with their offset."""
        for frame in self.frames(path):
            yield frame if isinstance(frame, LostRecord) else read_record(frame[2], path, frame[0], frame[1])

    def frames(self, path: Path) -> Iterator[tuple[int, int, bytes] | LostRecord]:
        """Number, offset and bytes of each record, for ``read_record`` to read them, in another process perhaps."""
        number = offset = 0
        try:
            for offset, chunk in _records(path):
                number += 1
                yield number, offset, chunk
        except streams.Damage as damage:
            yield lost(path, number + 1, offset, "damaged-file", f"{streams.BROKEN_OFF}: {damage}")


def read_record(chunk: bytes, path: Path, number: int, offset: int) -> SourceRecord | LostRecord:
    """One record from its bytes, through pymarc when its structure is sound."""
    if len(chunk) > streams.LONGEST:
        message = f"{len(chunk):,} bytes without the end of a record"
        return lost(path, number, offset, "no-record", message)
    encoding = encodings.find(chunk)
    repairs = [Repair("encoding", f"The record is {encoding.note}.")] if encoding.note else []
    decode = encodings.decoder(encoding)
    record = direct(chunk, None if encoding.codec == encodings.FAST else decode)
    record = record or _sound(chunk, encoding) or rebuild(chunk, decode, repairs)
    if record is None:
        return lost(path, number, offset, "unreadable-record", "No leader and directory can be made out")
    if encoding.codec != encodings.FAST and parts.has_lost_characters(record):
        message = "Some characters cannot be read in any set; each became \ufffd."
        repairs.append(Repair("characters", message))
    if b"&" in chunk and parts.ENTITY.search(chunk):
        parts.unescape(record, repairs)
    record.leader.coding_scheme = "a"
    if b"245" not in chunk[: chunk.find(b"\x1e")] and is_unimarc(record):
        repairs.append(
            Repair("unimarc", "The record looks like UNIMARC and will state nothing.", "200", Severity.WARNING)
        )
    return SourceRecord(
        number, record, offset, told(repairs, path, number, record) if repairs else [], encoding.name
    )


def _sound(chunk: bytes, encoding: encodings.Encoding) -> Record | None:
    """The record as pymarc reads it, or None when its directory does not fit its fields."""
    if not directory_fits(chunk) or (encoding.name != "ASCII" and BAD_CODE.search(chunk)):
        return None
    if encoding.codec != encodings.FAST and chunk[9:10] == b"a":
        chunk = chunk[:9] + b" " + chunk[10:]
    try:
        return Record(chunk, file_encoding=encoding.codec)
    except Exception:  # whatever pymarc stumbles over, the record is taken apart by its terminators
        return None


def directory_fits(chunk: bytes) -> bool:
    """Whether every directory entry meets exactly one field, and data fields begin with two indicators.

    Runs for every record: it costs a few per cent of what pymarc takes and finds what pymarc would misread
    without a word.
    """
    try:
        length, base = int(chunk[:5]), int(chunk[12:17])
        directory, data = chunk[24 : base - 1], chunk[base:]
        count, rest = divmod(len(directory), 12)
        if rest or not count or length != len(chunk) or not data.endswith(b"\x1e\x1d"):
            return False
        if chunk.count(b"\x1e") != count + 1 or chunk[base - 1] != 0x1E:
            return False
        return all(_entry_fits(directory[place : place + 12], data) for place in range(0, len(directory), 12))
    except ValueError:
        return False


def _entry_fits(entry: bytes, data: bytes) -> bool:
    start = int(entry[7:])
    if data.find(b"\x1e", start) != start + int(entry[3:7]) - 1:
        return False
    return data[start + 2 : start + 3] in _AFTER_INDICATORS or entry[:2] == b"00"


def _records(path: Path) -> Iterator[tuple[int, bytes]]:
    """Offset and bytes of each record, padding between them taken off, run-together ones parted."""
    for offset, chunk in _terminated(path):
        stripped = chunk.lstrip(_PADDING).removeprefix(_BOM).lstrip(_PADDING)
        if stripped:
            yield from _parted(offset + len(chunk) - len(stripped), stripped)


def _parted(offset: int, chunk: bytes) -> Iterator[tuple[int, bytes]]:
    """Part a chunk that is not as long as its leader says where another leader begins inside it."""
    if chunk[:5].isdigit() and int(chunk[:5]) == len(chunk):
        yield offset, chunk
        return
    starts = [0, *(found.start() for found in _LEADER.finditer(chunk)), len(chunk)]
    for start, end in pairwise(starts):
        yield offset + start, chunk[start:end]


def _terminated(path: Path) -> Iterator[tuple[int, bytes]]:
    """Bytes up to each record terminator; more than a record can be is given up in one piece."""
    offset, rest = 0, b""
    with streams.opened(path) as file:
        try:
            for block in streams.blocks(file):
                *chunks, tail = block.split(b"\x1d")
                for chunk in chunks:
                    whole = rest + chunk + b"\x1d"
                    yield offset, whole
                    offset, rest = offset + len(whole), b""
                rest += tail
                if len(rest) > 2 * streams.LONGEST:
                    yield offset, rest
                    offset, rest = offset + len(rest), b""
        except streams.Damage:
            if rest:
                yield offset, rest
            raise
    if rest:
        yield offset, rest
