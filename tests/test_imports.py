"""The arrows between the packages point one way (docs/architecture.md, "The house")."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {
    "ontology": {"ontology"},
    "graph": {"graph", "ontology"},
    "ingest": {"ingest", "graph", "ontology"},
    "web": {"web", "ingest", "graph", "ontology"},
}
MODULES = sorted(path for package in ALLOWED for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    tops = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            tops |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            tops.add((node.module or "").partition(".")[0])
    return tops & set(ALLOWED)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path):
    assert imported(path) <= ALLOWED[path.relative_to(ROOT).parts[0]]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_small(path: Path):
    assert len(path.read_text("utf-8").splitlines()) <= 400
