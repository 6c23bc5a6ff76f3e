"""Digests of a release's files: damage that no query has met yet is found."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph import file_digests
from graph.releases import Releases
from tests.loading.stand_in import catalogue, directory, load, record
from web.cli import main


@pytest.fixture
def release(tmp_path: Path) -> Path:
    load(tmp_path, catalogue("a", [record(str(one), f"Bumi {one}") for one in range(20)]), directory({"kota": "K"}))
    return Releases(tmp_path).current().path


def found(data: Path) -> list[dict[str, object]]:
    said = CliRunner().invoke(main, ["--data", str(data), "check", "--json"]).output
    return [one for one in json.loads(said) if one["name"] == "files"]


def test_a_release_that_was_only_read_is_as_published(release: Path) -> None:
    digests = file_digests.noted(release)
    assert digests
    assert any(name.startswith("store/") for name in digests)
    store = Releases(release.parents[1]).current().store
    assert store.ask("ASK { ?s ?p ?o }")
    assert file_digests.altered(release, digests) == []
    assert [one["sound"] for one in found(release.parents[1])] == [True]


@pytest.mark.parametrize("harm", ["overwritten", "gone", "added"])
def test_harm_to_a_file_of_the_store_is_named(release: Path, harm: str) -> None:
    largest = max((release / "store").iterdir(), key=lambda file: file.stat().st_size)
    if harm == "overwritten":
        content = bytearray(largest.read_bytes())
        content[len(content) // 2] ^= 0xFF
        largest.write_bytes(content)
    elif harm == "gone":
        largest.unlink()
    else:
        largest = release / "store" / "999999.sst"
        largest.write_bytes(b"x")
    digests = file_digests.noted(release)
    assert digests
    assert file_digests.altered(release, digests) == [f"store/{largest.name}"]


def test_a_file_that_two_releases_share_is_digested_once(release: Path) -> None:
    """Damaged since, it is found in the later release, too."""
    before, old = file_digests.noted(release) or {}, {file.name: file for file in (release / "store").iterdir()}
    load(release.parents[1], catalogue("b", [record("b1", "Laut")]))
    later = Releases(release.parents[1]).current().path
    digests = file_digests.noted(later) or {}
    files = [file for file in (later / "store").glob("*.sst") if file.name in old and file.samefile(old[file.name])]
    assert files
    shared = f"store/{files[0].name}"
    assert digests[shared] == before[shared]
    content = bytearray(files[0].read_bytes())
    content[len(content) // 2] ^= 0xFF
    files[0].write_bytes(content)
    assert file_digests.altered(later, digests) == [shared]


def test_check_names_the_file(release: Path) -> None:
    (release / "store" / "999999.sst").write_bytes(b"x")
    (finding,) = found(release.parents[1])
    assert not finding["sound"]
    assert "store/999999.sst" in str(finding["message"])
    assert "backup" in str(finding["message"])


def test_a_release_of_before_has_none(release: Path) -> None:
    (release / file_digests.NAME).unlink()
    (finding,) = found(release.parents[1])
    assert finding["sound"]
    assert "next load" in str(finding["message"])
