"""Building pymarc records from parts that may be wrong: leaders too short, indicators missing, odd codes."""

import re
from collections.abc import Callable
from unicodedata import normalize

from pymarc import Field, Indicators, Leader, Record, Subfield

from ingest.readers.repairs import Repair

BLANK_LEADER = "00000    a2200000   4500"
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7})));")
ENTITY = re.compile(rb"&(?:amp|lt|gt|quot|apos|#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7});")
"""An escape of XML or a numeric reference, which MARC-8 records use for characters it lacks."""
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_DELIMITERS = "\ufffd¿ǂ‡"
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f]")


def leader(text: str, repairs: list[Repair]) -> Leader:
    """A leader of 24 characters: kept when sound, put right when short or long, blank when missing."""
    clean = re.sub(r"[^\x20-\x7e]", " ", text)
    if clean != text:
        repairs.append(Repair("leader", "The leader has characters that are none; taken as blanks.", "leader"))
        text = clean
    if len(text) == 24:
        return Leader(text)
    if not text.strip():
        repairs.append(
            Repair("leader-missing", "The leader is missing; nothing is known of the kind of material.", "leader")
        )
        return Leader(BLANK_LEADER)
    repairs.append(Repair("leader-length", f"The leader has {len(text)} characters instead of 24.", "leader"))
    return Leader(_stretched(text))


def _stretched(text: str) -> str:
    """A leader whose blanks were collapsed (``cam 22 4500``): status, type and level lead, 22 and 4500 stay."""
    before, _, after = text.partition("22")
    start = before if len(before) == 10 else "00000" + before.lstrip("0123456789 ")
    after = after.removesuffix("4500")
    level = after[5:8] if len(after) >= 8 else ""
    return f"{start[:10]:<10}2200000{level:<3}4500"


def data_field(tag: str, indicators: str, subfields: list[tuple[str, str]], repairs: list[Repair]) -> Field:
    """A data field with two indicators and codes of one character."""
    if len(indicators) != 2 or not indicators.isascii() or _UNPRINTABLE.search(indicators):
        message = f"The field has {len(indicators)} indicators instead of 2, or ones that are none."
        repairs.append(Repair("indicators", message, tag))
        indicators = _UNPRINTABLE.sub(" ", "".join(c if c.isascii() else " " for c in indicators))
        indicators = f"{indicators[:2]:<2}"
    return Field(tag, Indicators(*indicators), [_subfield(tag, *pair, repairs) for pair in subfields])


def _subfield(tag: str, code: str, value: str, repairs: list[Repair]) -> Subfield:
    if len(code) == 1 and "!" <= code <= "~":
        return Subfield(code, value)
    folded = [c for c in normalize("NFD", code) if "!" <= c <= "~"]
    chosen = folded[0] if folded else "a"
    repairs.append(Repair("subfield-code", f"The subfield code {code!r} is none; taken as ${chosen}.", tag))
    return Subfield(chosen, value)


def field(tag: str, raw: bytes, decode: Callable[[bytes], str], repairs: list[Repair]) -> Field:
    """A field from its bytes in ISO 2709, without terminator."""
    if tag.isdigit() and tag < "010":
        return Field(tag, data=decode(raw).replace("\x1f", " "))
    start, *pieces = raw.split(b"\x1f")
    if not pieces and len(start) > 2:
        repairs.append(Repair("subfields-missing", "The field has no subfields; its text taken as $a.", tag))
        start, pieces = b"  ", [b"a" + start]
    pairs: list[tuple[str, str]] = []
    for piece in filter(None, pieces):
        code, value = _coded(piece, decode)
        if code or not pairs:
            pairs.append((code or "a", value))
        else:
            pairs[-1] = (pairs[-1][0], pairs[-1][1] + value)
        if piece[0] >= 0x80:
            repairs.append(Repair("subfield-code", "A subfield begins with no code; joined or mended.", tag))
    return data_field(tag, start.decode("ascii", "replace"), pairs, repairs)


def _coded(piece: bytes, decode: Callable[[bytes], str]) -> tuple[str, str]:
    """Code and value of a subfield; no code when the delimiter stands in the middle of a text.

    A doubled delimiter in another form (``ǂb``) is passed over; an accented letter before a capital is its letter.
    """
    if piece[0] < 0x80:
        return piece[:1].decode("ascii"), decode(piece[1:])
    text = decode(piece)
    rest = text.lstrip(_DELIMITERS)
    if rest != text and rest[:1].isascii() and rest[:1].isalnum():
        return rest[0], rest[1:]
    letter = normalize("NFD", text[:1])[:1]
    if letter.isascii() and text[1:2].isupper():
        return letter, text[1:]
    return "", text


def has_lost_characters(record: Record) -> bool:
    """Whether a value holds U+FFFD, which stands for bytes that could not be read."""
    return any(
        "\ufffd" in (marc_field.data or "") or any("\ufffd" in part.value for part in marc_field.subfields)
        for marc_field in record.fields
    )


def unescape(record: Record, repairs: list[Repair]) -> None:
    """Turn XML escapes (``&apos;``) and numeric references (``&#x4E00;``) in a record into their characters."""
    for marc_field in record.fields:
        if marc_field.data:
            marc_field.data = _plain(marc_field.data)
        elif marc_field.subfields:
            marc_field.subfields = [Subfield(s.code, _plain(s.value)) for s in marc_field.subfields]
    message = "The text held XML escapes (&amp; and the like); they were turned into their characters."
    repairs.append(Repair("xml-escapes", message))


def _plain(value: str) -> str:
    return _ENTITY.sub(_character, value) if "&" in value else value


def _character(found: re.Match[str]) -> str:
    name, hexadecimal, decimal = found.groups()
    if name:
        return _NAMED[name]
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    usable = 0x20 <= number <= 0x10FFFF and not 0x7F <= number <= 0x9F and not 0xD800 <= number <= 0xDFFF
    return chr(number) if usable else found.group()
