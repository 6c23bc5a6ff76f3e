"""How words are made comparable for search: folded, transliterated, and with identifiers recognised."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

LONGEST = 4000
"""Characters of one text that are indexed; titles of ten thousand characters exist and help nobody."""

_WORD = re.compile(r"\w+", re.UNICODE)
_WIDE = re.compile("([\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f])")
_ISBN = re.compile(r"^(?:97[89])?\d{9}[\dXx]$")
_MARKS = re.compile("[\u0300-\u036f\u02b9-\u02bf\u2018\u2019'`]")


def fold(text: str) -> str:
    """Lower case, without accents and apostrophes; Chinese characters each become a word.

    >>> fold("Qurʼān: Tafsīr")
    'quran tafsir'
    """
    plain = unicodedata.normalize("NFKD", text[:LONGEST]).casefold()
    return " ".join(_WORD.findall(_WIDE.sub(r" \1 ", _MARKS.sub("", plain))))


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """The text to index: folded, followed by its transliteration where it is not in Latin script."""
    words = fold(text)
    if words.isascii():
        return words
    latin = fold(anyascii(_WIDE.sub(r" \1 ", text[:LONGEST])))
    return words if latin == words else f"{words} {latin}"


def words_of(query: str) -> list[str]:
    """The words of a query, folded as the index is."""
    return fold(query).split()


def phrases_of(query: str) -> list[list[str]]:
    """What stands between quotation marks, as lists of folded words."""
    found = re.findall(r'["“”]([^"“”]+)["“”]', query)
    return [words for words in (words_of(phrase) for phrase in found) if len(words) > 1]


def identifiers(text: str) -> list[str]:
    """The forms under which an identifier is indexed and looked up.

    An ISBN gives both its lengths without hyphens; anything else is kept folded, without spaces.
    """
    compact = re.sub(r"[\s\-‐‑–]", "", text)
    if _ISBN.match(compact):
        return sorted({_isbn13(compact), compact.lower()})
    bare = re.sub(r"\s+", "", text).lower()
    return [bare] if bare else []


def _isbn13(isbn: str) -> str:
    if len(isbn) == 13:
        return isbn
    body = "978" + isbn[:9]
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)
