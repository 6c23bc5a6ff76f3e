"""Persons in real records, judged by hand: a sample of 300 headings, drawn with seed 2026 from all distinct ones.

``people_judged.csv`` names the fields by file, place of the record in it, tag and a digest of the heading, and
gives each a person. ``sampled``: drawn. ``joined``: another record (of up to seven) that the node of a drawn
heading joins; read, and found to be of that person. ``same person``: the person under another node, found by
going through all headings of a compatible name. ``namesake``: such a heading of somebody else.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.convert.people import heading, mark, named, node

pytestmark = pytest.mark.shared
JUDGED = Path(__file__).with_name("people_judged.csv")
Row = Mapping[str, str]


@pytest.fixture(scope="module")
def judged(shared: Path) -> list[tuple[Row, str]]:
    """The rows with the node each heading names now."""
    rows = list(csv.DictReader(JUDGED.read_text("utf-8").splitlines()))
    found = []
    for file in sorted({row["file"] for row in rows}):
        wanted = {(row["record"], row["tag"], row["heading"]): row for row in rows if row["file"] == file}
        last = max(int(place) for place, _, _ in wanted)
        for place, record, field in named(shared / "data" / "marc" / file):
            if place > last:
                break
            if row := wanted.pop((str(place), field.tag, mark(heading(field))), None):
                found.append((row, node(record, field)))
        assert not wanted, file
    return found


def nodes_by_person(judged: list[tuple[Row, str]], *verdicts: str) -> dict[str, set[str]]:
    nodes: defaultdict[str, set[str]] = defaultdict(set)
    for row, name in judged:
        if row["verdict"] in verdicts:
            nodes[row["person"]].add(name)
    return nodes


def test_no_node_is_two_persons(judged: list[tuple[Row, str]]) -> None:
    persons: defaultdict[str, set[str]] = defaultdict(set)
    for row, name in judged:
        persons[name].add(row["person"])
    assert sum(row["verdict"] == "sampled" for row, _ in judged) == 300
    assert [name for name, people in persons.items() if len(people) > 1] == []


def test_persons_have_hardly_more_than_one_node(judged: list[tuple[Row, str]]) -> None:
    """Of the sample: 300 headings, 299 persons, 299 nodes. With all other headings of these persons: 313 nodes."""
    for verdicts in (("sampled",), ("sampled", "joined", "same person")):
        nodes = nodes_by_person(judged, *verdicts)
        assert len(nodes) == 299
        assert sum(map(len, nodes.values())) / len(nodes) <= 1.05
