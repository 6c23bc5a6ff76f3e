"""Mapping rules: MARC 21 → BIBFRAME as YAML, one file per MARC block below ``ontology/rules``.

Loaded and checked here; ``ontology.compiler`` makes Python functions of them. How a rule is written:
docs/writing-a-rule.md.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ontology.errors import DeclarationError

RULES = Path(__file__).parent / "rules"
KEYS = frozenset(
    [
        "tag",
        "name",
        "ind1",
        "ind2",
        "level",
        "home",
        "property",
        "class",
        "fragment",
        "each",
        "common",
        "subfields",
        "with",
        "call",
        "options",
        "material",
        "category",
        "positions",
        "ignore",
        "examples",
        "named_by",
        "needs",
    ]
)
LEVELS = ("work", "instance", "record")
LINKING = {
    "6": "pairs a field with its other script",
    "7": "says where the field's data are from, or codes the leader of the record that the field is about",
    "8": "links and sequences fields",
}
"""Subfields of every tag that say nothing of the resource, with the reasons."""
_STEP = re.compile(r"\[([^\]]+)\]|([^/\[\]]+)")


class RuleError(DeclarationError):
    """A rule file says something that cannot be meant; the message names file and line."""


@dataclass(frozen=True, slots=True)
class PropertyPath:
    """``bf:note/[bf:Note]/rdfs:label = trim``: properties, the classes of the nodes between, a value function.

    ``steps`` are (property, classes of the node it leads to); the last has no classes. ``value`` is the name
    of a value function and its arguments.
    """

    steps: tuple[tuple[str, tuple[str, ...]], ...]
    value: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subfield:
    """What becomes of one subfield, or of several joined in field order (``codes`` longer than 1)."""

    codes: str
    paths: tuple[PropertyPath, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that depends on an indicator or on the content of a subfield (``by``: ind1, ind2, $2)."""

    by: str
    options: Mapping[str, tuple[str, ...]]
    otherwise: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A record in MarcEdit's notation and statements that its conversion must (not) contain."""

    record: str
    says: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a rule file; see docs/writing-a-rule.md for what each key means."""

    file: str
    line: int
    tags: tuple[str, ...]
    name: str
    level: str = "instance"
    home: str = ""
    ind1: str = ""
    ind2: str = ""
    predicate: str = ""
    classes: Choice | None = None
    fragment: str = ""
    each: str = ""
    common: str = ""
    needs: str = ""
    named_by: str = ""
    subfields: tuple[Subfield, ...] = ()
    constants: tuple[Choice, ...] = ()
    call: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    material: tuple[str, ...] = ()
    category: str = ""
    positions: Mapping[str, tuple[PropertyPath, ...]] = field(default_factory=dict)
    ignore: Mapping[str, str] = field(default_factory=dict)
    mapped: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()

    @property
    def place(self) -> str:
        """Where the rule stands: ``0XX.yaml:12``."""
        return f"{self.file}:{self.line}"

    def codes(self) -> Iterator[str]:
        """The subfield codes that this rule maps."""
        for subfield in self.subfields:
            yield from subfield.codes
        yield from self.mapped


def load_rules(folder: Path = RULES) -> list[Rule]:
    """All rules of a folder, in the order of file names and lines. Raises RuleError."""
    rules = []
    for path in sorted(folder.glob("*.yaml")):
        rules += list(_file(path))
    return rules


def _file(path: Path) -> Iterator[Rule]:
    node = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(node, yaml.MappingNode) or "rules" not in data:
        raise RuleError(f"{path.name}: expected `block:` and `rules:`")
    listed = next(value for key, value in node.value if key.value == "rules")
    for entry, where in zip(data["rules"], listed.value, strict=True):
        try:
            yield _rule(entry, path.name, where.start_mark.line + 1)
        except (RuleError, KeyError, TypeError, AttributeError) as error:
            raise RuleError(f"{path.name}:{where.start_mark.line + 1}: {error}") from error


def _rule(entry: dict[str, Any], file: str, line: int) -> Rule:
    unknown = set(entry) - KEYS
    if unknown:
        raise RuleError(f"unknown key {', '.join(sorted(unknown))}; known: {', '.join(sorted(KEYS))}")
    level = entry.get("level", "instance")
    if level not in LEVELS:
        raise RuleError(f"level {level!r} is none of {', '.join(LEVELS)}")
    call = entry.get("call", "")
    subfields = entry.get("subfields") or {}
    return Rule(
        file=file,
        line=line,
        tags=tuple(str(entry["tag"]).split()),
        name=entry["name"],
        level=level,
        home=entry.get("home", level),
        ind1=str(entry.get("ind1", "")).replace(" ", "").replace("#", " "),
        ind2=str(entry.get("ind2", "")).replace(" ", "").replace("#", " "),
        predicate=entry.get("property", ""),
        classes=_choice(entry.get("class")),
        fragment=entry.get("fragment", ""),
        each=str(entry.get("each", "")),
        common=str(entry.get("common", "")),
        needs=str(entry.get("needs", "")),
        named_by=str(entry.get("named_by", "")),
        subfields=() if call else tuple(_subfield(str(c), spec) for c, spec in subfields.items()),
        constants=_choices(entry.get("with")),
        call=call,
        options=entry.get("options") or {},
        material=tuple(str(entry.get("material", "")).split()),
        category=str(entry.get("category", "")),
        positions={str(p): _paths(spec) for p, spec in (entry.get("positions") or {}).items()},
        ignore=LINKING | _expanded(entry.get("ignore") or {}),
        mapped=_expanded(subfields) if call else {},
        examples=tuple(_example(e) for e in entry.get("examples") or ()),
    )


def _expanded(codes: dict[Any, str]) -> dict[str, str]:
    """``{"a b": "why"}`` → one entry per code; positions (``18-21``) stay whole."""
    return {part: why for key, why in codes.items() for part in str(key).split()}


def _example(entry: dict[str, Any]) -> Example:
    return Example(entry["record"], tuple(entry.get("says") or ()), tuple(entry.get("never") or ()))


def _choice(spec: Any) -> Choice | None:
    if spec is None:
        return None
    if not isinstance(spec, dict):
        return Choice("", {}, _listed(spec))
    return Choice(spec["by"], _options(spec), _listed(spec.get("else", [])))


def _choices(spec: Any) -> tuple[Choice, ...]:
    """``with``: constants, and constants by indicator or subfield, in any mixture."""
    items = spec if isinstance(spec, list) else [spec] if spec else []
    fixed = [item for item in items if isinstance(item, str)]
    choices = [
        Choice(item["by"], _options(item), _listed(item.get("else", [])))
        for item in items
        if isinstance(item, dict)
    ]
    return (*([Choice("", {}, tuple(fixed))] if fixed else []), *choices)


def _options(spec: dict[Any, Any]) -> dict[str, tuple[str, ...]]:
    return {str(k).replace("#", " "): _listed(v) for k, v in spec.items() if k not in ("by", "else")}


def _listed(spec: Any) -> tuple[str, ...]:
    return tuple(spec) if isinstance(spec, list) else (spec,)


def _subfield(codes: str, spec: Any) -> Subfield:
    if isinstance(spec, dict):
        return Subfield(codes, _paths(spec["path"]), _listed(spec.get("also", [])))
    return Subfield(codes, _paths(spec))


def _paths(spec: Any) -> tuple[PropertyPath, ...]:
    return tuple(_path(text) for text in _listed(spec))


def _path(text: str) -> PropertyPath:
    left, _, right = text.partition(" = ")
    steps: list[tuple[str, tuple[str, ...]]] = []
    position = 0
    stripped = left.strip()
    while position < len(stripped):
        match = _STEP.match(stripped, position)
        if match is None:
            raise RuleError(f"cannot read the path {text!r}")
        if match[1]:
            steps[-1] = (steps[-1][0], tuple(match[1].split("+")))
        else:
            steps.append((match[2], ()))
        position = match.end() + (stripped[match.end() : match.end() + 1] == "/")
    if not steps or steps[-1][1]:
        raise RuleError(f"the path {text!r} must end in a property")
    return PropertyPath(tuple(steps), tuple(right.split()) or ("text",))
