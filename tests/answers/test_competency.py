import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.queries import saved_queries

EXPECTED = json.loads((Path(__file__).parents[1] / "network" / "expected.json").read_text(encoding="utf-8"))
NAMESPACES = {"https://data.jejaring.example/id/": "", "https://w3id.org/jejaring/ns#": "jp:"}


def shown(term) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for namespace, prefix in NAMESPACES.items():
            if term.value.startswith(namespace):
                return prefix + term.value[len(namespace) :]
        return term.value
    if term.datatype.value.endswith(("decimal", "double", "integer")):
        number = float(term.value)
        return str(int(number)) if number == int(number) else f"{number:.2f}"
    return " | ".join(sorted(term.value.split(" | ")))


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_competency_query_gives_the_rows_worked_out_by_hand(network, number):
    expected = EXPECTED[number]
    query = next(query for name, query in saved_queries().items() if name.startswith(number))
    answers = network.ask(number, **{p.name: p.example for p in query.parameters if p.example != "UNDEF"})
    rows = [[shown(row[column]) for column in expected["columns"]] for row in answers.terms]
    assert [column for column in query.columns if column != "currency"] == expected["columns"]
    if not expected["ordered"]:
        rows, expected["rows"] = sorted(rows), sorted(expected["rows"])
    assert rows == expected["rows"]


def test_there_are_forty():
    assert sum(name.startswith("cq") for name in saved_queries()) == len(EXPECTED) == 40
