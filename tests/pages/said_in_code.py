"""What the program says to people from below the pages, read from its sources without running them.

A *saying* is a call whose argument is a message or a remedy: an error raised, a Problem or Repair noted, a failure
answered. Functions that hand a parameter on to such a call are sayings themselves; they are found by repeating.
Parts that only running could tell become ``{}``.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

from graph.settings import SETTINGS
from ingest.authority.terms import CONTROL, CONTROLS, KEPT
from ingest.code_map import MEANINGS
from ingest.coverage import HOLDINGS_CONTROLS, rulings
from ingest.items.profiles import FOLDER, profile
from ontology.rules import LINKING
from web.failures import OF_HTTP

ROOT = Path(__file__).parents[2]
OPEN = "{}"
MOST = 24
"""Alternatives of one message; more would mean that the reading went astray."""

SAYINGS = {
    "Problem": (1, 2),
    "Repair": (1,),
    "lost": (4,),
    "Encoding": (2,),
    "Refused": (1, 2),
    "failure": (1, 2),
    "NotFound": (0, 1),
    "Ambiguous": (0, 1),
    "QueryTimeout": (0, 1),
    "InputError": (0, 1),
    "QueryError": (0, 1),
    "StoreError": (0, 1),
    "SettingsError": (0, 1),
    "CellError": (0, 1),
}
"""Where the calls that say something have their message and their remedy."""

NEVER_ON_A_PAGE = {
    "web/cli": "the command line speaks English",
    "web/server.py": "said at start, to a terminal",
    "graph/backup.py": "`jejaring backup` and `restore` only",
    "ingest/soundness.py": "`jejaring verify` only",
    "ingest/lookups": "`jejaring lookup` only: no page asks a service on the network",
}
"""Modules whose messages no page shows, with the reason. ValueErrors are left out as well: all are caught."""

LIBRARIES = (
    "error at {}: expected {}",
    "No such file or directory",
    "Permission denied",
    "No space left on device",
    "Input/output error",
    "[Errno {}] No such file or directory: {}",
    "[Errno {}] Permission denied: {}",
    "[Errno {}] No space left on device",
    "[Errno {}] No space left on device: {}",
)
"""What Oxigraph and the system say of what people do wrong; it stands within messages of ours."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
Values = list[str]
Scope = dict[str, list[ast.expr]]


@dataclass
class Module:
    """One source file: what its names are given, and its calls with the function each stands in."""

    path: str
    names: Scope = field(default_factory=dict)
    calls: list[tuple[Function | None, ast.Call]] = field(default_factory=list)

    def scope(self, function: Function | None) -> Scope:
        """The names that a function sees."""
        return self.names | _inside(function) if function else self.names


@cache
def modules() -> tuple[Module, ...]:
    """The sources below the pages."""
    found = []
    for package in ("graph", "ingest", "web"):
        for file in sorted((ROOT / package).rglob("*.py")):
            path = file.relative_to(ROOT).as_posix()
            if not any(path.startswith(one) for one in NEVER_ON_A_PAGE):
                tree = ast.parse(file.read_text(encoding="utf-8"))
                found.append(Module(path, _assigned(tree.body) | _attributes(tree), list(_calls(tree))))
    return tuple(found)


@cache
def said_in_code() -> dict[str, str]:
    """Each template that the code says, with one place where it does."""
    sayings = {name: dict(enumerate(places)) for name, places in SAYINGS.items()}
    wanted: dict[tuple[str, str], set[int | str]] = {
        ("", name): set(places.values()) | {"message", "remedy"} for name, places in sayings.items()
    }
    size = -1
    while size != sum(map(len, wanted.values())):
        size = sum(map(len, wanted.values()))
        for module in modules():
            for function, call in module.calls:
                _hand_on(module, function, call, wanted)
    found: dict[str, str] = {}
    for module in modules():
        for function, call in module.calls:
            for argument in _arguments(module, call, wanted):
                for text in _values(argument, module.scope(function), 0):
                    if re.search(r"[^\W\d_]{2}", text.replace(OPEN, "")):
                        found.setdefault(text, f"{module.path}:{call.lineno}")
    return found


