from pathlib import Path

import pytest

from graph.errors import InputError
from ingest.inputs import Input, collect, source_name, told


@pytest.mark.parametrize(
    ("file", "name"),
    [("Kota Koha.mrc.gz", "Kota-Koha"), ("a.b.xml", "a.b"), ("direktori.xlsx", "direktori"), (".mrc", "mrc")],
)
def test_a_source_is_named_after_its_file(file: str, name: str) -> None:
    assert source_name(Path(file)) == name


def test_a_folder_says_what_its_files_are(tmp_path: Path) -> None:
    (tmp_path / "jejaring.yaml").write_text(
        "dasar_iri: https://x.org\nsumber:\n"
        "  - {berkas: 'perjanjian/*.yaml', bentuk: perjanjian}\n"
        "  - {berkas: kota.mrc, bentuk: marc, perpustakaan: kota, kode: kode/kota.csv, ditahan: [price]}\n"
    )
    (tmp_path / "perjanjian").mkdir()
    for name in ("perjanjian/A2.yaml", "perjanjian/A1.yaml", "kota.mrc", "other.mrc"):
        (tmp_path / name).write_text("")
    assert collect([tmp_path]) == [
        Input(tmp_path / "perjanjian/A1.yaml", form="perjanjian", described=True),
        Input(tmp_path / "perjanjian/A2.yaml", form="perjanjian", described=True),
        Input(
            tmp_path / "kota.mrc", "marc", "kota", tmp_path / "kode/kota.csv", withheld=("price",), described=True
        ),
    ]


def test_a_folder_without_a_list_gives_all_but_hidden_files(tmp_path: Path) -> None:
    for name in ("b.mrc", "a.csv", ".hidden"):
        (tmp_path / name).write_text("")
    assert [item.path.name for item in collect([tmp_path])] == ["a.csv", "b.mrc"]
    assert not collect([tmp_path])[0].listed


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("sumber: [{berkas: gone.mrc}]", "no such file"),
        ("sumber: [{berkas: a.mrc, format: x}]", "'format', which is not known"),
        ("sumber: [a.mrc]", "name: value"),
        ("sumber: [", "not valid YAML"),
    ],
)
def test_a_bad_list_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "jejaring.yaml").write_text(content)
    with pytest.raises(InputError, match=message):
        collect([tmp_path])


def test_the_command_line_goes_before_the_list() -> None:
    item = told([Input(Path("a.mrc"), library="kota")], "desa", None)[0]
    assert (item.source_id, item.library, item.profile) == ("a", "desa", "")


def test_fingerprints_follow_the_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"1")
    first = Input(file).fingerprint()
    file.write_bytes(b"2")
    assert Input(file).fingerprint() != first


def test_a_file_elsewhere_may_be_named_whole_and_a_listing_must_be_a_list(tmp_path: Path) -> None:
    (tmp_path / "kota.mrc").write_text("x")
    folder = tmp_path / "serahan"
    folder.mkdir()
    (folder / "jejaring.yaml").write_text(
        f"sumber:\n  - berkas: {tmp_path}/ko*.mrc\n  - berkas: ../kota.mrc\n", "utf-8"
    )
    assert [item.path.resolve() for item in collect([folder])] == [tmp_path / "kota.mrc"] * 2
    for wrong in ("sumber: 5\n", "sumber: kota.mrc\n"):
        (folder / "jejaring.yaml").write_text(wrong)
        with pytest.raises(InputError, match="no list"):
            collect([folder])
