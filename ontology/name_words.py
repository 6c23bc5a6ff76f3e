"""The words of names that matching treats apart: ``ontology/matching/words.yaml``, checked when read."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ontology.errors import DeclarationError

FILE = Path(__file__).parent / "matching" / "words.yaml"


@dataclass(frozen=True, slots=True)
class NameWords:
    """Folded words by what they do in a name; ``generations`` and ``abbreviations`` map to what is compared."""

    honorifics: frozenset[str]
    generations: dict[str, str]
    particles: frozenset[str]
    kinship: frozenset[str]
    small: frozenset[str]
    legal: frozenset[str]
    abbreviations: dict[str, str]


@cache
def name_words() -> NameWords:
    """The lists. Raises DeclarationError when a word stands twice or is not folded."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    generations = {str(word): str(line[0]) for line in raw["generations"] for word in line}
    lists = {
        name: [str(word) for word in raw[name]] for name in ("honorifics", "particles", "kinship", "small", "legal")
    }
    abbreviations = {str(short): str(long) for short, long in raw["abbreviations"].items()}
    _check([word for words in (*lists.values(), generations, abbreviations) for word in words])
    honorifics, particles, kinship, small, legal = (frozenset(words) for words in lists.values())
    return NameWords(honorifics, generations, particles, kinship, small, legal, abbreviations)


def _check(words: list[str]) -> None:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            raise DeclarationError(f"{FILE.name}: {word!r} stands twice; leave it in one list")
        if not (word.isascii() and word.isalnum() and word == word.lower()):
            raise DeclarationError(f"{FILE.name}: {word!r} is not folded; write it in lower case without marks")
        seen.add(word)
