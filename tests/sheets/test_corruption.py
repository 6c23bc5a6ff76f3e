"""Corrupted sheets on their way to the store: it holds what was there before, or what the readable rows say."""

import csv
import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.releases import Releases
from graph.settings import Settings
from graph.statements import canonical
from ingest.inputs import Input
from ingest.pipeline import Pipeline
from ingest.sheets import read_sheets
from ingest.sheets.writing import write
from web.cli import main

BASE = "https://data.test"
TABLES = {
    "perpustakaan": [["id", "nama", "jenis", "kota"], ["kota", "Kota", "perpustakaan umum", "A"],
                     ["desa", "Desa", "perpustakaan desa", "B"]],
    "jejaring": [["id", "nama", "mulai"], ["j", "Jejaring", "2026-01-01"]],
    "keanggotaan": [["id", "di", "anggota", "peran", "mulai"], ["m1", "j", "kota", "anggota", "2026-01-01"],
                    ["m2", "j", "desa", "anggota", "2026-01-01"]],
}  # fmt: skip


def load(data: Path, files: list[Path]) -> None:
    Pipeline(Settings(data=str(data), base_iri=BASE, workers=1)).load([Input(file) for file in files])


def said(data: Path) -> set[str]:
    number = Releases(data).current_number()
    return set() if number is None else {str(quad) for quad in Releases(data).current().store.store}


def triples(data: Path) -> set[str]:
    number = Releases(data).current_number()
    return set() if number is None else {f"{quad.triple} ." for quad in Releases(data).current().store.store}


def sheet(folder: Path, name: str, rows: list[list[str]]) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    (folder / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8")
    return folder / f"{name}.csv"


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    load(tmp_path / "data", [sheet(tmp_path / "files", name, rows) for name, rows in TABLES.items()])
    return tmp_path / "data"


def corrupted(dice: random.Random) -> tuple[str, list[list[str]]]:
    """One of the sheets with some cells swapped, emptied or replaced, or headings doubled."""
    name = dice.choice(list(TABLES))
    rows = [list(row) for row in TABLES[name]]
    for _ in range(dice.randrange(1, 4)):
        one, other = dice.choice(rows), dice.choice(rows)
        place, there = dice.randrange(len(one)), dice.randrange(len(other))
        if dice.random() < 0.4:
            one[place], other[there] = other[there], one[place]
        else:
            one[place] = dice.choice(["", "#REF!", "=1/0", "kota", "31-02-2026", "x" * 200_000, "a;b"])
    return name, rows


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_what_is_stored_was_there_or_is_what_the_readable_rows_say(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("corrupted")
    good = [sheet(folder, name, rows) for name, rows in TABLES.items()]
    load(folder / "data", good)
    old = triples(folder / "data")
    name, rows = corrupted(random.Random(seed))
    sheet(folder, name, rows)
    load(folder / "fresh", good)
    load(folder / "data", [folder / f"{name}.csv"])
    taken = canonical(read_sheets([folder / f"{name}.csv"], BASE).lines)
    assert triples(folder / "data") <= old | triples(folder / "fresh") | taken


def broken_files(folder: Path) -> list[Path]:
    """Files that are no sheets any more, or sheets with nothing to take."""
    tables = {name: [list(row) for row in rows] for name, rows in TABLES.items()}
    files = []
    for form in ("xlsx", "ods"):
        (whole,) = write(tables, folder / form, form)
        files.append(whole.rename(folder / f"jejaring.{form}"))
        files[-1].write_bytes(files[-1].read_bytes()[:-300])
    with zipfile.ZipFile(folder / "keanggotaan.xlsx", "w") as empty:
        empty.writestr("xl/workbook.xml", "<workbook/>")
    (folder / "perpustakaan.csv").write_bytes("id,nama,jenis\n".encode("utf-16-le") + b"\xff\x00\x00")
    return [*files, folder / "keanggotaan.xlsx", folder / "perpustakaan.csv"]


def test_broken_files_leave_what_is_stored(loaded: Path, tmp_path: Path) -> None:
    old = said(loaded)
    (tmp_path / "broken").mkdir()
    for file in broken_files(tmp_path / "broken"):
        outcome = Pipeline(Settings(data=str(loaded), base_iri=BASE, workers=1)).load([Input(file, listed=True)])
        assert outcome.refused, file
        assert said(loaded) == old, file


def test_cells_that_hold_no_value_are_named(tmp_path: Path) -> None:
    file = sheet(tmp_path, "perpustakaan", [
        ["id", "nama", "jenis", "name", "kota"], ["a", "#REF!", "perpustakaan umum", "", ""],
        ["b", "B", "perpustakaan umum", "", "x" * 120_000], ["c", "C", "perpustakaan umum", "D", ""],
    ])  # fmt: skip
    reading = read_sheets([file], BASE)
    told = {(problem.kind, problem.record, problem.place) for problem in reading.problems}
    assert ("failed-formula", 2, "perpustakaan.nama") in told
    assert ("long-cell", 3, "perpustakaan.kota") in told
    assert any(kind == "double-column" for kind, _, _ in told)
    assert [place[2] for place in reading.places.values()] == [4]
    assert any('"C"' in line for line in reading.lines)
    assert not any('"D"' in line for line in reading.lines)


def test_a_cell_of_a_million_characters_is_refused_with_its_file_or_row(tmp_path: Path) -> None:
    file = sheet(tmp_path, "jejaring", [["id", "nama", "mulai"], ["j", "x" * 10**6, "2026-01-01"]])
    assert {problem.kind for problem in read_sheets([file], BASE).problems} <= {"unusable-file", "long-cell"}
    assert not read_sheets([file], BASE).lines


def test_merged_cells_and_formulas_without_values_are_empty_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    rows = book.active
    rows.title = "perpustakaan"
    for row in (["id", "nama", "jenis"], ["a", "=1/0", "perpustakaan umum"], ["b", "B", "perpustakaan umum"]):
        rows.append(row)
    rows.merge_cells("B3:C3")
    book.save(tmp_path / "buku.xlsx")
    reading = read_sheets([tmp_path / "buku.xlsx"], BASE)
    assert {(p.kind, p.record, p.place) for p in reading.problems} == {
        ("empty-cell", 2, "perpustakaan.nama"),
        ("empty-cell", 3, "perpustakaan.jenis"),
    }
    assert not reading.lines


def test_a_sheet_handed_in_again_is_refused_when_the_network_would_break(loaded: Path, tmp_path: Path) -> None:
    old = said(loaded)
    load(loaded, [sheet(tmp_path, "keanggotaan", TABLES["keanggotaan"][:2])])
    assert said(loaded) == old


def test_validate_judges_together_with_what_is_loaded_unless_told_otherwise(loaded: Path, tmp_path: Path) -> None:
    file = sheet(tmp_path, "keanggotaan", TABLES["keanggotaan"][:2])

    def validated(*words: str) -> tuple[int, str]:
        told = CliRunner().invoke(main, ["--data", str(loaded), "--base", BASE, "validate", *words, str(file)])
        return told.exit_code, told.output

    code, output = validated()
    assert code == 1
    assert "sedikitnya dua anggota" in output
    sheet(tmp_path, "keanggotaan", TABLES["keanggotaan"])
    code, output = validated()
    assert code == 0, output
    assert "judged beside" in output
    assert "judged beside" not in validated("--alone")[1]
