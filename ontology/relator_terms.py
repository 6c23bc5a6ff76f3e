"""What somebody did, in the words of catalogues in several languages: relators by term (``relator-terms.yaml``).

Read and checked here: every code is in the list of relators, every term stands for one code.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from ontology.codes import table
from ontology.errors import DeclarationError

FILE = Path(__file__).with_name("relator-terms.yaml")
_SEX = re.compile(r"(?<=\w)(?:[/*:·(.]-?(?:in|innen|e|a|ra|rice|euse|trice)\)?|·e·s)(?!\w)", re.I)
"""Endings that name both sexes at once: ``Verfasser/in``, ``auteur(e)``, ``traductor/a``, ``Autor*in``."""
_INNER = re.compile(r"[^\w]+")
_JOINED = re.compile(r"\s*[,;/&+]\s*|\s+(?:and|\[and]|dan|und|et|y|e|en|og|och)\s+", re.I)
"""How two roles are written as one: ``editor and translator``, ``penyunting dan penerjemah``."""


def folded(term: str) -> str:
    """A term for comparison: no case, marks, diacritics or endings of sex."""
    decomposed = unicodedata.normalize("NFKD", _SEX.sub("", term).casefold())
    return _INNER.sub(" ", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()


@cache
def relator_terms(path: Path = FILE) -> dict[str, str]:
    """Codes of relators by folded term. Raises DeclarationError for an unknown code or a term with two meanings."""
    declared = yaml.safe_load(path.read_text("utf-8"))
    ambiguous = {folded(str(term)) for term in declared["ambiguous"]}
    found: dict[str, str] = {}
    found.update((key, code) for code, label in _english() if (key := folded(label)) not in ambiguous)
    for code, term in _declared(declared["terms"], path.name):
        key = folded(term)
        if key in ambiguous:
            raise DeclarationError(f"{path.name}: {term!r} stands below {code} and below `ambiguous`")
        if found.setdefault(key, code) != code:
            raise DeclarationError(f"{path.name}: {term!r} means both {found[key]} and {code}")
    return found


@cache
def of_unimarc(path: Path = FILE) -> dict[str, str]:
    """Relators by the codes that UNIMARC has for functions. Raises DeclarationError for an unknown relator."""
    found: dict[str, str] = yaml.safe_load(path.read_text("utf-8"))["unimarc"]
    if unknown := [code for code in found.values() if code not in table("relators")]:
        raise DeclarationError(f"{path.name}: MARC's list of relators lacks {', '.join(unknown)}")
    return found


def _english() -> Iterator[tuple[str, str]]:
    return ((code, known.label) for code, known in table("relators").items())


def _declared(languages: dict[str, Any], name: str) -> Iterator[tuple[str, str]]:
    for language, codes in languages.items():
        for code, terms in codes.items():
            if code not in table("relators"):
                raise DeclarationError(f"{name}: {language} names the relator {code!r}, which MARC's list lacks")
            yield from ((code, str(term)) for term in terms)


@lru_cache(maxsize=4096)
def relators_of(text: str) -> tuple[str, ...]:
    """The relators that a text means: one, several where it names several that are all known, or none."""
    known = relator_terms()
    whole = known.get(folded(text))
    if whole:
        return (whole,)
    parts = [known.get(folded(part)) for part in _JOINED.split(text) if part.strip(" .")]
    codes = [code for code in parts if code]
    return tuple(dict.fromkeys(codes)) if len(codes) == len(parts) > 1 else ()
