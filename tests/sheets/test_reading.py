import csv
from pathlib import Path

import pytest
from rdflib.compare import graph_diff

from ingest.sheets import read_sheets
from tests.sheets.network import BASE, SHEETS, expected, store_of, stored


def test_the_sheets_say_what_was_written_by_hand() -> None:
    reading = read_sheets(SHEETS, BASE)
    assert [str(problem) for problem in reading.problems] == []
    got, want = stored(store_of(reading.lines)), expected()
    if got != want:
        _, missing, extra = graph_diff(want, got)
        assert (list(missing)[:8], list(extra)[:8]) == ([], [])
    assert len(got) == len(want)


AGREEMENT = {"id": "A", "macam": "perjanjian", "nama": "Naskah A", "mulai": "01/01/2026", "otomatis": "tidak"}


@pytest.mark.parametrize(("starts", "problems"), [("2026-01-01", 0), ("2026-02-01", 1)])
def test_an_agreement_may_be_a_file_of_its_own_and_a_row_that_says_the_same(
    starts: str, problems: int, tmp_path: Path
) -> None:
    (tmp_path / "A.yaml").write_text(f"id: A\nnama: Naskah A\nmulai: {starts}\notomatis: tidak\n", encoding="utf-8")
    with (tmp_path / "perjanjian.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, AGREEMENT, delimiter=";")
        writer.writeheader()
        writer.writerow(AGREEMENT)
    said = [
        str(problem) for problem in read_sheets([tmp_path / "A.yaml", tmp_path / "perjanjian.csv"], BASE).problems
    ]
    assert len(said) == problems
    assert all("perjanjian row 1 of A.yaml" in one for one in said)
