import gzip
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import readers
from tests.readers import made

ONE = """\
000000001 FMT   L BK
000000001 LDR   L 00000nam^a2200000^i^4500
000000001 008   L 200101s2017^^^^io^^^^^^^^^^^^000^1^ind^d
000000001 1001  L $$aChudori, Leila S.
000000001 24510 L $$aLaut bercerita 1 /$$cLeila S. Chudori.
000000001 650 0 L $$aÉtudes$$xFiksi
000000001 CAT   L $$aSITI$$b10
"""
TWO = """\
000000002 LDR   L 00000nam^a2200000^i^4500
000000002 001   L nol2
000000002 24500 L $$aPulang ^ dan $5
"""


def file(folder: Path, text: str) -> Path:
    return made.written(folder, text.encode(), "bib.seq")


def test_a_record_is_the_lines_of_one_number(tmp_path: Path) -> None:
    path = file(tmp_path, ONE + TWO)
    assert readers.recognise(path).name == "Aleph sequential"
    good, lost = made.results(path)
    assert not lost
    assert [found.offset for found in good] == [0, len(ONE.encode())]
    assert made.numbers(good) == ["000000001", "nol2"]
    assert made.content(good[0].record) == [
        ("001", "000000001"),
        ("008", "200101s2017    io            000 1 ind d"),
        ("100", "1", " ", ("a", "Chudori, Leila S.")),
        ("245", "1", "0", ("a", "Laut bercerita 1 /"), ("c", "Leila S. Chudori.")),
        ("650", " ", "0", ("a", "Études"), ("x", "Fiksi")),
        ("CAT", " ", " ", ("a", "SITI"), ("b", "10")),
    ]
    assert str(good[0].record.leader) == "00000nam a2200000 i 4500"
    assert good[1].record["245"]["a"] == "Pulang ^ dan $5"
    assert not good[0].repairs


def test_forms_of_the_file(tmp_path: Path) -> None:
    for data in (gzip.compress(ONE.encode()), b"\xef\xbb\xbf" + ONE.encode(), ONE.replace("\n", "\r\n").encode()):
        good, lost = made.results(made.written(tmp_path, data, "bib.seq"))
        assert (made.numbers(good), lost) == (["000000001"], [])
        assert good[0].record["650"]["x"] == "Fiksi"


def test_damaged_lines_cost_no_other(tmp_path: Path) -> None:
    broken = ONE.replace("000000001 1001  L", "000000001 1001 L").replace("bercerita 1", "bercerita\n1")
    good, lost = made.results(file(tmp_path, "nama\n" + ONE + "\n" + broken.replace("000000001", "000000003")))
    assert [(one.number, one.offset) for one in lost] == [(1, 0)]
    assert made.kinds(good[0]) == set()
    assert made.kinds(good[1]) == {"line", "line-break"}
    assert good[1].record["245"]["a"] == "Laut bercerita 1 /"
    told = next(problem.message for problem in good[1].repairs if problem.kind == "line")
    place = ("nama\n" + ONE + "\n" + broken).encode().rindex(b"000000001 1001 L")
    assert f"byte {place} " in told


def test_other_sets_missing_leaders_and_deleted_records(tmp_path: Path) -> None:
    text = "000000007 24500 L $$aEtüde für Müller\n000000008 DEL   L $$aY\n000000008 24500 L Judul\n"
    good, _ = made.results(made.written(tmp_path, text.encode("cp1252"), "bib.seq"))
    assert good[0].record["245"]["a"] == "Etüde für Müller"
    assert made.kinds(good[0]) == {"encoding", "leader-missing"}
    assert good[1].record.leader.record_status == "d"
    assert good[1].record["245"]["a"] == "Judul"


def test_a_file_cut_off_gives_what_is_there(tmp_path: Path) -> None:
    whole = gzip.compress((ONE + TWO).encode(), mtime=0)
    good, lost = made.results(made.written(tmp_path, whole[:-12], "bib.seq"))
    assert made.numbers(good)[:1] == ["000000001"]
    assert [one.problem.kind for one in lost][-1:] == ["damaged-file"]


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.one_of(st.sampled_from((ONE + TWO).encode().splitlines()), st.binary(max_size=60))))
def test_whatever_comes_every_line_is_read_or_told(tmp_path: Path, lines: list[bytes]) -> None:
    start = b"000000009 24500 L $$aAwal"
    good, lost = made.results(made.written(tmp_path, b"\n".join([start, *lines]), "bib.seq"))
    numbers = [one.number for one in good] + [one.number for one in lost]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert (good[0].record["245"]["a"] or "").startswith("Awal")
