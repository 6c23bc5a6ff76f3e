"""ISO 5426 to Unicode: the extended Latin set of UNIMARC, now and then found in MARC 21 as well.

The table follows ISO 5426:1983; the two marks of ISO 6630 around words not to be sorted by are dropped.
Like MARC-8, it writes an accent before its letter.
"""

import re
from unicodedata import normalize

_SPACING = dict(zip((0x88, 0x89, *range(0xA1, 0xB0)), ("", "", *"¡„£$¥†§′‘“«♭©℗®"), strict=True)) | {
    0xB0: "ʻ", 0xB1: "ʼ", 0xB2: "‚", 0xB6: "‡", 0xB7: "·", 0xB8: "″", 0xB9: "’", 0xBA: "”",
    0xBB: "»", 0xBC: "♯", 0xBD: "ʹ", 0xBE: "ʺ", 0xBF: "¿", 0xE1: "Æ", 0xE2: "Đ", 0xE6: "Ĳ",
    0xE8: "Ł", 0xE9: "Ø", 0xEA: "Œ", 0xEC: "Þ", 0xF1: "æ", 0xF2: "đ", 0xF3: "ð", 0xF5: "ı",
    0xF6: "ĳ", 0xF8: "ł", 0xF9: "ø", 0xFA: "œ", 0xFB: "ß", 0xFC: "þ",
}  # fmt: skip
_COMBINING = {
    0xC0: "\u0309", 0xC1: "\u0300", 0xC2: "\u0301", 0xC3: "\u0302", 0xC4: "\u0303", 0xC5: "\u0304",
    0xC6: "\u0306", 0xC7: "\u0307", 0xC8: "\u0308", 0xC9: "\u0308", 0xCA: "\u030a", 0xCB: "\u0315",
    0xCC: "\u0312", 0xCD: "\u030b", 0xCE: "\u031b", 0xCF: "\u030c", 0xD0: "\u0327", 0xD1: "\u031c",
    0xD2: "\u0326", 0xD3: "\u0328", 0xD4: "\u0325", 0xD5: "\u032e", 0xD6: "\u0323", 0xD7: "\u0324",
    0xD8: "\u0332", 0xD9: "\u0333", 0xDA: "\u0329", 0xDB: "\u032d", 0xDD: "\ufe20", 0xDE: "\ufe21",
    0xDF: "\ufe23",
}  # fmt: skip
_HIGH = re.compile("[\xc0-\xdf]+[^\xc0-\xdf]?|[\x80-\xbf\xe0-\xff]", re.DOTALL)


def decode(data: bytes) -> str:
    """The text of one value in NFC; what the table does not know becomes U+FFFD."""
    return normalize("NFC", _HIGH.sub(_high, data.decode("latin-1")))


def _high(run: re.Match[str]) -> str:
    marks = [_COMBINING[ord(byte)] for byte in run.group() if ord(byte) in _COMBINING]
    bases = [_base(byte) for byte in run.group() if ord(byte) not in _COMBINING]
    return "".join(bases + marks)


def _base(byte: str) -> str:
    return byte if ord(byte) < 0x80 else _SPACING.get(ord(byte), "\ufffd")
