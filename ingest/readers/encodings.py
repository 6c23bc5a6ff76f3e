"""Which character set a record is really in, whatever its leader says, and codecs that decode it to NFC.

MARC 21 allows UTF-8 (LDR/09 ``a``) and MARC-8 (blank); found in the wild: each declared as the other, both in
one record, Latin-1 and its Windows kin, Windows-1251, Big5 and ISO 5426. Bytes that are valid UTF-8 are UTF-8;
others are MARC-8 unless read so they make no sense and another set makes plainly more.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING
from unicodedata import category, is_normalized, normalize

from ingest.readers import iso5426, marc8

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

FAST = "utf-8"
"""The codec of plain ASCII and well-formed UTF-8 in NFC: no work of ours at all."""

ENOUGH = 20_000
"""Bytes looked at to tell one 8-bit set from another."""

Decoder = Callable[[bytes], str]

_MARKS = frozenset("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u0332")
"""Accents that on their proper letters have a precomposed form; left over, they were never accents."""
_IMPROBABLE = frozenset("\ufffdℓṽṼȧȦȯȮẗẍḧẅẘẙ")
_WITHIN_WORDS = frozenset("·’‘'\u00ad")
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_VALUE = re.compile(rb"\x1f[!-~]?|[\x1d\x1e]")
_IMPOSSIBLE = re.compile(r"[\ufffdℓ]|(?<=[^\W\d_])[©®℗♭♯±°¿¡£€](?=[^\W\d_])|[¿¡](?=[a-zà-ÿ])")
"""What no text in MARC-8 has: unknown bytes, symbols inside words."""
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\xf8-\xfb][\x80-\xbf]{4}"
)
_BIG5_PAIR = re.compile(rb"[\xa4-\xc6]([@-~\xa1-\xfe])")
"""A character of Big5's first level, the 5,401 common ones."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """What was found: ``name`` to show, ``codec`` to decode each value with, and whether that needs a word."""

    name: str
    codec: str = FAST
    note: str = ""


ASCII = Encoding("ASCII")
UTF_8 = Encoding("UTF-8")
MARC_8 = Encoding("MARC-8", "jejaring_marc8")
_UTF_8_NFD = Encoding("UTF-8", "jejaring_utf8")
_UNDECLARED = "declared as MARC-8 (LDR/09), is UTF-8"


def find(chunk: bytes) -> Encoding:
    """The encoding of one ISO 2709 record, leader and all."""
    declared_utf8 = chunk[9:10] == b"a"
    if chunk.isascii():
        if b"\x1b" not in chunk:
            return ASCII
        return _escaped(chunk, declared_utf8)
    try:
        text = chunk.decode()
    except UnicodeDecodeError:
        return ASCII if chunk[24:].isascii() else _legacy(chunk, declared_utf8)
    if b"\x1b" in chunk and marc8.ESCAPE.search(chunk):
        return Encoding("UTF-8 and MARC-8", "jejaring_utf8_marc8", "UTF-8 and MARC-8 escapes in one record")
    return _utf8_as(is_normalized("NFC", text), declared_utf8)


@cache
def _utf8_as(composed: bool, declared: bool) -> Encoding:
    return Encoding("UTF-8", FAST if composed else _UTF_8_NFD.codec, "" if declared else _UNDECLARED)


def _escaped(chunk: bytes, declared_utf8: bool) -> Encoding:
    if marc8.stray_escape(chunk):
        return Encoding("MARC-8", MARC_8.codec, "an escape character that starts no escape sequence; dropped")
    return Encoding("MARC-8", MARC_8.codec, "declared as UTF-8, is MARC-8") if declared_utf8 else MARC_8


def _legacy(chunk: bytes, declared_utf8: bool) -> Encoding:
    """For a record that is not UTF-8 throughout: the set of those values that are not."""
    values = [value for value in _VALUE.split(chunk[24:]) if not value.isascii()]
    wrong = [value for value in values if not _is_utf8(value)]
    legacy = [value for value in wrong if not _mostly_utf8(value)]
    if not legacy:
        return Encoding("UTF-8", _UTF_8_NFD.codec, f"UTF-8 with broken characters in {len(wrong)} values")
    name = guess(legacy)
    if declared_utf8 or len(wrong) < len(values):
        note = f"declared as {'UTF-8' if declared_utf8 else 'MARC-8'}, but {len(wrong)} of {len(values)} "
        note += f"values with accents are {name}"
        shown = f"UTF-8 and {name}" if len(wrong) < len(values) else name
        return Encoding(shown, f"jejaring_utf8_{_LEGACY[name][0]}", note)
    if name == MARC_8.name:
        stray = "an escape character that starts no escape sequence; dropped" if marc8.stray_escape(chunk) else ""
        return Encoding(name, MARC_8.codec, stray)
    return Encoding(name, f"jejaring_{_LEGACY[name][0]}", f"declared as MARC-8, is {name}")


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def guess(values: list[bytes]) -> str:
    """The 8-bit set in which values make most sense; MARC-8, which MARC 21 allows, unless it makes little."""
    data = b"\n".join(values)[:ENOUGH]
    if _is_big5(data):
        return "Big5"
    text = marc8.decode(data)
    doubt = oddity(text)
    if not _is_doubtful(text, doubt):
        return MARC_8.name
    others = {name: oddity(read(data)) for name, (_, read) in _LEGACY.items() if name not in ("MARC-8", "Big5")}
    best = min(others, key=lambda name: others[name])
    return best if others[best] * 2 < doubt else MARC_8.name


