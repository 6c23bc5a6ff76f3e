"""Checks of a release: counted once when it is made, kept in ``checks.json`` beside its store."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.names import SPARQL_PREFIXES
from graph.releases import Release
from graph.store import LocalStore
from ontology.checks import Check, checks

FILE = "checks.json"
EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """How many entities (of how many of their class) a check found, and some of them (IRIs)."""

    name: str
    found: int
    of: int
    examples: tuple[str, ...]


def run(store: LocalStore) -> list[Finding]:
    """The findings of all checks."""
    return [_finding(store, check) for check in checks()]


def build(store: LocalStore, release: Path) -> None:
    """Write the findings beside a release that is being made."""
    found = [asdict(one) for one in run(store)]
    (release / FILE).write_text(json.dumps(found, indent=1), encoding="utf-8")


def read(release: Release) -> list[Finding]:
    """The findings of a release as they were written with it; none of releases that were made before there were."""
    file = release.path / FILE
    if not file.is_file():
        return []
    entries = json.loads(file.read_text(encoding="utf-8"))
    known = {check.name for check in checks()}
    return [Finding(**{**one, "examples": tuple(one["examples"])}) for one in entries if one["name"] in known]


def _finding(store: LocalStore, check: Check) -> Finding:
    every = SPARQL_PREFIXES + f"SELECT (COUNT(DISTINCT ?one) AS ?n) WHERE {{ ?one a {check.of} }}"
    fitting = SPARQL_PREFIXES + f"SELECT DISTINCT ?one WHERE {{ ?one a {check.of} . {check.where} }}"
    rows = store.store.query(fitting)
    assert isinstance(rows, ox.QuerySolutions)
    examples: list[str] = []
    found = 0
    for row in rows:
        found += 1
        if len(examples) < EXAMPLES:
            examples.append(row["one"].value)
    total = store.select(every)[0]["n"]
    return Finding(check.name, found, int(total.value) if total else 0, tuple(examples))
