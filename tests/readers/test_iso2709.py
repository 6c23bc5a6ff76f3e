import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.readers.iso2709 import directory_fits
from tests.readers import made


def test_sound_records_pass_without_a_word(tmp_path: Path) -> None:
    path = made.written(tmp_path, made.iso(1) + made.iso(2, "Pulang ke Bandung"))
    good, lost = made.results(path)
    assert made.numbers(good) == ["rec00001", "rec00002"]
    assert not lost
    assert not good[0].repairs
    assert (good[0].offset, good[1].offset) == (0, len(made.iso(1)))
    assert made.content(good[1].record) == made.content(made.record(2, "Pulang ke Bandung"))


def test_gzip_is_undone(tmp_path: Path) -> None:
    good, _ = made.results(made.written(tmp_path, gzip.compress(made.iso(1))))
    assert made.numbers(good) == ["rec00001"]


@pytest.mark.parametrize("between", [b"\n", b"\r\n", b"\x00" * 300, b"  \n\x1a"])
def test_padding_between_records_is_no_record(tmp_path: Path, between: bytes) -> None:
    good, lost = made.results(made.written(tmp_path, between.join([made.iso(1), made.iso(2), b""])))
    assert len(good) == 2
    assert not lost
    assert good[1].offset == len(made.iso(1)) + len(between)


WRONG = {
    "length": lambda chunk: b"00042" + chunk[5:],
    "base": lambda chunk: chunk[:12] + b"00001" + chunk[17:],
    "letters": lambda chunk: b"abcde" + chunk[5:],
    "directory": lambda chunk: chunk[:27] + b"9999" + chunk[31:],
    "starts": lambda chunk: chunk[:43] + b"77777" + chunk[48:],
    "no leader": lambda chunk: chunk[24:],
    "short leader": lambda chunk: chunk[:8] + chunk[9:],
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_measures_are_repaired_and_told(tmp_path: Path, wrong: str) -> None:
    chunk = WRONG[wrong](made.iso(1))
    good, lost = made.results(made.written(tmp_path, made.iso(7) + chunk + made.iso(2)))
    assert not lost
    assert made.numbers(good) == ["rec00007", "rec00001", "rec00002"]
    assert made.content(good[1].record) == made.content(made.record(1)) or wrong == "starts"
    assert good[1].repairs
    assert good[1].repairs[0].record == 2
    assert good[1].repairs[0].control_number == "rec00001"
    assert not good[0].repairs
    assert not good[2].repairs


def test_more_than_99999_bytes(tmp_path: Path) -> None:
    big = made.record(1, f500="x" * 120_000)
    chunk = big.as_marc()
    good, _ = made.results(made.written(tmp_path, b"99999" + chunk[-len(chunk) + 5 :] + made.iso(2)))
    assert made.numbers(good) == ["rec00001", "rec00002"]
    assert len(good[0].record["500"]["a"]) == 120_000


def test_a_record_cut_off_in_the_middle_costs_no_other(tmp_path: Path) -> None:
    good, _ = made.results(made.written(tmp_path, made.iso(1)[:-10] + made.iso(2) + made.iso(3)[:-10]))
    assert made.numbers(good) == ["rec00001", "rec00002", "rec00003"]
    assert "truncated" in made.kinds(good[0])
    assert "truncated" in made.kinds(good[2])
    assert good[0].record.get("245")
    assert not good[0].record.get("650")


def test_what_has_no_fields_is_lost_with_its_offset(tmp_path: Path) -> None:
    _, lost = made.results(made.written(tmp_path, made.iso(1) + b"00026     2200025   4500\x1e\x1d" + made.iso(2)))
    assert [(found.number, found.offset) for found in lost] == [(2, len(made.iso(1)))]
    assert str(len(made.iso(1))) in str(lost[0].problem)


def test_missing_indicators_and_unknown_codes(tmp_path: Path) -> None:
    chunk = made.iso(1).replace(b"10\x1fa", b"1\x1fa").replace(b"\x1fxFiksi", b"\x1f\xc7\x82xFiksi")
    good, _ = made.results(made.written(tmp_path, chunk))
    assert {"indicators", "subfield-code"} <= made.kinds(good[0])
    assert good[0].record["245"].indicators == ("1", " ")
    assert good[0].record["650"]["x"] == "Fiksi"


def test_a_delimiter_within_a_text_joins_what_it_parted(tmp_path: Path) -> None:
    good, _ = made.results(made.written(tmp_path, made.iso(1, f500="di antara \x1fλ dan 0,63")))
    assert good[0].record["500"]["a"] == "di antara λ dan 0,63"


def test_unordered_directories_are_sound() -> None:
    chunk = made.iso(1)
    base = int(chunk[12:17])
    entries = [chunk[i : i + 12] for i in range(24, base - 1, 12)]
    assert directory_fits(chunk[:24] + b"".join(reversed(entries)) + chunk[base - 1 :])


def test_xml_escapes_become_characters(tmp_path: Path) -> None:
    good, _ = made.results(made.written(tmp_path, made.iso(1, f500="Ayah &amp; anak&apos; &#x4E00;")))
    assert good[0].record["500"]["a"] == "Ayah & anak' 一"
    assert made.kinds(good[0]) == {"xml-escapes"}


def test_junk_of_any_length_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "records.mrc"
    with path.open("wb") as file:
        file.write(made.iso(1))
        file.seek(40 << 20, 1)
        file.write(made.iso(2))
    good, lost = made.results(path)
    assert made.numbers(good) == ["rec00001", "rec00002"]
    assert not lost


def test_a_damaged_gzip_gives_what_is_sound(tmp_path: Path) -> None:
    data = gzip.compress(b"".join(made.iso(n, f500=str(n) * 50) for n in range(400)), 1)
    good, lost = made.results(made.written(tmp_path, data[: len(data) // 2]))
    assert len(good) > 20
    assert lost[-1].problem.kind == "damaged-file"


EDITS = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from("rid"), st.binary(min_size=1, max_size=6)), max_size=8
)


def corrupted(chunk: bytes, edits: list[tuple[int, str, bytes]]) -> bytes:
    """Replace, insert or delete a few bytes at each place."""
    for place, how, data in edits:
        at = place % (len(chunk) + 1)
        end = at if how == "i" else at + len(data)
        chunk = chunk[:at] + (b"" if how == "d" else data) + chunk[end:]
    return chunk


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(1, 3), edits=EDITS)
def test_a_corrupted_record_costs_no_neighbour(
    tmp_path: Path, which: int, edits: list[tuple[int, str, bytes]]
) -> None:
    chunks = [made.iso(n, f500="Édisi ketiga") for n in range(5)]
    chunks[which] = corrupted(chunks[which], edits)
    good, _ = made.results(made.written(tmp_path, b"".join(chunks)))
    contents = [made.content(found.record) for found in good]
    for number in set(range(5)) - {which}:
        assert made.content(made.record(number, f500="Édisi ketiga")) in contents
