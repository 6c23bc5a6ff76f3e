"""A mistyped id of a work or publication is named by the load, which alone knows sheets and catalogues."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.settings import Settings
from ingest.inputs import Input
from ingest.pipeline import Pipeline
from tests.loading.test_missing_bibs import bib

LIBRARIES = "id;nama;jenis\nkota;Perpustakaan Kota;perpustakaan umum\ndesa;Perpustakaan Desa;perpustakaan umum\n"
REQUESTS = "id;tanggal_minta;peminta;pemasok;layanan;karya;status\n"
ROW = "{0};2026-01-0{0};desa;kota;lend;{1};st-loaned\n"


def loaded(folder: Path, *works: str) -> list[tuple[int | None, str, str, str]]:
    (folder / "perpustakaan.csv").write_text(LIBRARIES)
    rows = "".join(ROW.format(number, work) for number, work in enumerate(works, 1))
    (folder / "silang_layan.csv").write_text(REQUESTS + rows)
    (folder / "katalog.mrc").write_bytes(b"".join(bib(number).as_marc() for number in ("buku-11", "buku-12")))
    names = ("perpustakaan.csv", "silang_layan.csv", "katalog.mrc")
    outcome = Pipeline(Settings(data=str(folder / "data"), workers=1)).load([Input(folder / n) for n in names])
    assert outcome.load is not None, outcome.refused
    problems = [
        one for _, kind, _, shown in outcome.load.journal.problems for one in shown if kind == "unknown-title"
    ]
    return [(one.record, one.place, one.message, one.remedy) for one in problems]


def test_an_id_that_nobody_has_is_named_with_the_nearest(tmp_path: Path) -> None:
    found = loaded(
        tmp_path, "instance/katalog-buku-11", "instance/katalok-buku-12", "Laut biru", "9786020000001", "x/9"
    )
    assert [(row, place) for row, place, *_ in found] == [(3, "silang_layan.karya"), (6, "silang_layan.karya")]
    assert "'instance/katalok-buku-12'" in found[0][2]
    assert found[0][3] == "Did you mean 'instance/katalog-buku-12'?"
    assert found[1][3].startswith("Load the catalogue")


def test_the_store_is_closed_when_its_files_are_forced_to_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An open one clears up in the background: files vanish from under the hand that forces them to disk."""

    def look(path: Path) -> None:
        if path.name == "CURRENT":
            ox.Store(str(path.parent))  # raises OSError while another has it open
            closed.append(path)

    closed: list[Path] = []
    monkeypatch.setattr("ingest.building.sync", look)
    loaded(tmp_path, "instance/katalog-buku-11")
    assert closed
