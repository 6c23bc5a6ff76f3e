import re
from pathlib import Path

from ingest.document_reading import read_documents
from ingest.inputs import Input
from ingest.recognition import recognise
from tests.sheets.network import BASE, SHEETS


def documents(paths: list[Path]) -> tuple[int, list[str]]:
    inputs = [Input(path) for path in paths]
    reading = read_documents([(item, recognise(item)) for item in inputs], BASE, {})
    return len(reading.documents), [str(problem) for problem in reading.refused]


def test_the_example_is_taken() -> None:
    assert documents(SHEETS) == (21, [])


def test_a_violation_refuses_all_sheets_and_names_the_row(tmp_path: Path) -> None:
    paths = []
    for source in SHEETS:
        paths.append(tmp_path / source.name)
        content = source.read_text(encoding="utf-8")
        changed = content.replace("tf1,2026-02-12,prov,tirta", "tf1,2026-02-12,prov,prov")
        paths[-1].write_text(changed, encoding="utf-8")
    taken, refused = documents(paths)
    assert taken == 0
    assert any("kiriman.csv record" in line and "Pengirim sama" in line for line in refused)


def test_sheets_that_hold_all_of_other_sources_are_offered_their_place(tmp_path: Path) -> None:
    """A publication corrected beside the file it came from is there twice, which no shape lets pass."""
    sheets = {
        "perpustakaan": "id,nama,jenis\nkota,Kota,perpustakaan umum\ndesa,Desa,perpustakaan umum\n",
        "kiriman": "id,tanggal,dari,kepada,terbitan,jumlah,jenis\ntf1,2026-02-12,kota,desa,Laut,3,dihadiahkan\n",
    }
    found = []
    for name, rows in sheets.items():
        (tmp_path / f"{name}.csv").write_text(rows, encoding="utf-8")
        item = Input(tmp_path / f"{name}.csv")
        found.append((item, recognise(item)))
    taken = {document.source: document.lines for document in read_documents(found, BASE, {}).documents}
    wrong = [re.sub("instance/sheet-[a-z0-9]+", "instance/w1", line) for line in taken["kiriman"]]
    more = [*wrong, *(line.replace("/id/tf1>", "/id/tf2>") for line in wrong)]
    for before, offered in ({"kiriman": wrong}, True), ({"kiriman": more}, False):
        refused = read_documents(found, BASE, {"other": [], **before}).refused
        (remedy,) = (problem.remedy for problem in refused if problem.kind == "sheets-refused")
        assert remedy.endswith("load with --replacing kiriman.") == offered


def test_a_row_that_another_source_has_otherwise_is_named(tmp_path: Path) -> None:
    """The export is loaded beside the workbook it came from: a corrected name would stand beside the wrong one."""
    file = tmp_path / "perpustakaan.csv"
    file.write_text(
        "id,nama,jenis\nkota,Perpustakaan Kota,perpustakaan umum\ndesa,Desa,perpustakaan umum\n", "utf-8"
    )
    found = [(Input(file), recognise(Input(file)))]
    lines = read_documents(found, BASE, {}).documents[0].lines
    more = f"<{BASE}/id/kota> <http://www.w3.org/ns/org#hasPost> <{BASE}/id/post> ."
    before = {"same": [*lines, more], "old": [line.replace("Perpustakaan Kota", "Taman Bacaan") for line in lines]}
    problems = read_documents(found, BASE, before).documents[0].problems
    named = [(p.record, p.message) for p in problems if p.kind == "row-elsewhere"]
    assert named == [(2, "kota is in the source 'old' too, otherwise, and both count.")]
