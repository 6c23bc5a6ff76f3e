"""The words of names that matching treats apart: ``ontology/matching/words.yaml``, checked when read."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ontology.body_words import check_words

FILE = Path(__file__).parent / "matching" / "words.yaml"


@dataclass(frozen=True, slots=True)
class NameWords:
    """Folded words by what they do in a name; ``generations`` maps to what is compared."""

    honorifics: frozenset[str]
    generations: dict[str, str]
    particles: frozenset[str]
    kinship: frozenset[str]
    small: frozenset[str]
    legal: frozenset[str]


@cache
def name_words() -> NameWords:
    """The lists. Raises DeclarationError when a word stands twice or is not folded."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    generations = {str(word): str(line[0]) for line in raw["generations"] for word in line}
    lists = {
        name: [str(word) for word in raw[name]] for name in ("honorifics", "particles", "kinship", "small", "legal")
    }
    check_words(FILE.name, [word for words in (*lists.values(), generations) for word in words])
    honorifics, particles, kinship, small, legal = (frozenset(words) for words in lists.values())
    return NameWords(honorifics, generations, particles, kinship, small, legal)
