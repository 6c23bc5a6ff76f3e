"""What our reconciliation service offers: types, properties, names of features, read from the files beside this."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ontology.errors import DeclarationError

FOLDER = Path(__file__).parent
VALUES = ("entity", "text", "number", "count")
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Type:
    """A type of entity: its id, the kinds of entry it covers, and prefixed classes that are taken for it."""

    id: str
    kinds: tuple[str, ...]
    classes: tuple[str, ...]
    broader: str
    name: Names


@dataclass(frozen=True, slots=True)
class Property:
    """A property of entities.

    ``pattern`` is a graph pattern from ``?one`` to ``?value``; ``values`` one of VALUES, ``of`` the type of those
    that are entities ("" when they are of several); ``evidence`` the field of
    a heading the matcher weighs, "" when the odds are multiplied by ``agree`` or ``differ`` instead; ``finds``
    marks identifiers, ``link`` the start of the IRIs among ``owl:sameAs`` whose rest is the value.
    """

    id: str
    name: Names
    types: tuple[str, ...]
    pattern: str
    values: str
    evidence: str = ""
    agree: float = 1.0
    differ: float = 1.0
    finds: bool = False
    link: str = ""
    of: str = ""


@cache
def types() -> Mapping[str, Type]:
    """All types by id, the most general of each family first."""
    return {
        one["type"]: Type(
            one["type"], tuple(one["kinds"]), tuple(one["classes"]), one.get("broader", ""), _names(one)
        )
        for one in _read("types.yaml")
    }


@cache
def properties() -> Mapping[str, Property]:
    """All properties by id, in the order in which they are proposed. Raises DeclarationError."""
    return {name: _property(name, one) for name, one in _read("properties.yaml").items()}


@cache
def features() -> Mapping[str, Names]:
    """Names of matching features by id."""
    return dict(_read("features.yaml"))


def wider(type_id: str) -> tuple[str, ...]:
    """A type and all that are broader, the nearest first."""
    found = types()[type_id]
    return (type_id, *wider(found.broader)) if found.broader else (type_id,)


def narrower(type_id: str) -> tuple[str, ...]:
    """A type and all below it."""
    return tuple(name for name in types() if type_id in wider(name))


def type_of_kind(kind: str) -> str:
    """The most special type of a kind of entry; "" for a kind that no type covers."""
    fitting = [one for one in types().values() if kind in one.kinds]
    return min(fitting, key=lambda one: len(one.kinds)).id if fitting else ""


def properties_of(type_id: str) -> list[Property]:
    """The properties that entities of a type may have, those of wider types included; all for ""."""
    if not type_id:
        return list(properties().values())
    family = {*wider(type_id), *narrower(type_id)}
    return [one for one in properties().values() if family.intersection(one.types)]


def _property(name: str, raw: dict[str, Any]) -> Property:
    link = raw.get("link", "")
    pattern = raw.get("pattern") or (
        f'?one owl:sameAs|skos:exactMatch ?same FILTER (STRSTARTS(STR(?same), "{link}")) '
        f'BIND (STRAFTER(STR(?same), "{link}") AS ?value)'
    )
    unknown = {*raw["types"], *([raw["of"]] if "of" in raw else [])} - set(types())
    if unknown or raw["values"] not in VALUES or not (link or raw.get("pattern")):
        raise DeclarationError(f"properties.yaml: {name}: types, values or pattern are wrong ({sorted(unknown)}).")
    more = {key: raw[key] for key in ("evidence", "agree", "differ", "finds", "link", "of") if key in raw}
    return Property(name, _names(raw), tuple(raw["types"]), pattern, raw["values"], **more)


def _names(raw: dict[str, Any]) -> Names:
    return {"en": raw["en"], "id": raw["id"]}


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
