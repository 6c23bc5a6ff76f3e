"""Every address of the endpoints is documented."""

import re
from pathlib import Path

from flask import Flask

from graph.settings import Settings
from web.app import create_app

OURS = {
    "reconcile",
    "sameness",
    "sparql",
    "graph_store",
    "entities",
    "dataset",
    "downloads",
    "feeds",
    "oai",
    "discovery",
    "health",
}


def addresses(app: Flask) -> set[str]:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.partition(".")[0] in OURS]
    return {re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", r"{\1}", rule.rule) for rule in rules}


def test_documented(tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "addresses.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([^`]+)`", text, re.MULTILINE))
    served = addresses(create_app(Settings(data=str(tmp_path))))
    assert served <= documented
