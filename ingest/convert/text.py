"""Text on its way into N-Triples: cleaned and escaped once, when a field is read."""

import re
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b
from itertools import chain

_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]').search
_LINES = re.compile(r"\s*[\n\r\t]\s*").sub
_TABLE = dict.fromkeys(chain(range(32), range(127, 160)), " ")
_TABLE |= dict.fromkeys((0x88, 0x89, 0x98, 0x9C), "")  # marks around articles that are not sorted (ISO 6630)
_TABLE |= dict.fromkeys(chain(range(55296, 57344), (65534, 65535)), "�")
_TABLE |= {ord('"'): '\\"', ord("\\"): "\\\\"}
MARKS = " .,:;/=()[]+"
"""Punctuation that says nothing where it stands alone; nothing at all is in it, too."""
HASH = blake2b(digest_size=6)
"""Copied for each content that is named: making one anew takes longer."""


def clean(value: str) -> str:
    """A subfield's value as the inside of an N-Triples literal: NFC, one line, no control characters, escaped."""
    if value.isascii():
        if value.isprintable() and '"' not in value and "\\" not in value:
            return value.strip()
    else:
        value = unicodedata.normalize("NFC", value)
    if not (value.isprintable() and '"' not in value and "\\" not in value) and _SPECIAL(value):
        value = _LINES(" ", value).translate(_TABLE)
    return value.strip()


def cleaned(subfields: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Codes and cleaned values of those subfields that have one; marks alone (``/``, `` :``) are none."""
    whole = "".join([value for _, value in subfields])
    # Four fields of five need nothing but their blanks taken off, and the field as a whole tells that at once.
    if whole.isascii() and whole.isprintable() and '"' not in whole and "\\" not in whole:
        return [(c, text) for c, value in subfields if (text := value.strip()) not in MARKS]
    return [(c, text) for c, value in subfields if (text := clean(value)) not in MARKS]


def plain(text: str) -> str:
    """The opposite of ``clean``: text without the escapes, for keys and IRIs."""
    return text.replace('\\"', '"').replace("\\\\", "\\") if "\\" in text else text


def digest(content: str) -> str:
    """Twelve hexadecimal digits that name a content within one record."""
    found = HASH.copy()
    found.update(content.encode())
    return found.hexdigest()


def split(subs: list[tuple[str, str]], starts: str, common: str = "") -> list[list[tuple[str, str]]]:
    """Subfields in groups that each begin at one of ``starts``; ``common`` ones go to every group."""
    shared = [pair for pair in subs if pair[0] in common] if common else []
    groups: list[list[tuple[str, str]]] = []
    early: list[tuple[str, str]] = []
    for pair in subs:
        if pair[0] in starts:
            groups.append([pair])
        elif pair[0] in common:
            continue
        elif groups:
            groups[-1].append(pair)
        else:
            early.append(pair)
    if not groups:
        return [early + shared] if early or shared else []
    groups[0] += early
    return [group + shared for group in groups] if shared else groups
