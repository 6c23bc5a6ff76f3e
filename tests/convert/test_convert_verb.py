"""``jejaring convert``: a file in, N-Triples out, gzipped by name."""

import gzip
from pathlib import Path

from click.testing import CliRunner
from pymarc import Field, Indicators, Record, Subfield

from web.cli import main


def marc(path: Path) -> Path:
    record = Record(leader="00000nam a2200000 i 4500")
    record.add_field(Field("001", data="7"))
    record.add_field(Field("245", Indicators("0", "0"), [Subfield("a", "Bumi Manusia")]))
    record.add_field(
        Field("952", Indicators(" ", " "), [Subfield("a", "XX"), Subfield("p", "1"), Subfield("y", "BK")])
    )
    path.write_bytes(record.as_marc())
    return path


def test_gzip_by_name_base_and_profile(tmp_path: Path):
    file, out = marc(tmp_path / "a.mrc"), tmp_path / "a.nt.gz"
    options = ["--source", "kota", "--base", "https://b.example", "--profile", "koha", "-o", str(out)]
    result = CliRunner().invoke(main, ["convert", str(file), *options])
    assert result.exit_code == 0, result.output
    text = gzip.decompress(out.read_bytes()).decode()
    assert "<https://b.example/id/instance/kota-7>" in text
    assert "<https://b.example/id/item/kota-1>" in text


def test_problems_name_file_record_and_number(tmp_path: Path):
    file = marc(tmp_path / "a.mrc")
    result = CliRunner().invoke(main, ["convert", str(file)])
    assert f"{file} record 1 (001 = 7), 952" in result.stderr
    assert '"Bumi Manusia"' in result.stdout
