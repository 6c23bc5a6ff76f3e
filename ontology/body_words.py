"""What names of bodies are made of, in several languages: ``ontology/matching/bodies.yaml``, checked when read."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ontology.errors import DeclarationError

FILE = Path(__file__).parent / "matching" / "bodies.yaml"
LISTS = ("types", "bearers", "parts", "words")
ENDING = 6
"""Letters that a word has at least to be looked for at the end of compounds."""


@dataclass(frozen=True, slots=True)
class BodyWords:
    """Folded words by what they say; each list holds the words that lines are compared as.

    ``means`` leads from every word to the first of its line, ``endings`` holds the words that compounds end in.
    """

    types: frozenset[str]
    bearers: frozenset[str]
    parts: frozenset[str]
    means: dict[str, str]
    endings: frozenset[str]


@cache
def body_words(file: Path = FILE) -> BodyWords:
    """The lists. Raises DeclarationError for a list that is missing, a word that stands twice or is not folded."""
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    if set(raw) != set(LISTS):
        raise DeclarationError(f"{file.name}: needs the lists {', '.join(LISTS)}")
    lines = {name: [[str(word) for word in line] for line in raw[name]] for name in LISTS}
    check_words(file.name, [word for name in LISTS for line in lines[name] for word in line])
    types, bearers, parts = (frozenset(line[0] for line in lines[name]) for name in ("types", "bearers", "parts"))
    means = {word: line[0] for name in LISTS for line in lines[name] for word in line}
    compound = (word for name in ("types", "bearers") for line in lines[name] for word in line)
    return BodyWords(types, bearers, parts, means, frozenset(word for word in compound if len(word) >= ENDING))


def check_words(name: str, words: Iterable[str]) -> None:
    """Raise DeclarationError for the file of that name when a word stands twice or is not folded."""
    seen: set[str] = set()
    for word in words:
        if word in seen:
            raise DeclarationError(f"{name}: {word!r} stands twice; leave it in one list")
        if not (word.isascii() and word.isalnum() and word == word.lower()):
            raise DeclarationError(f"{name}: {word!r} is not folded; write it in lower case without marks")
        seen.add(word)