def _calls(tree: ast.AST, inside: Function | None = None) -> Iterator[tuple[Function | None, ast.Call]]:
    for node in ast.iter_child_nodes(tree):
        around = node if isinstance(node, Function) else inside
        if isinstance(node, ast.Call):
            yield inside, node
        yield from _calls(node, around)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _arguments(module: Module, call: ast.Call, wanted: dict[tuple[str, str], set[int | str]]) -> Iterator[ast.expr]:
    name = _name(call)
    places = wanted.get(("", name), set()) | wanted.get((module.path, name), set())
    if not places:
        return
    yield from (argument for number, argument in enumerate(call.args) if number in places)
    yield from (keyword.value for keyword in call.keywords if keyword.arg in places)


def _hand_on(
    module: Module, function: Function | None, call: ast.Call, wanted: dict[tuple[str, str], set[int | str]]
) -> None:
    """A function that hands its parameter on as a message is a saying itself; private ones in their module only."""
    if function is None or function.name == "__init__":
        return
    parameters = [one.arg for one in function.args.args if one.arg != "self"]
    for argument in _arguments(module, call, wanted):
        for one in ast.walk(argument):
            if isinstance(one, ast.Name) and one.id in parameters and one is argument:
                key = (module.path if function.name.startswith("_") else "", function.name)
                wanted.setdefault(key, set()).update({parameters.index(one.id), one.id})


def _inside(function: Function) -> Scope:
    """What the names of a function can be; its parameters, unless given anew, are known only when it runs."""
    unknown: Scope = {one.arg: [ast.Constant(0)] for one in (*function.args.args, *function.args.kwonlyargs)}
    return unknown | _assigned(function.body)


def _assigned(body: list[ast.stmt]) -> Scope:
    scope: Scope = {}
    for node in (inner for statement in body for inner in _without_functions(statement)):
        for name, value in _given(node):
            scope.setdefault(name, []).append(value)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) and node.target.id in scope:
            longer = ast.BinOp(scope[node.target.id].pop(), ast.Add(), node.value)
            scope[node.target.id].append(longer)
    return scope


def _given(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.AnnAssign) and node.value:
        yield from _pairs(node.target, node.value)
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _pairs(target, node.value)
    if isinstance(node, ast.For):
        yield from _pairs(node.target, ast.Subscript(node.iter, ast.Constant(0)))


def _attributes(tree: ast.Module) -> Scope:
    """What is given to ``self``, by the attribute as it is written."""
    scope: Scope = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            scope.setdefault(ast.unparse(node.targets[0]), []).append(node.value)
    return {name: values for name, values in scope.items() if name.startswith("self.")}


