"""The checks of a release, read from ``checks.yaml`` beside this: what is counted, why it matters, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ontology.errors import DeclarationError

FILE = Path(__file__).parent / "checks.yaml"
_KEYS = {"of", "where", "title", "remedy"}


@dataclass(frozen=True, slots=True)
class Check:
    """One check: entities ``?one`` of the class ``of`` (prefixed name) that fit the SPARQL pattern ``where``."""

    name: str
    of: str
    where: str
    title: Mapping[str, str]
    remedy: Mapping[str, str]


@cache
def checks(file: Path = FILE) -> tuple[Check, ...]:
    """All checks in their order. Raises DeclarationError for an entry that lacks a key or a language."""
    found = []
    for name, entry in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        if set(entry) != _KEYS or any(set(entry[key]) != {"en", "id"} for key in ("title", "remedy")):
            raise DeclarationError(f"{file.name}: {name} must have of, where, and title and remedy in en and id.")
        found.append(Check(name, **entry))
    return tuple(found)
