"""Sound codes: one code for spellings of a name that differ by habit, transliteration or slip.

Rules common to European and Malay-Indonesian spellings, old and new (``Soekarno``, ``Sukarno``; ``Djakarta``,
``Jakarta``; ``Wijngaerde``, ``Wyngaerde``), coarser than Kölner Phonetik or Metaphone, which serve one language.
"""

import re
from functools import lru_cache

_RULES = [
    (r"ij", "y"),
    (r"tsch|tsh|tch", "c"),
    (r"sch|sh|sj|sz|zh|ss", "s"),
    (r"tj|cz", "c"),
    (r"dj|dzh|dsch", "j"),
    (r"ph|pf", "f"),
    (r"kh|gh|ch|ck|q", "k"),
    (r"x", "ks"),
    (r"th|dt|tt", "t"),
    (r"[vw]", "f"),
    (r"c(?=[eiy])", "s"),
    (r"c", "k"),
    (r"z", "s"),
    (r"(?<!^)j", "i"),
    (r"^[yi](?=[aou])", "j"),
    (r"h", ""),
]
_PASSES = [(re.compile(pattern), new) for pattern, new in _RULES]
_VOWELS = re.compile(r"(?<!^)[aeiouy]+")
_FIRST_VOWEL = re.compile(r"^[aeiouy]+")
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """The code of a folded word: its consonants in classes, and whether it begins with a vowel.

    >>> sound("soekarno") == sound("sukarno")
    True
    """
    if word.isdigit() or len(word) == 1:
        return word
    for pattern, new in _PASSES:
        word = pattern.sub(new, word)
    word = _VOWELS.sub("", _FIRST_VOWEL.sub("a", word))
    return _DOUBLE.sub(r"\1", word)
