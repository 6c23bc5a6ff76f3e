"""MARC-8 to Unicode, forgiving: what cannot be read becomes U+FFFD and nothing is thrown or printed.

The tables are pymarc's. Its decoder is not used because it writes to standard error, raises on a broken
escape sequence, swallows an accent at the end of a value, and takes a Python loop for plain ASCII.
Source of the rules: https://www.loc.gov/marc/specifications/speccharmarc8.html
"""

import re
from unicodedata import normalize

from pymarc.marc8_mapping import CODESETS, ODD_MAP

BASIC_LATIN = 0x42
ANSEL = 0x45
EACC = 0x31
LOST = "\ufffd"

ESCAPE = re.compile(rb"\x1b(?:(\$?[,)\-]|\$|\()!?([1-4BENQS])|([gbps]))")
"""A change of character set: into G0 or G1 by its final byte, or one of the four short ones."""

_HIGH = re.compile("[\xe0-\xfe]+[^\xe0-\xfe]?|[\x80-\xdf\xff]", re.DOTALL)


def decode(data: bytes) -> str:
    """The text of one value in NFC; character sets start as ASCII and ANSEL, as in every new field."""
    if b"\x1b" not in data:
        return data.decode("ascii") if data.isascii() else normalize("NFC", _ansel(data))
    g0, g1, position, parts = BASIC_LATIN, ANSEL, 0, []
    for escape in ESCAPE.finditer(data):
        parts.append(_segment(data[position : escape.start()], g0, g1))
        g0, g1 = _switch(escape, g0, g1)
        position = escape.end()
    parts.append(_segment(data[position:], g0, g1))
    return normalize("NFC", "".join(parts))


def stray_escape(data: bytes) -> bool:
    """Whether an escape character stands where no known change of character set follows."""
    return b"\x1b" in data and b"\x1b" in ESCAPE.sub(b"", data)


def _switch(escape: re.Match[bytes], g0: int, g1: int) -> tuple[int, int]:
    into, final, short = escape.groups()
    if short:
        return (BASIC_LATIN if short == b"s" else short[0]), g1
    if into[-1:] in (b")", b"-"):
        return g0, final[0]
    return final[0], g1


def _segment(data: bytes, g0: int, g1: int) -> str:
    data = data.replace(b"\x1b", b"")
    if g0 == BASIC_LATIN and g1 == ANSEL:
        return _ansel(data)
    codes = _triples(data) if g0 == EACC else list(data)
    return _compose([_character(code, g0, g1) for code in codes])


def _triples(data: bytes) -> list[int]:
    codes, position = [], 0
    while position < len(data):
        width = 1 if data[position] <= 0x20 or data[position] >= 0x80 else 3
        codes.append(int.from_bytes(data[position : position + width], "big"))
        position += width
    return codes


def _character(code: int, g0: int, g1: int) -> tuple[str, bool]:
    """The character and whether it combines with the one after it."""
    if code < 0x20:
        return "", False
    if code == 0x20:
        return " ", False
    known = CODESETS.get(g1 if 0x80 <= code <= 0xFF else g0, {}).get(code)
    if known:
        return chr(known[0]), bool(known[1])
    odd = ODD_MAP.get(code)
    return (chr(odd) if odd else LOST), False


def _compose(characters: list[tuple[str, bool]]) -> str:
    """MARC-8 writes the accent before its letter, Unicode after it."""
    text, waiting = [], []
    for character, combines in characters:
        if combines:
            waiting.append(character)
        else:
            text += [character, *waiting]
            waiting = []
    return "".join(text + waiting)


def _ansel(data: bytes) -> str:
    return _HIGH.sub(_high, data.decode("latin-1"))


def _high(run: re.Match[str]) -> str:
    return _compose([_character(ord(byte), BASIC_LATIN, ANSEL) for byte in run.group()])
