from pathlib import Path

from pymarc import Field, Indicators, Subfield

from ingest.coverage import Census, Rulings, rulings, sums
from ingest.report import lines_of_fields, lines_of_report, report_of
from tests.convert.marc import record as marc
from tests.loading.stand_in import catalogue, load, record

KNOWN = Rulings(frozenset({"245a", "001", "100a"}), {"952b": "local", "952p": "local"})

MANIFEST = {
    "number": 1,
    "date": "2026-01-01",
    "counts": {"statements": 9},
    "difference": {"from": None, "counts": {"statements": 9}},
}


def test_what_rules_say_of_each_subfield() -> None:
    assert KNOWN.of("245a") == ("mapped", "")
    assert KNOWN.of("952b") == ("ignored", "local")
    assert KNOWN.of("999z") == ("not covered", "")


def test_what_no_rule_mentions_is_counted_with_three_examples() -> None:
    one, two = Census(), Census()
    for number in range(5):
        odd = record(str(number), "T", items=[("k", "b")])
        odd.add_field(Field("999", Indicators(" ", " "), [Subfield("z", "x"), Subfield("z", "y")]))
        (one if number < 2 else two).add(odd, str(number), KNOWN)
    one.merge(two)
    rows = {(row["tag"], row["code"]): row for row in one.as_json(KNOWN)}
    assert rows["999", "z"] == {
        "tag": "999", "code": "z", "seen": 10, "ruling": "not covered", "examples": ["0", "1", "2"]
    }  # fmt: skip
    assert rows["952", "b"]["reason"] == "local"
    assert sums(rows.values()) == {"mapped": 10, "ignored": 10, "not covered": 10}


def test_a_load_reports_what_it_saw(tmp_path: Path) -> None:
    loaded, _ = load(tmp_path, catalogue("a", [record("1", "T", ["Ann"]), record("2", "U")]))
    report = report_of(loaded, MANIFEST)
    assert {row["tag"]: row["seen"] for row in report["subfields"]} == {"001": 2, "100": 1, "245": 2}
    assert next(lines_of_fields(report)) == "001  2 not covered (for example in 1, 2)"
    assert any("245$a not covered: 2, for example in 1, 2" in line for line in lines_of_report(report))


def test_the_projects_rules_can_be_asked() -> None:
    assert rulings().of("999~") == ("not covered", "")


def test_items_and_authorities_are_spoken_of_by_their_own() -> None:
    census = Census()
    copies = "=952  \\\\$aA$p1$x2$b3$yBK\n=990  \\\\$az\n=850  \\\\$aDESA"
    census.add(marc("=245  00$aX\n" + copies, "b"), "b", rulings())
    census.add(
        marc("=LDR  00000nz  a2200000n  4500\n=150  \\\\$aKopi$wnne\n=371  \\\\$aAmbon", "a"), "a", rulings()
    )
    census.add(
        marc("=LDR  00000nx  a2200000un 4500\n=852  \\\\$ht\n=843  \\\\$am\n=245  00$aX", "h"), "h", rulings()
    )
    rows = {(row["tag"] + row["code"], row.get("by")): row["ruling"] for row in census.as_json(rulings())}
    assert rows == {
        ("001", None): "mapped",
        ("245a", None): "mapped",
        **{(f"952{code}", "koha"): "mapped" for code in "apby"},
        ("952x", "koha"): "ignored",
        ("990a", None): "not covered",
        ("850a", "koha"): "kept",
        ("001", "authority"): "ignored",
        ("150a", "authority"): "mapped",
        ("150w", "authority"): "ignored",
        ("371a", "authority"): "not covered",
        ("001", "holdings"): "mapped",
        ("852h", "marc21"): "mapped",
        ("843a", "marc21"): "mapped",
        ("245a", "holdings"): "not covered",
    }
