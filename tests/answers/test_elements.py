"""Walks docs/network.md and docs/queries.md; and the figures of queries that have no number, worked out by hand."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from graph.queries import find
from ontology.queries import saved_queries

ROOT = Path(__file__).resolve().parents[2]
TABLE = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "network.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| **", "| Element"))
]
BASE = "https://data.jejaring.example/id/"
DAY = "2026-03-15"


def given(name):
    return {p.name: p.example for p in find(name).parameters if p.example != "UNDEF"}


def test_all_elements_have_a_row():
    # 4.1: 4, 4.2: 7 and the gap report, 4.3: 7, 4.4: 6, 4.5: 6, 4.6: 9, 4.7: 8, 4.8: 5
    assert len(TABLE) == 4 + 8 + 7 + 6 + 6 + 9 + 8 + 5


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_element_has_sheet_query_page_and_test(network, row):
    _, sheets, queries, page, test = row
    for sheet in sheets.split(", "):
        assert sheet == "marc" or (ROOT / "tests" / "network" / "sheets" / f"{sheet}.csv").is_file()
    for name in queries.split(", "):
        assert network.ask(name, **given(name)).rows, name
    assert page.startswith("`/")
    assert (Path(__file__).parent / test).is_file()


def test_every_query_and_parameter_is_documented():
    text = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### (\S+)\n(.*?)(?=^### |\Z)", text, re.MULTILINE | re.DOTALL))
    assert set(sections) == set(saved_queries())
    for name, query in saved_queries().items():
        assert all(
            f"`{parameter.name}` ({parameter.type}, {parameter.default})" in sections[name]
            for parameter in query.parameters
        )
        assert all(f"`{column}`" in sections[name] for column in query.columns)


def test_gains_of_a_year(network):
    # wana received rq01 and rq08 (A2), each would have cost at least OF1's 25,000; it supplied rq02
    found = {row.gain: row.figure for row in network.ask("gains", me="wana", on=DAY).rows}
    assert found == {
        "diterima": 2, "dipasok": 1, "tukaran diterima": 0, "orang terlatih": 1, "rupiah dihemat": Decimal(50000),
    }  # fmt: skip


def test_evidence_for_all_seven_questions(network):
    # kota: JPMR, P1, P4, P5; rq10 took three days; no own prints, no offer; forms 1 and 4 (P5 has no paper);
    # tr1 2 + tr2 3 people; one of its five items (i02, i06, i12, i27, i30) is digital
    rows = network.ask("readiness-evidence", me="kota", on=DAY).rows
    assert [row.evidence for row in rows] == [4, 3, 0, 0, 2, 5, 20]


def test_statement_of_account_agrees_with_the_balance(network):
    lines = network.ask("exchange-statement", me="prov").rows
    balance = {row.partner: row.balance for row in network.ask("cq27", me="prov").rows}
    for partner, expected in balance.items():
        signed = [
            line.quantity * (1 if line.direction == "dikirim" else -1) for line in lines if line.partner == partner
        ]
        assert sum(signed) == expected


def test_accessions_of_one_library_and_subject(network):
    # February 2026: kota bought Hidroponik (w07) on the 18th, nothing else
    rows = network.ask("accessions", on=DAY, library="kota").rows
    assert [row.work for row in rows] == [BASE + "w07"]
    assert len(network.ask("accessions", on=DAY, subject="subj-6").rows) == 2


def test_directory_has_every_organisation_once(network):
    rows = network.ask("directory").rows
    assert len(rows) == len({row.id for row in rows}) == 10


def test_exchange_list_leaves_out_what_is_over(network):
    # of6 ended 2026-02-20 and of7 2026-03-01
    assert len(network.ask("exchange-list", on=DAY).rows) == 5
