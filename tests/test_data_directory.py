"""A mistyped data directory is told, and not made."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.archive import Archive
from graph.data_directory import there
from graph.errors import NotFound
from graph.releases import Releases
from web.cli import main

READING = [
    "releases", "diff 1 2", "report", "export MARC", "export RDF", "backup {}/copy", "check", "dump", "serve",
    "ask cq06-lapsing", "query -", "show kota", "may lend x --for y", "calendar", "request lend x --for y",
    "issue directory x {}/out", "what-if x", "export-sheets {}/out", "plan-rotation x --from 2026-01-01",
    "authorities list", "authorities remove x", "authorities check", "match", "match {}/names.csv",
    "decisions list", "decisions export -", "decisions undo 1", "decisions publish", "decisions find-merges",
    "lookup services", "lookup run wikidata", "lookup forget wikidata",
    "token list", "token new desk --scope update", "token revoke desk", "withdraw kota", "rebuild",
]  # fmt: skip


@pytest.mark.parametrize("words", READING)
def test_a_verb_that_needs_data_says_that_there_is_none_and_makes_none(words: str, tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("heading\nAmbar\n", encoding="utf-8")
    mistyped = tmp_path / "jejarnig"
    told = [word.format(tmp_path) for word in words.split()]
    result = CliRunner().invoke(main, ["--data", str(mistyped), *told], input="ASK {}")
    assert result.exit_code == 1, result.output
    assert f"There is no data directory {mistyped}." in result.output
    assert "--data" in result.output.replace(str(mistyped), "")
    assert not mistyped.exists()


def test_an_empty_directory_is_one_in_which_nothing_was_loaded(tmp_path: Path) -> None:
    assert there(tmp_path) == tmp_path
    for read in (Releases(tmp_path).current, lambda: Archive.open(tmp_path)):
        with pytest.raises(NotFound, match=r"There is no release in .* yet\. `jejaring load"):
            read()
