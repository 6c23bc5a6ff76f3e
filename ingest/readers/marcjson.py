"""MARC-in-JSON: an array, one object, or an object a line; each record is cut out and parsed alone."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import normalize

from pymarc import Field, Record

from ingest.readers import parts, streams
from ingest.readers.repairs import Repair, lost, told
from ingest.record import LostRecord, SourceRecord

_START = re.compile(
    rb'\{\s*(?:"[^"]{1,40}"\s*:\s*(?:"[^"]*"|[\d.]+|true|false|null)\s*,\s*)*?"(?:leader|fields)"\s*:'
)
_DECODER = json.JSONDecoder(strict=False)
_BOM = b"\xef\xbb\xbf"


class MarcJson:
    """Files of MARC-in-JSON (https://rossfsinger.com/blog/2010/09/a-proposal-to-serialize-marc-in-json/)."""

    name = "MARC-in-JSON"

    def recognise(self, path: Path, head: bytes) -> bool:
        """By an object that begins with a leader or with fields."""
        start = head.removeprefix(_BOM).lstrip()
        return start[:1] in (b"[", b"{") and bool(_START.search(start)) and b'"fields"' in start

    def read(self, path: Path) -> Iterator[SourceRecord | LostRecord]:
        """The records in order, in constant memory."""
        number = offset = 0
        try:
            for offset, text in _pieces(path):
                number += 1
                yield _read(text, path, number, offset)
        except streams.Damage as damage:
            yield lost(path, number + 1, offset, "damaged-file", f"{streams.BROKEN_OFF}: {damage}")


def _pieces(path: Path) -> Iterator[tuple[int, bytes]]:
    """Offset and text from the start of each record to the start of the next."""
    offset, rest = 0, b""
    with streams.opened(path) as file:
        for block in streams.blocks(file):
            rest += block
            starts = [found.start() for found in _START.finditer(rest)]
            for start, end in pairwise(starts):
                yield offset + start, rest[start:end]
            if starts:
                offset, rest = offset + starts[-1], rest[starts[-1] :]
            if len(rest) > streams.LONGEST:
                yield offset, rest
                offset, rest = offset + len(rest), b""
    if _START.match(rest):
        yield offset, rest


def _read(text: bytes, path: Path, number: int, offset: int) -> SourceRecord | LostRecord:
    repairs: list[Repair] = []
    try:
        record = _record(_object(text, repairs), repairs)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        return lost(path, number, offset, "unreadable-record", f"The JSON is no MARC record: {error}")
    if not record.fields:
        return lost(path, number, offset, "unreadable-record", "The record has no fields")
    return SourceRecord(number, record, offset, told(repairs, path, number, record))


def _object(text: bytes, repairs: list[Repair]) -> dict[str, Any]:
    try:
        plain = text.decode("utf-8")
    except UnicodeDecodeError:
        plain = text.decode("utf-8", "replace")
        repairs.append(Repair("encoding", "The record is not UTF-8 throughout; what is not became \ufffd."))
    found: dict[str, Any] = _DECODER.raw_decode(plain)[0]
    return found


def _record(content: dict[str, Any], repairs: list[Repair]) -> Record:
    leader = str(content.get("leader") or "")
    marcedit = "\\" in leader or any(_has_backslash(entry) for entry in content.get("fields") or [])
    if marcedit:
        repairs.append(Repair("backslash-blanks", "Blanks are written as backslashes; turned into blanks."))
    record = Record()
    record.leader = parts.leader(_blanks(leader, marcedit), repairs)
    record.leader.coding_scheme = "a"
    for entry in content.get("fields") or []:
        for tag, value in entry.items():
            record.fields.append(_field(str(tag), value, marcedit, repairs))
    return record


def _has_backslash(entry: dict[str, Any]) -> bool:
    """Whether an indicator is a backslash, as MarcEdit writes a blank."""
    return any(
        isinstance(value, dict) and "\\" in (value.get("ind1"), value.get("ind2")) for value in entry.values()
    )


def _field(tag: str, value: Any, marcedit: bool, repairs: list[Repair]) -> Field:
    tag = tag.zfill(3) if tag.isdigit() else tag
    control = tag.isdigit() and tag < "010"
    if not isinstance(value, dict):
        text = _text(value)
        return (
            Field(tag, data=_blanks(text, marcedit))
            if control
            else parts.data_field(tag, "  ", [("a", text)], repairs)
        )
    indicators = "".join(_blanks(str(value.get(name) or " ")[0], marcedit) for name in ("ind1", "ind2"))
    pairs = [(str(code), _text(text)) for part in value.get("subfields") or [] for code, text in part.items()]
    if control:
        return Field(tag, data=" ".join(text for _, text in pairs))
    return parts.data_field(tag, indicators, pairs, repairs)


def _text(value: Any) -> str:
    return "" if value is None else normalize("NFC", str(value).encode("utf-8", "replace").decode("utf-8"))


def _blanks(text: str, marcedit: bool) -> str:
    return text.replace("\\", " ") if marcedit else text
