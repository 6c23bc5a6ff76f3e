"""Writes MARC-8, as older systems hand it over; pymarc reads it but cannot write it.

The tables are pymarc's own, turned round: ASCII and ANSEL need no escape, other scripts are switched to with
``ESC ( x`` (one byte a character) or ``ESC $ 1`` (three bytes, East Asian) and back with ``ESC ( B``.
"""

import unicodedata

from pymarc.marc8_mapping import CODESETS

_SETS = {0x33: b"\x1b(3", 0x34: b"\x1b(4", 0x4E: b"\x1b(N", 0x51: b"\x1b(Q", 0x31: b"\x1b$1"}
_ASCII, _ANSEL, _EAST_ASIAN = 0x42, 0x45, 0x31


def _inverse() -> dict[str, tuple[int, bytes]]:
    table: dict[str, tuple[int, bytes]] = {}
    for code_set in (_EAST_ASIAN, 0x51, 0x4E, 0x34, 0x33, _ANSEL, _ASCII):
        width = 3 if code_set == _EAST_ASIAN else 1
        for code, (point, _combining) in CODESETS[code_set].items():
            if point:
                table[chr(point)] = (code_set, code.to_bytes(width, "big"))
    return table


_CODES = _inverse()


def encode(text: str) -> bytes:
    """The MARC-8 form of a text. Raises ValueError for a character MARC-8 does not have."""
    out = bytearray()
    current = _ASCII
    for base in _clusters(_taken_apart(text)):
        for character in base[1:] + base[:1]:
            code_set, code = _code(character)
            wanted = _ASCII if code_set in (_ASCII, _ANSEL) else code_set
            if wanted != current:
                out += _SETS.get(wanted, b"\x1b(B")
                current = wanted
            out += code
    return bytes(out if current == _ASCII else out + b"\x1b(B")


def _taken_apart(text: str) -> str:
    """Letters with marks as letter and mark, but where MARC-8 has the whole letter (Cyrillic й)."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(c if c in _CODES else unicodedata.normalize("NFD", c) for c in composed)


def _clusters(text: str) -> list[str]:
    """Base characters with the marks behind them; in MARC-8 the marks come first."""
    clusters: list[str] = []
    for character in text:
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _code(character: str) -> tuple[int, bytes]:
    try:
        return _CODES[character]
    except KeyError:
        raise ValueError(f"MARC-8 has no {unicodedata.name(character, character)!r}") from None
