"""A record whose lengths, base address or directory are wrong, put together again from its field terminators."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pymarc import Record

from ingest.readers import parts
from ingest.readers.repairs import Repair

_ENTRY = re.compile(rb"[0-9A-Za-z]{3}[0-9]{9}")
_TAG = re.compile(rb"[0-9A-Za-z ]{3}")
_WIDTHS = ((4, 5), (5, 5), (4, 6), (5, 6), (6, 6))
"""Digits of length and of start in a directory entry: the rule, then what oversized fields led some to write."""


@dataclass(frozen=True, slots=True)
class _Entry:
    tag: str
    length: int
    start: int


def rebuild(chunk: bytes, decode: Callable[[bytes], str], repairs: list[Repair]) -> Record | None:
    """The record in ``chunk`` (through its terminator, if it has one), or None when nothing can be made of it."""
    before, found, data = chunk.rstrip(b"\x1d").partition(b"\x1e")
    if not found:
        return None
    start = _directory_start(before)
    entries = _entries(before[start:])
    if not entries:
        return None
    cut_off = not data.endswith(b"\x1e")
    pieces = _whole(entries, data.split(b"\x1e"), repairs) if cut_off else data.split(b"\x1e")[:-1]
    record = Record()
    record.leader = parts.leader(before[:start].decode("ascii", "replace"), repairs)
    matched = _matched(entries, pieces, repairs, _is_measured_right(chunk, len(before) + 1))
    record.fields = [parts.field(tag, raw, decode, repairs) for tag, raw in matched if _has_tag(tag, raw, repairs)]
    return record if any(not field.control_field for field in record.fields) else None


def _whole(entries: list[_Entry], pieces: list[bytes], repairs: list[Repair]) -> list[bytes]:
    """The fields of a record that is cut off; its last one only when it has its length."""
    last = max(entries, key=lambda entry: entry.start)
    complete = len(pieces) == len(entries) and len(pieces[-1]) + 1 == last.length
    kept = pieces if complete else pieces[:-1]
    message = f"The record is cut off; {len(kept)} of {len(entries)} fields are whole and were kept."
    repairs.append(Repair("truncated", message))
    return kept


def _is_measured_right(chunk: bytes, base: int) -> bool:
    return chunk[:5] == b"%05d" % len(chunk) and chunk[12:17] == b"%05d" % base


def _has_tag(tag: str, raw: bytes, repairs: list[Repair]) -> bool:
    if " " not in tag:
        return True
    repairs.append(Repair("tag-missing", f"The tag {tag!r} is none; field left out: {raw[:80]!r}."))
    return False


def _directory_start(before: bytes) -> int:
    """Where the directory begins: 24, unless the leader lost or gained bytes or is not there at all."""
    places = [24, *(len(before) % 12 + 12 * n for n in (2, 1, 0)), 23, 25]
    return max(places, key=lambda place: (_run(before, place), place == 24))


def _run(before: bytes, place: int) -> int:
    """How many sound entries follow one another from a place."""
    count = 0
    while _ENTRY.fullmatch(before, place + 12 * count, place + 12 * count + 12):
        count += 1
    return count


def _entries(directory: bytes) -> list[_Entry]:
    entries: list[_Entry] = []
    place, expected = 0, 0
    while _TAG.match(directory, place):
        tag = directory[place : place + 3].decode("ascii")
        width, entry = _entry(directory, place, tag, expected)
        entries.append(entry)
        expected = entry.start + entry.length
        place += width
    return entries


def _entry(directory: bytes, place: int, tag: str, expected: int) -> tuple[int, _Entry]:
    for digits, more in _WIDTHS:
        length = directory[place + 3 : place + 3 + digits]
        start = directory[place + 3 + digits : place + 3 + digits + more]
        if start.isdigit() and length.isdigit() and int(start) == expected:
            return 3 + digits + more, _Entry(tag, int(length), expected)
    length, start = directory[place + 3 : place + 7], directory[place + 7 : place + 12]
    return 12, _Entry(tag, int(length) if length.isdigit() else 0, int(start) if start.isdigit() else expected)


def _matched(
    entries: list[_Entry], pieces: list[bytes], repairs: list[Repair], measured_right: bool
) -> list[tuple[str, bytes]]:
    """Tags with their fields: one for one where numbers agree, else by length."""
    ordered = sorted(entries, key=lambda entry: entry.start)
    if len(ordered) == len(pieces):
        fitting = all(entry.length == len(raw) + 1 for entry, raw in zip(ordered, pieces, strict=True))
        if not (measured_right and fitting):
            message = "Record length, base address or directory is wrong; fields found by their terminators."
            repairs.append(Repair("directory", message))
        fields = {id(entry): raw for entry, raw in zip(ordered, pieces, strict=True)}
        return [(entry.tag, fields[id(entry)]) for entry in entries]
    message = f"The directory names {len(entries)} fields, the record has {len(pieces)}; matched by length."
    repairs.append(Repair("directory", message))
    return _by_length(ordered, pieces)


def _by_length(entries: list[_Entry], pieces: list[bytes]) -> list[tuple[str, bytes]]:
    """Walk along both: a field cut in two by a stray terminator is joined, two run together are parted."""
    waiting = pieces[::-1]
    fields: list[tuple[str, bytes]] = []
    for place, entry in enumerate(entries):
        if not waiting:
            break
        raw = waiting.pop()
        while waiting and len(raw) + 1 < entry.length and len(waiting) > len(entries) - place - 1:
            raw += b" " + waiting.pop()
        if len(raw) + 1 > entry.length > 1 and len(waiting) < len(entries) - place - 1:
            waiting.append(raw[entry.length :])
            raw = raw[: entry.length - 1]
        fields.append((entry.tag, raw))
    return fields
