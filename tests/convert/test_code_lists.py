"""The MARC code lists are whole: how many codes each has, discontinued ones included (docs/fidelity.md)."""

import csv
import re

import pytest

from ontology.codes import FOLDER, table

SIZES = {"countries": 382, "geographicAreas": 585, "languages": 515, "relators": 304}
SHAPES = {
    "countries": r"[a-z]{2,3}",
    "geographicAreas": r"[a-z]{1,4}(-[a-z]{2,3})?(-[a-z]{2})?",
    "languages": r"[a-z]{3}",
    "relators": r"[a-z]{3}",
}


@pytest.mark.parametrize("name", SIZES)
def test_a_list_has_its_codes(name: str) -> None:
    assert len(table(name)) == SIZES[name]


@pytest.mark.parametrize("name", SHAPES)
def test_codes_have_the_form_of_their_list_and_their_own_iri(name: str) -> None:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            assert re.fullmatch(SHAPES[name], row["code"]), row
            assert row["iri"] == f"loc:{name}/{row['code']}"
            assert row["label"].strip()


def test_discontinued_codes_are_marked() -> None:
    with (FOLDER / "geographicAreas.csv").open(encoding="utf-8", newline="") as rows:
        old = {row["code"] for row in csv.DictReader(rows) if row["discontinued"]}
    assert {"a-pt", "cm", "v"} <= old
    assert not {"a-io", "a-em"} & old
