"""Rows that can no longer be understood: what was stored for them stays until a correction comes."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.names import source_graph
from graph.releases import Releases
from graph.settings import Settings
from graph.store import LocalStore
from ingest.documents import lines_of
from ingest.inputs import Input
from ingest.pipeline import Pipeline
from ingest.problems import Severity
from ingest.rehearsal import rehearse
from ingest.sheets import read_sheets
from ingest.sheets.keeping import Before
from tests.sheets.network import BASE, SHEETS

ROWS = {path.stem: list(csv.reader(path.read_text("utf-8-sig").splitlines())) for path in SHEETS}
TRIED = ("silang_layan", "ketentuan", "keanggotaan", "pasal", "kesiapan")
LIBRARIES = [["id", "nama", "jenis"], ["kota", "Kota", "perpustakaan umum"], ["desa", "Desa", "perpustakaan desa"]]


@pytest.fixture(scope="module")
def around() -> LocalStore:
    store = LocalStore.in_memory()
    store.load_lines(read_sheets(SHEETS, BASE).lines)
    return store


def written(folder: Path, name: str, rows: list[list[str]]) -> Path:
    folder.mkdir(exist_ok=True)
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return folder / f"{name}.csv"


def subjects(lines: list[str]) -> set[str]:
    return {line.partition("> ")[0][1:] for line in lines}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_broken_cell_removes_no_statement_of_its_row(around, data):
    name = data.draw(st.sampled_from(TRIED))
    rows = [list(row) for row in ROWS[name]]
    broken = data.draw(st.integers(1, len(rows) - 1))
    cell = data.draw(st.integers(0, len(rows[0]) - 1))
    with TemporaryDirectory() as folder:
        good = written(Path(folder), name, rows)
        old = read_sheets([good], BASE, around)
        before = Before(good.name, good.read_bytes(), [], subjects(old.lines))
        rows[broken][cell] = data.draw(
            st.sampled_from(["", "#REF!", "catatan baru", "31-02-2026", "tak ada:x", "-1"])
        )
        new = read_sheets([written(Path(folder), name, rows)], BASE, around, remember=lambda file: before)
    if any(problem.severity is Severity.LOST for problem in new.problems):
        assert [problem.record for problem in new.problems if problem.kind == "row-kept"] == [broken + 1]
        assert set(new.lines) == set(old.lines)
    else:
        assert not new.kept


def loading(data: Path, *files: Path) -> None:
    Pipeline(Settings(data=str(data), base_iri=BASE, workers=1)).load([Input(file) for file in files])


def stated(data: Path, name: str = "perpustakaan") -> set[str]:
    return lines_of(Releases(data).current().store.store, source_graph(BASE, name))


def test_a_row_stays_until_it_is_corrected_or_absent(tmp_path):
    data, folder = tmp_path / "data", tmp_path / "files"
    loading(data, written(folder, "perpustakaan", LIBRARIES))
    old = stated(data)
    broken = written(folder, "perpustakaan", [*LIBRARIES[:2], ["desa", "Desa Baru", "perpustakaan apa"]])
    told = Settings(data=str(data), base_iri=BASE, workers=1)
    [change] = rehearse(told, [Input(broken)]).changes
    assert (change.came, change.left) == (0, 0)
    assert "what was stored for it before stays" in str([problems for *_, problems in change.problems])
    loading(data, broken)
    assert stated(data) == old
    loading(data, written(folder, "perpustakaan", [*LIBRARIES[:2], ["desa", "Desa Baru", "#REF!"]]))
    assert stated(data) == old, "kept once more, from what was kept"
    Pipeline(told).rebuild()
    assert stated(data) == old
    loading(data, written(folder, "perpustakaan", [*LIBRARIES[:2], ["desa", "Desa Baru", "perpustakaan desa"]]))
    assert any("Desa Baru" in line for line in stated(data))
    loading(data, written(folder, "perpustakaan", LIBRARIES[:2]))
    assert not any("/id/desa>" in line for line in stated(data))


def test_a_row_that_refers_to_nothing_stays_as_it_was(tmp_path):
    data, folder = tmp_path / "data", tmp_path / "files"
    networks = [["id", "nama", "mulai"], ["j", "Jejaring", "2026-01-01"]]
    members = [["id", "di", "anggota", "peran", "mulai"], ["m1", "j", "kota", "anggota", "2026-01-01"],
               ["m2", "j", "desa", "anggota", "2026-01-01"]]  # fmt: skip
    sheets = {"perpustakaan": LIBRARIES, "jejaring": networks, "keanggotaan": members}
    loading(data, *(written(folder, name, rows) for name, rows in sheets.items()))
    old = stated(data, "keanggotaan")
    members[2][2] = "kecamatan"
    loading(data, written(folder, "keanggotaan", members))
    assert stated(data, "keanggotaan") == old
