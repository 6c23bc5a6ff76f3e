"""The sheet: out, corrected, back; and the verbs that carry it."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from graph.errors import InputError
from graph.matching.candidate import Candidate
from graph.matching.decisions import Decision, Decisions
from graph.matching.entry import Entry
from graph.matching.heading import Heading
from graph.matching.proposals import propose
from graph.releases import Releases
from ingest.decision_sheet import declared, rows, take_back
from tests.loading.stand_in import BASE, catalogue, load, record
from web.cli import main

ANN, GND = f"{BASE}/id/agent/ann", "https://d-nb.info/gnd/1"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    decisions = Decisions.open(tmp_path, write=True)
    heading = Heading("Ann", "person", iri=ANN)
    propose(decisions, [(heading, [Candidate(Entry(GND, "Anna", "person"), 0.7, "maybe", {"dates": 0.5}, "Ann")])])
    decisions.close()
    return tmp_path


def written(table: list[list[str]], file: Path) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(table)
    return file


def corrected(data: Path, **cells: str) -> Path:
    with_decisions = Decisions.open(data)
    table = rows(with_decisions, "all", "en")
    for name, value in cells.items():
        for row in table[1:]:
            row[table[0].index(name)] = value
    return written(table, data / "sheet.csv")


@pytest.mark.parametrize("word", ["same", "sama", "SAMA "])
def test_a_verdict_filled_in_is_a_decision_with_its_evidence(data: Path, word: str) -> None:
    decisions = Decisions.open(data, write=True)
    returned = take_back(decisions, corrected(data, verdict=word, why="tahun sama"), "siti")
    [made] = returned.made
    assert (made.verdict, made.by, made.why, made.score, made.evidence) == (
        "same", "siti", "tahun sama", 0.7, {"dates": 0.5},
    )  # fmt: skip
    assert (made.label, made.target_label, made.kind) == ("Ann", "Anna", "person")
    again = take_back(decisions, corrected(data), "siti")
    assert (again.made, again.unchanged, again.problems) == ([], 1, [])


def test_a_verdict_changed_is_a_new_decision(data: Path) -> None:
    decisions = Decisions.open(data, write=True)
    decisions.record([Decision(ANN, GND, "same", "budi")])
    take_back(decisions, corrected(data, verdict="berbeda"), "siti")
    assert [(one.verdict, one.by) for one in decisions.current()] == [("different", "siti")]


def test_what_somebody_decided_meanwhile_stays(data: Path) -> None:
    decisions = Decisions.open(data, write=True)
    sheet = corrected(data, verdict="same")
    decisions.record([Decision(ANN, GND, "different", "budi")])
    returned = take_back(decisions, sheet, "siti")
    assert returned.made == []
    assert "budi has decided" in returned.problems[0].message
    assert (returned.problems[0].record, returned.problems[0].file) == (2, str(sheet))


def test_a_bad_row_is_named_and_the_others_count(data: Path) -> None:
    decisions = Decisions.open(data, write=True)
    table = [["entitas", "pembanding", "putusan"], [ANN, GND, "samma"], [ANN, "nonsense", "sama"], ["", "", "sama"],
             [ANN, "https://d-nb.info/gnd/2", "beda"], [ANN]]  # fmt: skip
    returned = take_back(decisions, written(table, data / "x.csv"), "siti")
    assert [problem.record for problem in returned.problems] == [2, 3, 4]
    assert "sama" in returned.problems[0].remedy
    assert [one.target for one in returned.made] == ["https://d-nb.info/gnd/2"]


def test_a_file_that_is_no_such_sheet_is_refused(data: Path) -> None:
    decisions = Decisions.open(data, write=True)
    with pytest.raises(InputError, match="no column pembanding, putusan"):
        take_back(decisions, written([["entitas", "x"], ["1", "2"]], data / "x.csv"), "siti")


def test_a_split_goes_out_and_comes_back(data: Path) -> None:
    decisions = Decisions.open(data, write=True)
    decisions.record([Decision(ANN, ANN + "-2", "split", "siti", parts=("urn:w:1", "urn:w:2"))])
    table = rows(decisions, "decided")
    (data / "other").mkdir()
    other = Decisions.open(data / "other", write=True)
    take_back(other, written(table, data / "x.csv"), "budi")
    assert [one.parts for one in other.current()] == [("urn:w:1", "urn:w:2")]


def test_a_name_that_looks_like_a_formula_is_text(data: Path) -> None:
    decisions = Decisions.open(data, write=True)
    name = '=HYPERLINK("http://evil.test")'
    decisions.record([Decision(ANN, ANN + "-2", "split", "siti", parts=("urn:w:1",), target_label=name)])
    table = rows(decisions, "decided")
    assert f"'{name}" in table[1]
    (data / "other").mkdir()
    other = Decisions.open(data / "other", write=True)
    take_back(other, written(table, data / "x.csv"), "budi")
    assert next(other.current()).target_label == name


def test_the_declaration_names_every_column_in_both_languages() -> None:
    assert all(set(names) == {"id", "en"} for names in declared()["columns"].values())


def test_the_verbs_carry_a_decision_into_a_release_and_out_again(tmp_path: Path) -> None:
    load(tmp_path, catalogue("kota", [record("1", "One", ["Ann"]), record("2", "Two", ["Ann"])]))

    def run(*arguments: str, status: int = 0) -> str:
        result = CliRunner().invoke(main, ["--data", str(tmp_path), "--base", BASE, "decisions", *arguments])
        assert result.exit_code == status, result.output
        return result.output

    made = json.loads(run("decide", "agent/ann", "same", GND, "--by", "siti", "--why", "tahun"))
    assert (made["entity"], made["label"]) == (ANN, "Ann")
    assert json.loads(run("split", "agent/ann", "instance/kota-2", "--name", "Ann (2)"))["parts"]
    run("export", str(tmp_path / "all.xlsx"), "--what", "decided")
    book = load_workbook(tmp_path / "all.xlsx")
    assert [row[5].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["sama", "dipisah"]
    assert run("export", "-", "--what", "decided", "--language", "en").count("\n") == 3
    run("undo", str(made["number"]), "--by", "budi")
    assert '"undone"' in run("list", "--entity", "agent/ann", "--limit", "1")
    run("load", str(tmp_path / "all.xlsx"), "--by", "siti", "--no-publish")
    run("decide", "agent/nobody", "same", GND, status=1)
    assert Releases(tmp_path).current().number == 1
