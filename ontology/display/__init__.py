"""How entities are shown: kinds with their addresses, and facts in their order, read from the files beside this."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entity: the classes that make it, its address segment, its name in both languages."""

    kind: str
    segment: str
    classes: tuple[str, ...]
    name: Names
    many: Names


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, most telling first; the last fits everything."""
    return tuple(
        Kind(one["kind"], one["segment"], tuple(one["classes"]), {"en": one["en"], "id": one["id"]}, one["many"])
        for one in _read("kinds.yaml")
    )


@cache
def properties() -> Mapping[str, Names]:
    """Prefixed property names in the order in which facts are shown, with their names in both languages."""
    return dict(_read("properties.yaml"))


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
