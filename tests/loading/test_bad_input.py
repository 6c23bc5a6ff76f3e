"""Bad input: each a clear message with file, place and remedy; the rest goes on; exit status 1 only when
nothing could be used."""

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest import pipeline
from ingest.coverage import NO_RULINGS
from tests.loading import stand_in
from tests.loading.stand_in import BASE, graph, record
from web.cli import main

GOOD = [record(str(number), f"Judul {number}", ["Ann"]) for number in range(1, 4)]
SPARSE = 2 << 30


@pytest.fixture(autouse=True)
def small_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "make_converter", stand_in.Converter)
    monkeypatch.setattr(pipeline, "codes_of", stand_in.codes)
    monkeypatch.setattr(pipeline, "indexes", lambda base: [])
    monkeypatch.setattr(pipeline, "rulings", lambda: NO_RULINGS)


def load(tmp_path: Path, *files: Path) -> tuple[int, str]:
    words = ["--data", str(tmp_path / "data"), "--base", BASE, "load", *map(str, files)]
    result = CliRunner().invoke(main, words)
    return result.exit_code, result.output


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "baik.mrc"
    file.write_bytes(b"".join(item.as_marc() for item in GOOD))
    return file


def titles(tmp_path: Path) -> int:
    return sum("Judul" in line for line in graph(tmp_path / "data"))


BAD = {
    "empty.mrc": (b"", "is empty"),
    "letter.mrc": (b"Dear library, here is our catalogue.", "holds no MARC records"),
    "page.xml": (b"<html><body>Not found</body></html>", "is a web page"),
    "broken.mrc.gz": (gzip.compress(b"")[:10] + b"\xff" * 50, "damaged"),
    "empty.ttl": (b"", "holds no statement"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_used(name: str, tmp_path: Path, good: Path) -> None:
    content, message = BAD[name]
    bad = tmp_path / name
    bad.write_bytes(content)
    status, output = load(tmp_path, bad)
    assert status == 1
    assert f"{tmp_path}/{name}" in output
    assert message in output
    assert "Traceback" not in output
    status, output = load(tmp_path, bad, good)
    assert status == 0
    assert message in output
    assert titles(tmp_path) == len(GOOD)


def test_two_gigabytes_of_zeros(tmp_path: Path) -> None:
    bad = tmp_path / "nol.mrc"
    with bad.open("wb") as file:
        file.truncate(SPARSE)
    status, output = load(tmp_path, bad)
    assert status == 1
    assert "holds no MARC records" in output


def test_a_truncated_record_in_the_middle(tmp_path: Path) -> None:
    file = tmp_path / "potong.mrc"
    one, two, three = (item.as_marc() for item in GOOD)
    file.write_bytes(one + two[: len(two) // 2] + three)
    status, output = load(tmp_path, file)
    assert status == 0
    assert "potong.mrc record 2" in output
    assert titles(tmp_path) >= 2


def test_an_unreadable_file_takes_nothing_away(tmp_path: Path, good: Path) -> None:
    assert load(tmp_path, good)[0] == 0
    good.write_bytes(b"oops")
    assert load(tmp_path, good)[0] == 1
    assert titles(tmp_path) == len(GOOD)


def test_in_a_folder_only_what_is_read_counts(tmp_path: Path, good: Path) -> None:
    (tmp_path / "README").write_text("nothing to load")
    status, output = load(tmp_path, tmp_path)
    assert status == 0
    assert "README" not in output
    assert titles(tmp_path) == len(GOOD)


def test_a_folder_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "dump.sql").write_text("INSERT INTO biblio VALUES (1);")
    (tmp_path / "catatan.txt").write_text("apa saja")
    found = CliRunner().invoke(main, ["--data", str(tmp_path / "data"), "load", str(tmp_path)])
    assert found.exit_code == 1
    assert "None of the 2 files is of a kind that is read here." in found.output
