"""Finds and checks the saved queries: ``ontology/queries/*.rq``, SPARQL with a YAML header in its leading comment.

The header says in both languages what the query is called and asks, which parameters it takes and what its
columns mean. The lines that end in ``# parameters`` hold the parameters as VALUES with example values; asking
replaces exactly those lines (sub-SELECTs do not see variables bound outside, so a query may have several).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from ontology.errors import DeclarationError

FOLDER = Path(__file__).parent / "queries"
TYPES = frozenset({"date", "entity", "code", "integer", "language"})
REQUIRED = "required"
PARAMETER_LINE = re.compile(
    r"^(?P<indent>\s*)VALUES\s+\((?P<names>[^)]*)\)\s*\{\s*\((?P<terms>.*)\)\s*\}\s*# parameters\s*$", re.MULTILINE
)
_TERM = re.compile(r'"[^"]*"(?:\^\^\S+|@\S+)?|\S+')
_PREFIX = re.compile(r"^PREFIX\s+(\S*?):\s*<([^>]*)>", re.MULTILINE)
_LANGUAGES = ("en", "id")


class HeaderError(DeclarationError):
    """A saved query is not what its header says; the message names the file."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing to fill in: ``default`` is a rule (``today+90d``, ``only network``, ``any``, …) or ``required``."""

    name: str
    type: str
    default: str
    label: Mapping[str, str]
    example: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One file of ``ontology/queries``; ``text`` is runnable SPARQL with the example values."""

    name: str
    title: Mapping[str, str]
    sentence: Mapping[str, str]
    page: str
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, Mapping[str, str]]
    text: str
    chart: Mapping[str, str]


@cache
def saved_queries() -> Mapping[str, SavedQuery]:
    """All saved queries by name, each checked against its header. Raises HeaderError."""
    return {path.stem: read(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.rq"))}


def read(name: str, text: str) -> SavedQuery:
    """The saved query in a file's text. Raises HeaderError when header and query do not agree."""
    header = _header(name, text)
    examples = dict(_examples(name, text))
    declared = header.get("parameters") or {}
    if set(declared) != set(examples):
        raise HeaderError(f"{name}: the header declares {sorted(declared)}, the VALUES lines {sorted(examples)}.")
    query = SavedQuery(
        name=name,
        title=_both(name, header, "title"),
        sentence=_both(name, header, "sentence"),
        page=str(header.get("page", "")),
        parameters=tuple(_parameter(name, key, declared[key], examples[key]) for key in declared),
        columns={key: _both(name, header["columns"], key) for key in header.get("columns") or {}},
        text=text,
        chart=header.get("chart") or {},
    )
    _check_columns(query)
    return query


def _header(name: str, text: str) -> dict[str, Any]:
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line[1:].removeprefix(" "))
    try:
        header = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        raise HeaderError(f"{name}: the leading comment is not valid YAML: {error}") from error
    if not isinstance(header, dict):
        raise HeaderError(f"{name}: the leading comment holds no header.")
    return header


def _both(name: str, of: Mapping[str, Any], key: str) -> Mapping[str, str]:
    value = of.get(key)
    if not isinstance(value, dict) or not all(isinstance(value.get(language), str) for language in _LANGUAGES):
        raise HeaderError(f"{name}: {key!r} needs a text in both languages: {{en: …, id: …}}.")
    return {language: value[language] for language in _LANGUAGES}


def _examples(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Parameter names and their example terms, full IRIs instead of prefixed names."""
    prefixes = dict(_PREFIX.findall(text))
    for line in PARAMETER_LINE.finditer(text):
        names = [variable.lstrip("?") for variable in line["names"].split()]
        terms = _TERM.findall(line["terms"])
        if len(names) != len(terms):
            raise HeaderError(f"{name}: {line.group().strip()!r} has {len(names)} names and {len(terms)} values.")
        yield from zip(names, (_expanded(term, prefixes) for term in terms), strict=True)


def _expanded(term: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = term.partition(":")
    if term.startswith('"'):
        return term.split('"')[1]
    return prefixes[prefix] + local if colon and prefix in prefixes else term


def _parameter(name: str, key: str, declared: Mapping[str, Any], example: str) -> Parameter:
    kind = str(declared.get("type"))
    if kind not in TYPES:
        raise HeaderError(f"{name}: parameter {key!r} has the unknown type {kind!r}; known: {sorted(TYPES)}.")
    label = _both(name, declared, "label")
    return Parameter(key, kind, str(declared.get("default", REQUIRED)), label, example)


def _check_columns(query: SavedQuery) -> None:
    try:
        solutions = ox.Store().query(query.text)
    except SyntaxError as error:
        raise HeaderError(f"{query.name}: {error}") from error
    if not isinstance(solutions, ox.QuerySolutions):
        raise HeaderError(f"{query.name}: a saved query must be a SELECT.")
    selected = [variable.value for variable in solutions.variables]
    if selected != list(query.columns):
        raise HeaderError(f"{query.name}: the query selects {selected}, the header names {list(query.columns)}.")
