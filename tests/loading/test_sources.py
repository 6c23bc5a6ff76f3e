"""What was told about a source stays when it is loaded again without a word, unless a list describes it anew."""

import json
from pathlib import Path

import pytest

from graph.releases import Releases
from graph.settings import Settings
from ingest.inputs import collect
from ingest.pipeline import Pipeline

LIST = (
    "sumber:\n  - {berkas: ekspor.json, bentuk: marc, sumber: kota, perpustakaan: kota,"
    " kode: kode.csv, profil: koha%s}\n"
)


def record(*titles: str) -> str:
    """Records with one copy each, whose price and collection code are given."""
    copy = {"ind1": " ", "ind2": " ", "subfields": [{"p": "b1"}, {"v": "70000"}, {"8": "BK"}]}
    found = []
    for number, title in enumerate(titles):
        name = {"ind1": "0", "ind2": "0", "subfields": [{"a": title}]}
        fields = [{"001": f"r{number}"}, {"245": name}, {"952": copy}]
        found.append({"leader": "00000nam a2200000 a 4500", "fields": fields})
    return json.dumps(found)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kode.csv").write_text("kolom,nilai_lokal,kategori,akses\nccode,BK,koleksi umum,dapat dipinjam\n")
    (tmp_path / "ekspor.json").write_text(record("A"))
    (tmp_path / "jejaring.yaml").write_text(LIST % ", ditahan: [price]")
    return tmp_path


def stored(settings: Settings) -> set[str]:
    return {str(quad) for quad in Releases(settings.data).current().store.store}


def test_a_new_export_alone_is_read_as_the_last_one(folder: Path) -> None:
    settings = Settings(data=str(folder / "data"))
    assert not Pipeline(settings).load(collect([folder])).refused
    assert any("/id/kota>" in line and "heldBy" in line for line in stored(settings))
    (folder / "ekspor.json").write_text(record("B"))
    Pipeline(settings).load(collect([folder / "ekspor.json"]), source="kota")
    now = stored(settings)
    assert any('"B"' in line for line in now)
    assert any("/id/kota>" in line and "heldBy" in line for line in now)
    assert any("cat-general" in line and "/item/kota-" in line for line in now)
    assert not any("70000" in line for line in now)


def test_a_list_describes_a_source_anew(folder: Path) -> None:
    settings = Settings(data=str(folder / "data"))
    Pipeline(settings).load(collect([folder]))
    assert not any("70000" in line for line in stored(settings))
    (folder / "jejaring.yaml").write_text(LIST % "")
    Pipeline(settings).load(collect([folder]))
    assert any("70000" in line for line in stored(settings))


def test_a_library_nobody_knows_is_told_once(folder: Path) -> None:
    settings = Settings(data=str(folder / "data"))
    load = Pipeline(settings).load(collect([folder])).load
    assert load is not None
    told = [(kind, count) for _, kind, count, _ in load.journal.problems]
    assert ("unknown-library", 1) in told
    (folder / "perpustakaan.csv").write_text("id,nama,jenis,surel\nkota,Kota,perpustakaan umum,k@example.org\n")
    Pipeline(settings).load(collect([folder / "perpustakaan.csv"]))
    (folder / "ekspor.json").write_text(record("B"))
    load = Pipeline(settings).load(collect([folder])).load
    assert load is not None
    assert "unknown-library" not in [kind for _, kind, _, _ in load.journal.problems]


def test_a_copy_of_a_file_is_passed_over_and_said(folder: Path) -> None:
    (folder / "jejaring.yaml").unlink()
    (folder / "Salinan ekspor.json").write_text(record("A"))
    settings = Settings(data=str(folder / "data"))
    outcome = Pipeline(settings).load(collect([folder]))
    assert [(problem.kind, Path(problem.file).name) for problem in outcome.refused] == [
        ("copied-file", "Salinan ekspor.json")
    ]
    assert Pipeline(settings).catalogues() == ["ekspor"]
    again = Pipeline(settings).load(collect([folder / "Salinan ekspor.json"]))
    assert [problem.kind for problem in again.refused] == ["copied-file"]
    assert not Pipeline(settings).load(collect([folder / "Salinan ekspor.json"]), source="desa").refused
    assert sorted(Pipeline(settings).catalogues()) == ["desa", "ekspor"]
