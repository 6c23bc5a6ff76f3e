"""The lists that authority numbers are from: ``ontology/matching/lists.yaml``, checked when read."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ontology.errors import DeclarationError

FILE = Path(__file__).parent / "matching" / "lists.yaml"
CHECKS = ("", "isni", "gnd", "idref")


@dataclass(frozen=True, slots=True)
class AuthorityList:
    """One list: ``start`` and ``end`` of its IRIs, lower-case ``codes``, what a ``number`` looks like, other
    beginnings of addresses that mean it (``also``), its ``check`` digit, and whether a ``bare`` number tells it."""

    name: str
    start: str
    end: str
    codes: frozenset[str]
    number: re.Pattern[str]
    also: tuple[str, ...]
    check: str
    bare: bool


@cache
def authority_lists() -> dict[str, AuthorityList]:
    """The lists by name. Raises DeclarationError naming the list that is wrong."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))["lists"]
    return {name: _read(name, entry) for name, entry in raw.items()}


def _read(name: str, raw: dict[str, object]) -> AuthorityList:
    start, braces, end = str(raw["iri"]).partition("{}")
    check = str(raw.get("check", ""))
    number = re.compile(str(raw["number"]), re.IGNORECASE)
    if not braces or check not in CHECKS or "n" not in number.groupindex:
        raise DeclarationError(
            f"{FILE.name}: {name} needs an iri with {{}}, a number with (?P<n>…) and a known check"
        )
    codes, also = raw.get("codes", []), raw.get("also", [])
    assert isinstance(codes, list)
    assert isinstance(also, list)
    known = frozenset(str(code).lower() for code in codes)
    return AuthorityList(name, start, end, known, number, tuple(map(str, also)), check, bool(raw.get("bare")))
