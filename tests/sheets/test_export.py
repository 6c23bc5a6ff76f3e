from pathlib import Path

import pytest

from graph.statements import canonical
from graph.store import LocalStore
from ingest.sheets import read_sheets, recognise, writing
from ingest.sheets.export import Export
from tests.sheets.network import BASE, SHEETS, store_of


@pytest.fixture(scope="module")
def lines() -> set[str]:
    return canonical(read_sheets(SHEETS, BASE).lines)


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_exported_sheets_say_the_same_when_returned(form: str, lines: set[str], tmp_path: Path) -> None:
    tables = Export(LocalStore(store_of(sorted(lines))), BASE).tables()
    files = writing.write(tables, tmp_path, form)
    reading = read_sheets(files, BASE)
    assert [str(problem) for problem in reading.problems] == []
    assert canonical(reading.lines) == lines


def test_templates_are_recognised_and_say_nothing(tmp_path: Path) -> None:
    files = writing.templates(tmp_path)
    assert all(recognise(file) for file in files)
    reading = read_sheets(files[:1], BASE)
    assert reading.lines == []
    assert [str(p) for p in reading.problems] == []


def test_a_deposit_returns_in_its_column(tmp_path: Path) -> None:
    rule = "perjanjian,kode,aturan,tindakan,kategori,dari,jaminan,mata_uang\nO,p,izin,lend,cat-all,L,25000,AUD\n"
    (tmp_path / "ketentuan.csv").write_text(rule, encoding="utf-8")
    (tmp_path / "perjanjian.csv").write_text("id,macam,nama,mulai\nO,penawaran,O,2026-01-01\n", encoding="utf-8")
    (tmp_path / "perpustakaan.csv").write_text("id,nama,jenis\nL,L,perpustakaan umum\n", encoding="utf-8")
    said = canonical(read_sheets(sorted(tmp_path.glob("*.csv")), BASE).lines)
    tables = Export(LocalStore(store_of(sorted(said))), BASE).tables()
    (heading, row) = tables["ketentuan"]
    assert dict(zip(heading, row, strict=True))["jaminan"] == "25000"
    assert canonical(read_sheets(writing.write(tables, tmp_path / "again", "csv"), BASE).lines) == said
