"""The example of docs/writing-a-query.md is a saved query that is read and answers over the example network."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.queries import parameters, substituted
from graph.store import LocalStore
from ontology.queries import read

GUIDE = Path(__file__).parents[1] / "docs/writing-a-query.md"
BASE = "https://data.jejaring.example"
DATA = """
@prefix bf: <http://id.loc.gov/ontologies/bibframe/> . @prefix ex: <https://data.jejaring.example/id/> .
ex:i1 bf:heldBy ex:kota ; bf:itemOf ex:n1 . ex:i2 bf:heldBy ex:kota ; bf:itemOf ex:n1 . ex:n1 bf:instanceOf ex:w1 .
ex:i3 bf:heldBy ex:desa ; bf:itemOf ex:n2 . ex:n2 bf:instanceOf ex:w2 .
"""


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        ({}, [("kota", 2, 1), ("desa", 1, 1)]),
        ({"least": 2}, [("kota", 2, 1)]),
        ({"library": "desa"}, [("desa", 1, 1)]),
    ],
)
def test_the_example_answers(given: dict[str, object], rows: list[tuple[str, int, int]]) -> None:
    block = re.search(r"```sparql\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert block is not None
    query = read("copies-per-library", block[1])
    loaded = ox.Store()
    loaded.load(DATA.encode(), ox.RdfFormat.TURTLE)
    store = LocalStore(loaded)
    found = store.select(substituted(query, parameters(store, query, given, BASE)))
    assert [
        (row["library"].value.rpartition("/")[2], int(row["copies"].value), int(row["titles"].value))
        for row in found
    ] == rows
