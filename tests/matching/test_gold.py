"""Two gold sets, small enough for the suite; `python -m benches matching` measures them all."""

from pathlib import Path

import pytest

from graph.matching.index import Index
from graph.matching.matcher import Matcher


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "recall"), [("persons (VKC)", 0.85), ("LC and FAST in one file, list stated", 0.9)]
)
def test_precision_comes_first(shared: Path, tmp_path: Path, name: str, recall: float):
    from benches._gold_sets import gold_sets

    gold = next(one for one in gold_sets() if one.name == name)
    matcher = Matcher(Index.build(tmp_path / "i", gold.entries))
    same = right = 0
    for heading, iris in gold.asked:
        found = [one for one in matcher.match(heading) if one.verdict == "same" and one.part is None][:1]
        same += len(found)
        right += sum(bool({one.entry.iri, *one.entry.identifiers} & iris) for one in found)
    assert right / same >= 0.99
    assert right / len(gold.asked) >= recall