def _is_doubtful(text: str, doubt: int) -> bool:
    """Whether half is odd, some of it impossible; or two thirds, and more than a typing error or two."""
    total = len(_NON_ASCII.findall(text))
    if _IMPOSSIBLE.search(text):
        return doubt * 2 >= total
    return doubt > 2 and doubt * 3 >= total * 2


def _is_big5(data: bytes) -> bool:
    """Whether nearly all is pairs of Big5's first level, a good part of them with a high second byte."""
    seconds = _BIG5_PAIR.findall(data)
    rest = sum(byte >= 0x80 for byte in _BIG5_PAIR.sub(b"", data))
    high = sum(second[0] >= 0x80 for second in seconds)
    return len(seconds) > 1 and rest * 2 <= len(seconds) and high * 10 >= len(seconds) * 3


def oddity(text: str) -> int:
    """How many of the characters beyond ASCII stand where no language puts them."""
    return sum(
        _is_odd(found.group(), text[: found.start()][-1:], text[found.end() : found.end() + 1])
        for found in _NON_ASCII.finditer(text)
    )


def _is_odd(character: str, before: str, after: str) -> bool:
    kind = category(character)
    if character in _IMPROBABLE or kind == "Cc":
        return True
    if kind == "Mn":
        return character in _MARKS or not before.isalpha()
    if kind[0] == "L":
        return kind != "Lm" and _is_odd_letter(character, before, after)
    if character in "¿¡":
        return after.islower()
    if kind == "No":
        return after.isdigit()
    return before.isalpha() and after.isalpha() and character not in _WITHIN_WORDS


def _is_odd_letter(letter: str, before: str, after: str) -> bool:
    """A capital inside a word, three accented letters in a row, or another script within a Latin word."""
    neighbours = before + after
    if letter < "\u0250":
        return (letter.isupper() and before.islower()) or (not neighbours.isascii() and _all_accented(neighbours))
    return letter > "\u036f" and not "\u1e00" <= letter <= "\u1eff" and _has_latin(neighbours)


def _all_accented(neighbours: str) -> bool:
    return len(neighbours) == 2 and all(character.isalpha() and character > "\x7f" for character in neighbours)


def _has_latin(neighbours: str) -> bool:
    return any(character.isascii() and character.isalpha() for character in neighbours)


_LEGACY: dict[str, tuple[str, Decoder]] = {
    "MARC-8": ("marc8", marc8.decode),
    "Windows-1252": ("cp1252", partial(bytes.decode, encoding="cp1252", errors="replace")),
    "ISO 5426": ("iso5426", iso5426.decode),
    "Windows-1251": ("cp1251", partial(bytes.decode, encoding="cp1251", errors="replace")),
    "Big5": ("cp950", partial(bytes.decode, encoding="cp950", errors="replace")),
}
"""Name shown, name within our codecs, decoder; in order of preference where they make equal sense."""


def _utf8(data: bytes) -> str:
    return normalize("NFC", data.decode("utf-8", "replace"))


def _mostly_utf8(data: bytes) -> bool:
    """Whether a value has more characters in UTF-8 than bytes that are none."""
    stray = sum(byte >= 0x80 for byte in _SEQUENCE.sub(b"", data))
    return not stray or len(_SEQUENCE.findall(data)) > stray


def _mixed(legacy: Decoder, data: bytes) -> str:
    """A value of a record in two sets."""
    if b"\x1b" in data:
        return legacy(data) if marc8.ESCAPE.search(data) else _utf8(data)
    return _utf8(data) if _mostly_utf8(data) else legacy(data)


def _codecs() -> dict[str, Decoder]:
    found: dict[str, Decoder] = {"jejaring_utf8": _utf8}
    for name, legacy in _LEGACY.values():
        found[f"jejaring_{name}"] = legacy
        found[f"jejaring_utf8_{name}"] = partial(_mixed, legacy)
    return found


def decoder(encoding: Encoding) -> Decoder:
    """What decodes one value of a record in an encoding, never failing."""
    return _CODECS.get(encoding.codec, _utf8)


def _search(name: str) -> codecs.CodecInfo | None:
    found = _CODECS.get(name)
    if found is None:
        return None

    def decode(data: "Buffer", errors: str = "strict", /) -> tuple[str, int]:
        raw = bytes(data)
        return found(raw), len(raw)

    return codecs.CodecInfo(codecs.lookup("utf-8").encode, decode, name=name)


_CODECS = _codecs()
codecs.register(_search)
