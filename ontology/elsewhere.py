"""Lists elsewhere to which our entities are linked (``elsewhere.yaml``): their names, and their place in MARC."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("elsewhere.yaml")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A list: how its IRIs begin, its name in both languages, the MARC subfield (0 or 1) for its IRIs."""

    start: str
    name: Mapping[str, str]
    marc: str


@cache
def lists() -> tuple[Elsewhere, ...]:
    """All lists we know by name."""
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(Elsewhere(one["start"], {"en": one["en"], "id": one["id"]}, one["marc"]) for one in raw)


def list_of(iri: str) -> Elsewhere | None:
    """The list that an IRI is from, also when it is written with the other of http and https; None if unknown."""
    bare = _bare(iri)
    return next((one for one in lists() if bare.startswith(_bare(one.start))), None)


def local_part(iri: str) -> str:
    """What tells an IRI from others of its list: ``https://d-nb.info/gnd/118540238`` → ``118540238``."""
    found = list_of(iri)
    return _bare(iri)[len(_bare(found.start)) :].removesuffix("/id").rstrip("/") if found else iri


def _bare(iri: str) -> str:
    return iri.removeprefix("https:").removeprefix("http:")
