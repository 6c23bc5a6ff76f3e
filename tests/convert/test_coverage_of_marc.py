"""Every field, subfield and fixed position of MARC 21 bibliographic is mapped, or ignored with its reason."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from pymarc import Field, Indicators, Subfield

from ingest.convert import Converter
from ingest.source import Source
from ontology.codes import FOLDER
from ontology.rules import Rule, load_rules
from tests.convert.marc import record
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
BESIDE: list[list[tuple[str, str]]] = [
    [("a", "Alpha")],
    [("a", "Alpha"), ("t", "Beta")],
    [("t", "Beta")],
    [("b", "Beta")],
]
BESIDE += [[("u", "https://a.example/x")], [("1", "https://a.example/x")], [("c", "Gamma")], []]
"""What stands beside a subfield: many say something only of another one."""
VALUES = ("zebra", "xyz", "19990101", "(DE-588)118540238", "12", "0044")
INDICATORS = ("  ", "1 ", "0 ", " 7", "7 ", "17")
converter = Converter("https://kb.example", Source("t"), items=False)


@pytest.mark.parametrize(("tag", "codes"), list(fields()), ids=[tag for tag, _ in fields()])
def test_a_field_and_all_its_subfields_have_a_rule(tag: str, codes: str) -> None:
    known = {code for rule in RULES[tag] for code in (*rule.codes(), *rule.ignore)}
    assert set(codes) <= known, f"{tag}: no rule speaks of {sorted(set(codes) - known)}"


@pytest.mark.parametrize(("tag", "codes"), list(fields()), ids=[tag for tag, _ in fields()])
def test_every_subfield_that_is_not_ignored_says_something(tag: str, codes: str) -> None:
    ignored = {code for rule in RULES[tag] for code in rule.ignore}
    silent = [code for code in codes if code not in ignored and not speaks(tag, code)]
    assert not silent, f"{tag}: {silent} are said to be mapped, but change no statement"


def speaks(tag: str, code: str) -> bool:
    """Whether the subfield adds a statement of its own, other than the field as MARC writes it."""
    for value, indicators, beside in product(VALUES, INDICATORS, BESIDE):
        without = [pair for pair in beside if pair[0] != code]
        more = statements(tag, indicators, [*without, (code, value)]) - statements(tag, indicators, without)
        if any("marcKey" not in line and "LocalField" not in line for line in more):
            return True
    return False


def statements(tag: str, indicators: str, subfields: list[tuple[str, str]]) -> set[str]:
    """What a record with this field says."""
    made = record("=245  00$aJudul" if tag != "245" else "=500  \\\\$aCatatan")
    made.add_field(Field(tag, Indicators(*indicators), [Subfield(*pair) for pair in subfields]))
    return set(converter.convert(made).lines)


def test_what_is_ignored_has_a_reason() -> None:
    for rules in RULES.values():
        for rule in rules:
            assert all(len(reason.split()) >= 1 and reason.strip() for reason in rule.ignore.values()), rule.place


SIZES = {("LDR", "all"): 24, ("006", "all"): 18}
SIZES |= {("008", kind): 40 for kind in ("BK", "CF", "CR", "MP", "MU-score", "MU-sound", "MX", "VM")}
_CATEGORIES = zip("acdfghkmoqrstvz", (8, 14, 6, 10, 9, 13, 6, 23, 2, 2, 11, 14, 2, 9, 2), strict=True)
SIZES |= {("007", kind): size for kind, size in _CATEGORIES}
"""How many characters each kind of fixed field has."""


@pytest.mark.parametrize(("field", "kind"), SIZES)
def test_every_position_is_mapped_or_ignored_with_its_reason(field: str, kind: str) -> None:
    told = [
        (span(row["positions"]), row) for row in positions() if (row["field"], row["material"]) == (field, kind)
    ]
    assert sorted(place for places, _ in told for place in places) == list(range(SIZES[field, kind]))
    known = coded(field, kind)
    for places, row in told:
        assert row["where or why"].strip(), row
        if row["decision"] == "ignored":
            assert not known & set(places), row
        elif row["where or why"] == "table" and field != "006":
            assert set(places) <= known, row


def positions() -> list[dict[str, str]]:
    """What becomes of leader, 006, 007 and 008, position by position."""
    with Path(__file__).with_name("marc21-positions.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def span(text: str) -> range:
    """``06-08`` as 6, 7, 8."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def test_kits_notated_music_and_unspecified_things_have_a_007() -> None:
    assert "Work bf:genreForm loc:marcgt/kit" in said("=007  ou")
    assert "Work bf:content loc:contentTypes/ntm" in said("=007  qu")
    assert "Instance bf:media loc:mediaTypes/z" in said("=007  zz")


def test_the_reduction_of_a_microform_is_told_in_its_digits() -> None:
    found = said("=007  hd afb015baca")
    assert 'Instance bf:reductionRatio/[bf:ReductionRatio]/rdfs:label "015"' in found


def coded(field: str, material: str) -> set[int]:
    """The positions that the table of fixed fields knows."""
    with (FOLDER / "fixed-fields.csv").open(encoding="utf-8", newline="") as rows:
        found = [row for row in csv.DictReader(rows) if (row["field"], row["material"]) == (field, material)]
    return {int(row["position"]) for row in found}


def test_every_term_of_a_fixed_field_has_a_label() -> None:
    with (FOLDER / "fixed-fields.csv").open(encoding="utf-8", newline="") as rows:
        found = list(csv.DictReader(rows))
    assert not [row for row in found if row["value"].startswith(("lca:", "loc:")) and not row["label"]]


def test_codes_of_two_letters_are_read_too() -> None:
    found = said("=LDR  00000ncm a2200000   4500\n=008  010101s2001    io syz           n  ind d")
    assert "Work bf:genreForm lca:genreForms/gf2014027121" in found
    found = said("=LDR  00000nem a2200000   4500\n=008  010101s2001    io abcdbh  a     1   ind d")
    assert "Work bf:cartographicAttributes/[bf:Cartographic]/bf:projection loc:mprojection/bh" in found
