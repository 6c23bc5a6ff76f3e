"""How close the converter comes to the Library of Congress' one: recall and precision over ten sources.

Twice: with items left out, as the reference has none of holdings (every statement about one could only count as
extra), and with them. ``--write`` counts the differences by their reasons (``differences.yaml``) into
docs/differences.md. Reads ``../shared/reference`` with the comparator beside it; says so and stops where that is
absent.
"""

import gzip
import importlib.util
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pymarc
import yaml

from ingest.convert import Converter
from ingest.source import Source

SHARED = Path(__file__).resolve().parents[2] / "shared"
FOLDER = SHARED / "reference" / "bibframe"
BASE = "https://jejaring.example"
REASONS = Path(__file__).with_name("differences.yaml")
PAGE = Path(__file__).parents[1] / "docs" / "differences.md"
MARKS = ("<!-- counted by `python -m benches.reference --write` -->\n", "<!-- end of what is counted -->\n")
VIEWS = ("strict", "loose", "nodes")


def comparator() -> ModuleType:
    """The comparator as a module."""
    path = SHARED / "tools" / "bibframe_compare.py"
    spec = importlib.util.spec_from_file_location("bibframe_compare", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bibframe_compare"] = module
    spec.loader.exec_module(module)
    return module


def converted(name: str, target: Path, *, items: bool = False) -> None:
    """Convert one of the inputs into an N-Triples file."""
    converter = Converter(BASE, Source(name), items=items)
    lines: dict[str, None] = {}
    with gzip.open(FOLDER / f"{name}.marcxml.gz") as stream:
        for record in pymarc.parse_xml_to_array(stream):
            lines.update(dict.fromkeys(converter.convert(record).lines))
    target.write_text("\n".join(lines) + "\n", "utf-8")


def report(names: list[str], *, items: bool = False) -> Any:
    """The comparator's report over all named sources together."""
    tool = comparator()
    total: Any = None
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            target = Path(folder) / f"{name}.nt"
            converted(name, target, items=items)
            found = tool.compare(
                tool.Graph(tool.parse(FOLDER / f"{name}.nt.gz")), tool.Graph(tool.parse(target, lenient=False))
            )
            line = "  ".join(f"{k} {s.recall:.4f} {s.precision:.4f}" for k, s in found.totals.items())
            print(f"{name:20} {line}")
            total = found if total is None else _added(total, found)
    return total


def _added(total: Any, found: Any) -> Any:
    for key, score in found.totals.items():
        _sum(total.totals[key], score)
    for view, areas in found.areas.items():
        for area, score in areas.items():
            _sum(total.areas[view][area], score)
    total.missing += found.missing
    total.extra += found.extra
    total.records += found.records
    total.missing_records += found.missing_records
    total.extra_records += found.extra_records
    total.sample = {**found.sample, **total.sample}
    return total


def _sum(score: Any, other: Any) -> None:
    for part in ("hit", "ref", "cand", "cand_hit"):
        setattr(score, part, getattr(score, part) + getattr(other, part))


def names() -> list[str]:
    """The sources of the reference."""
    return sorted(path.name.split(".")[0] for path in FOLDER.glob("*.marcxml.gz"))


def counted(found: Any) -> list[tuple[str, str, int, int]]:
    """The differences by their reasons, largest first: what, why, how many statements are missing and extra."""
    reasons = [(re.compile(str(row["path"])), str(row["what"]), str(row["why"])) for row in _reasons()]
    missing, extra = (_by_reason(paths, reasons) for paths in (found.missing, found.extra))
    rows = [(what, why, missing[what], extra[what]) for _, what, why in reasons]
    return sorted(rows, key=lambda row: -row[2] - row[3])


def _reasons() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = yaml.safe_load(REASONS.read_text("utf-8"))
    return rows


def _by_reason(paths: Any, reasons: list[tuple[re.Pattern[str], str, str]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for path, number in paths.items():
        counts[next(what for pattern, what, _ in reasons if pattern.search(path))] += number
    return counts


def written(found: Any, with_items: Any) -> str:
    """What docs/differences.md says in figures."""
    lines = ["| view | recall | precision | precision with items |", "|---|---|---|---|"]
    for view in VIEWS:
        score, other = found.totals[view], with_items.totals[view]
        lines.append(f"| {view} | {score.recall:.4f} | {score.precision:.4f} | {other.precision:.4f} |")
    lines += ["", "| difference | why | missing | extra |", "|---|---|---|---|"]
    lines += [f"| {what} | {why.strip()} | {gone:,} | {more:,} |" for what, why, gone, more in counted(found)]
    return "\n".join(lines) + "\n"


def write(found: Any, with_items: Any) -> None:
    """Put the figures into docs/differences.md, between its marks."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    PAGE.write_text(f"{before}{MARKS[0]}\n{written(found, with_items)}\n{MARKS[1]}{after}", "utf-8")


def run() -> None:
    if not FOLDER.is_dir():
        print("needs ../shared")
        return
    found, with_items = report(names()), report(names(), items=True)
    comparator().show(found, 25)
    weak = [(a, s.recall) for a, s in found.areas["loose"].items() if s.ref > 200 and s.recall < 0.85]
    print("areas with more than 200 statements below 0.85 loose recall:", weak or "none")
    print("\n" + written(found, with_items))
    if "--write" in sys.argv:
        write(found, with_items)


if __name__ == "__main__":
    run()
