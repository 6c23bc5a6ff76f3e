"""Profiles: which local fields of a system hold items, and what each of their subfields says.

A profile is a file of ``ontology/profiles``; how one is written is told in docs/items.md.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from graph.errors import InputError
from ingest.code_map import CodeMap
from ontology import __file__ as ontology

FOLDER = Path(ontology).parent / "profiles"
CODES = Path(ontology).parent / "holdings-codes"
KINDS = frozenset(
    (
        *("item", "piece", "detail", "caption", "enumeration", "acquisition", "institutions", "member"),
        *("text", "kept"),
    )
)
AS_TEXT = ("text", "kept")
ROLES = frozenset(
    (
        *("holder", "place", "library", "sublocation", "number", "barcode", "inventory", "class_part", "item_part"),
        *("call_number", "call_prefix", "call_suffix", "scheme", "copy", "run", "volume", "description", "note"),
        *("policy", "code", "category", "acquired", "vendor", "method", "price", "locator", "link", "ignored"),
    )
)
AUTOMATIC = ("alma", "evergreen", "koha", "virginia", "penn-state", "sirsi", "marc21")
"""Tried in this order when no profile is named; the first whose signs a record bears is taken."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a subfield says. ``argument`` is the kind of note, the code column or the reason to ignore it;
    ``decides`` lists the terms (category, access, status) a code of this column may decide."""

    name: str
    argument: str = ""
    decides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """What a field is: an item, a piece of one, a detail of one, a pattern, how the items came to be here, the
    number of the record at a member library, or text kept with the record: because nobody knows what it says
    (``text``), or though it is known (``kept``: who held the title in a union of long ago is no item).

    ``roles`` holds, per subfield code, a role for each occurrence; the last one serves all that follow. A
    ``strict`` field belongs to the location with its number or to none.
    """

    kind: str
    roles: Mapping[str, tuple[Role, ...]] = field(default_factory=dict)
    schemes: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    strict: bool = False


@dataclass(frozen=True)
class Profile:
    """A system's way with items. ``named_by`` is the role whose text names an item; ``joined_by`` the field by
    which a separate holdings record names its bib (014 where that is missing)."""

    name: str
    title: str
    fields: Mapping[str, Field]
    codes: CodeMap
    signs: tuple[Mapping[str, Any], ...]
    month_first: bool = False
    named_by: str = "barcode"
    joined_by: str = "004"

    @cached_property
    def spoken(self) -> Mapping[str, Field]:
        """The fields that say something of items, by tag."""
        return {tag: spec for tag, spec in self.fields.items() if spec.kind not in AS_TEXT}

    @cached_property
    def ruled(self) -> Set[str]:
        """The tags of which the profile knows what becomes of them."""
        return {tag for tag, spec in self.fields.items() if spec.kind != "text"}

    def coverage(self, tag: str, code: str) -> str | None:
        """``mapped``, ``kept`` as text, the reason why a subfield is ignored, or None for fields that are no items
        here."""
        found = self.fields.get(tag)
        if found is None or found.kind == "text":
            return None
        if found.kind == "kept":
            return "kept"
        roles = found.roles.get(code)
        if roles and roles[0].name == "ignored":
            return roles[0].argument
        return "mapped"


@cache
def profile(name: str) -> Profile:
    """A profile by name. Raises InputError, naming the ones there are."""
    raw = _raw(name)
    codes = CodeMap.load(CODES / raw["codes"]) if raw.get("codes") else CodeMap()
    fields = {str(tag): _field(name, str(tag), spec) for tag, spec in raw["fields"].items()}
    signs = tuple(raw.get("recognise", ()))
    month_first = raw.get("dates") == "month first"
    return Profile(
        name,
        raw["title"],
        fields,
        codes,
        signs,
        month_first,
        raw.get("named_by", "barcode"),
        raw.get("joined_by", "004"),
    )


def _raw(name: str) -> dict[str, Any]:
    path = FOLDER / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in FOLDER.glob("*.yaml")))
        raise InputError(f"There is no profile {name!r}.", f"Known are: {known}.")
    raw: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return _extended(_raw(raw["extends"]), raw) if raw.get("extends") else raw


def _extended(base: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    fields = dict(base["fields"])
    for tag, spec in raw["fields"].items():
        below = fields.get(tag, {}) if spec.get("kind") not in AS_TEXT else {}
        subfields = {**below.get("subfields", {}), **spec.get("subfields", {})}
        fields[tag] = {**below, **spec, "subfields": subfields}
    inherited: dict[str, Any] = {key: base[key] for key in ("codes", "dates", "joined_by") if key in base}
    return {**inherited, **raw, "fields": fields}


def _field(name: str, tag: str, spec: Mapping[str, Any]) -> Field:
    kind = spec.get("kind", "item")
    if kind not in KINDS:
        raise InputError(
            f"Profile {name}, field {tag}: {kind!r} is no kind.", f"Known are: {', '.join(sorted(KINDS))}."
        )
    roles = {str(code): _roles(name, tag, value) for code, value in spec.get("subfields", {}).items()}
    return Field(kind, roles, spec.get("indicator1", {}), spec.get("about", ""), bool(spec.get("strict")))


def _roles(name: str, tag: str, value: Any) -> tuple[Role, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(_role(name, tag, each) for each in values)


def _role(name: str, tag: str, value: Any) -> Role:
    if isinstance(value, str):
        role = Role(value)
    else:
        decides = tuple(value.get("decides", ()))
        word, argument = next((key, text) for key, text in value.items() if key != "decides")
        role = Role(word, str(argument), decides)
    if role.name not in ROLES:
        raise InputError(
            f"Profile {name}, field {tag}: {role.name!r} is no role.", "docs/items.md lists the roles."
        )
    return role