def _without_functions(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if not isinstance(node, Function):
        for child in ast.iter_child_nodes(node):
            yield from _without_functions(child)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Names and what they are given; of a row of several only a part, said by its number."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple):
        for number, one in enumerate(target.elts):
            part = (
                value.elts[number] if isinstance(value, ast.Tuple) else ast.Subscript(value, ast.Constant(number))
            )
            yield from _pairs(one, part)


def _values(node: ast.expr, scope: Scope, depth: int) -> Values:
    """The texts an expression can be, with ``{}`` for what only running tells."""
    found = _alternatives(node, scope, depth) if depth < 6 else [OPEN]
    return list(dict.fromkeys(re.sub(r"(\{\}){2,}", OPEN, one) for one in found))[:MOST]


def _alternatives(node: ast.expr, scope: Scope, depth: int) -> Values:
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else [""] if node.value is None else [OPEN]
    if isinstance(node, ast.JoinedStr):
        return _joined([_piece(one, scope, depth) for one in node.values])
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _joined([_values(node.left, scope, depth + 1), _values(node.right, scope, depth + 1)])
    if isinstance(node, ast.IfExp):
        return _values(node.body, scope, depth + 1) + _values(node.orelse, scope, depth + 1)
    if isinstance(node, ast.BoolOp):
        return [text for one in node.values for text in _values(one, scope, depth + 1)]
    if isinstance(node, ast.Name) and node.id in scope:
        return [text for one in scope[node.id] for text in _values(one, scope, depth + 1)]
    if isinstance(node, ast.Call) and _name(node) == "replace":
        return [OPEN, *_values(node.args[1], scope, depth + 1)]
    if isinstance(node, ast.Attribute) and ast.unparse(node) in scope:
        return [text for one in scope[ast.unparse(node)] for text in _values(one, scope, depth + 1)]
    if isinstance(node, ast.Subscript):
        return [text for one in _parts(node, scope) for text in _values(one, scope, depth + 1)] or [OPEN]
    return [OPEN]


def _parts(node: ast.Subscript, scope: Scope) -> list[ast.expr]:
    """The expressions that a part of a dictionary or of a row of rows can be."""
    whole, number = node.value, node.slice
    if isinstance(whole, ast.Subscript):
        found = _parts(whole, scope)
        place = number.value if isinstance(number, ast.Constant) else None
        return [one.elts[place] for one in found if isinstance(one, ast.Tuple) and isinstance(place, int)]
    given = scope.get(whole.id, []) if isinstance(whole, ast.Name) else [whole]
    parts: list[ast.expr] = []
    for one in given:
        parts += one.values if isinstance(one, ast.Dict) else one.elts if isinstance(one, ast.Tuple) else []
    return parts


def _piece(node: ast.expr, scope: Scope, depth: int) -> Values:
    if not isinstance(node, ast.FormattedValue):
        return _values(node, scope, depth + 1)
    found = [OPEN] if node.conversion != -1 or node.format_spec else _values(node.value, scope, depth + 1)
    return [text for text in found if text] if OPEN in found else found


def _joined(pieces: list[Values]) -> Values:
    return ["".join(one) for one in product(*pieces)]


@cache
def said_beside_code() -> dict[str, str]:
    """What is declared rather than raised: the framework's refusals, the settings' sentences, and why subfields are
    passed over."""
    found = {text: "web/failures.py" for pair in OF_HTTP.values() for text in pair if text}
    found |= {one.sentence: "graph/settings.py" for one in SETTINGS}
    reasons = {*rulings().ignored.values(), *LINKING.values(), KEPT["040"], *CONTROL.values(), *CONTROLS.values()}
    for one in (profile(file.stem) for file in sorted(FOLDER.glob("*.yaml"))):
        reasons.update(
            role.argument
            for spec in one.fields.values()
            for roles in spec.roles.values()
            for role in roles
            if role.name == "ignored"
        )
    reasons.update(HOLDINGS_CONTROLS.values())
    found |= dict.fromkeys(MEANINGS, "ingest/code_map.py")
    found |= dict.fromkeys(LIBRARIES, "Oxigraph and the system")
    return found | {one: "ontology" for one in sorted(filter(None, reasons)) if one != "mapped"}


KINDS = {"Problem": 0, "Repair": 0, "note": 0, "refuse": 0, "problem": 0, "_problem": 0, "lost": 3, "_unknown": 0}
"""The calls that say of what kind a problem is, and where."""


@cache
def kinds_in_code() -> dict[str, str]:
    """The kinds of problems, as they stand in a report."""
    found: dict[str, str] = {}
    for module in modules():
        for function, call in module.calls:
            place = KINDS.get(_name(call), len(call.args))
            for argument in call.args[place : place + 1]:
                for text in _values(argument, module.scope(function), 0):
                    if re.fullmatch(r"[a-z0-9{}-]*[a-z][a-z0-9{}-]*", text):
                        found.setdefault(text, f"{module.path}:{call.lineno}")
    return found
