"""How close the converter comes to the Library of Congress' one: recall and precision over ten sources.

Items are left out: the reference has none of them, so they could only count as extra.
Reads ``../shared/reference`` with the comparator beside it; says so and stops where that is absent.
"""

import gzip
import importlib.util
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pymarc

from ingest.convert import Converter
from ingest.source import Source

SHARED = Path(__file__).resolve().parents[2] / "shared"
FOLDER = SHARED / "reference" / "bibframe"
BASE = "https://jejaring.example"


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


def converted(name: str, target: Path) -> None:
    """Convert one of the inputs into an N-Triples file."""
    converter = Converter(BASE, Source(name), items=False)
    lines: dict[str, None] = {}
    with gzip.open(FOLDER / f"{name}.marcxml.gz") as stream:
        for record in pymarc.parse_xml_to_array(stream):
            lines.update(dict.fromkeys(converter.convert(record).lines))
    target.write_text("\n".join(lines) + "\n", "utf-8")


def report(names: list[str]) -> Any:
    """The comparator's report over all named sources together."""
    tool = comparator()
    total: Any = None
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            target = Path(folder) / f"{name}.nt"
            converted(name, target)
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


def run() -> None:
    if not FOLDER.is_dir():
        print("needs ../shared")
        return
    found = report(names())
    comparator().show(found, 25)
    weak = [(a, s.recall) for a, s in found.areas["loose"].items() if s.ref > 200 and s.recall < 0.85]
    print("areas with more than 200 statements below 0.85 loose recall:", weak or "none")


if __name__ == "__main__":
    run()
