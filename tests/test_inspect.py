"""``jejaring inspect``, on files of our own making."""

import json
from pathlib import Path

from click.testing import CliRunner

from tests.readers import made
from web.cli import main


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["inspect", *arguments])
    return result.exit_code, result.output


def test_text_names_format_sets_tags_and_places(tmp_path: Path) -> None:
    path = made.written(
        tmp_path, made.iso(1) + b"00026     2200025   4500\x1e\x1d" + made.legacy(2, b"Pr\xe2ejug\xe2e")
    )
    status, output = run(str(path))
    assert status == 0
    for part in (
        "ISO 2709",
        "2 read, 0 of them repaired, 1 lost",
        "MARC-8 1",
        "ind 2",
        "Laut bercerita 1 /",
        "record 2",
    ):
        assert part in output
    assert f"at byte {len(made.iso(1)):,}" in output


def test_json_has_one_object_a_file(tmp_path: Path) -> None:
    item = made.record(1)
    item.add_field(made.field("952", "  ", "KOTA"))
    item["952"].add_subfield("p", "B1")
    first = made.written(tmp_path, item.as_marc(), "one.mrc")
    second = made.written(tmp_path, made.collection(made.xml(1)), "two.xml")
    status, output = run("--json", str(first), str(second))
    one, two = map(json.loads, output.splitlines())
    assert status == 0
    assert one["items"] == {"tags": {"952": 1}, "profile": "koha", "profiles": {"koha": 1}}
    assert one["kinds"] == {"bibliographic": 1}
    assert one["tags"]["245"]["subfields"] == {"a": 1}
    assert two["format"] == "MARCXML"


def test_status_is_1_only_when_nothing_could_be_used(tmp_path: Path) -> None:
    good = made.written(tmp_path, made.iso(1))
    empty = made.written(tmp_path, b"", "empty.mrc")
    assert run(str(empty))[0] == 1
    status, output = run(str(empty), str(good))
    assert status == 0
    assert "is empty" in output
