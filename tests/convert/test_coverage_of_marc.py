"""Every field, subfield and fixed position of MARC 21 bibliographic is mapped, or ignored with its reason."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from ontology.codes import FOLDER
from ontology.rules import Rule, load_rules
from tests.convert.saying import said

FORMAT = Path(__file__).with_name("marc21-bibliographic.txt")


def fields() -> Iterator[tuple[str, str]]:
    """Tags with their subfields."""
    for line in FORMAT.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            tag, codes = line.split()
            yield tag, codes


def by_tag() -> dict[str, list[Rule]]:
    """The rules of each tag."""
    found: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in load_rules():
        for tag in rule.tags:
            found[tag].append(rule)
    return found


RULES = by_tag()


@pytest.mark.parametrize(("tag", "codes"), list(fields()), ids=[tag for tag, _ in fields()])
def test_a_field_and_all_its_subfields_have_a_rule(tag: str, codes: str) -> None:
    known = {code for rule in RULES[tag] for code in (*rule.codes(), *rule.ignore)}
    assert set(codes) <= known, f"{tag}: no rule speaks of {sorted(set(codes) - known)}"


def test_what_is_ignored_has_a_reason() -> None:
    for rules in RULES.values():
        for rule in rules:
            assert all(len(reason.split()) >= 1 and reason.strip() for reason in rule.ignore.values()), rule.place


@pytest.mark.parametrize("material", ["BK", "CF", "CR", "MP", "MU-score", "MU-sound", "VM"])
def test_the_coded_positions_of_each_material_are_in_the_table(material: str) -> None:
    positions = {
        "BK": {18, 22, 23, 24, 28, 29, 30, 31, 33, 34},
        "CF": {22, 26, 28},
        "CR": {18, 21, 22, 23, 24, 28, 29, 33, 34},
        "MP": {18, 25, 28, 29, 31, 33},
        "MU-score": {20, 22, 23, 24},
        "MU-sound": {22, 23, 24, 30},
        "VM": {22, 28, 29, 33, 34},
    }
    assert positions[material] <= coded("008", material)


@pytest.mark.parametrize("category", "acdfghkmrstv")
def test_each_category_of_007_has_its_positions(category: str) -> None:
    assert coded("007", category)


def coded(field: str, material: str) -> set[int]:
    """The positions that the table of fixed fields knows."""
    with (FOLDER / "fixed-fields.csv").open(encoding="utf-8", newline="") as rows:
        found = [row for row in csv.DictReader(rows) if (row["field"], row["material"]) == (field, material)]
    return {int(row["position"]) for row in found}


def test_codes_of_two_letters_are_read_too() -> None:
    found = said("=LDR  00000ncm a2200000   4500\n=008  010101s2001    io syz           n  ind d")
    assert "Work bf:genreForm lca:genreForms/gf2014027121" in found
    found = said("=LDR  00000nem a2200000   4500\n=008  010101s2001    io abcdbh  a     1   ind d")
    assert "Work bf:cartographicAttributes/[bf:Cartographic]/bf:projection loc:mprojection/bh" in found
