"""Words of names in scripts without blanks or vowels: ``ontology/matching/scripts.yaml``, checked when read."""

from functools import cache
from pathlib import Path

import yaml

from ontology.errors import DeclarationError

FILE = Path(__file__).parent / "matching" / "scripts.yaml"


@cache
def script_words(file: Path = FILE) -> dict[str, str]:
    """What stands for a word → the Latin word as which it is compared.

    Raises DeclarationError for what stands twice, is in Latin letters, or leads to a word that is not folded.
    """
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for word, written in raw.items():
        if not (word.isascii() and word.replace(" ", "").isalnum() and word == word.lower()):
            raise DeclarationError(f"{file.name}: {word!r} is not folded; write it in lower case without marks")
        for one in map(str, written):
            if one in found or one.isascii():
                raise DeclarationError(f"{file.name}: {one!r} stands twice or is in Latin letters; leave it out")
            found[one] = str(word)
    return found
