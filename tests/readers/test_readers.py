import gzip
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pymarc import Leader, Record

from graph.errors import InputError
from ingest import readers
from tests.readers import made

UNIMARC = "20200101d2019    m  y0frey50      ba"


def unimarc(number: int) -> Record:
    record = Record()
    record.leader = Leader("00000nam  2200000   450 ")
    record.add_field(made.field("100", "  ", UNIMARC), made.field("200", "1 ", f"Titre {number}"))
    return record


REFUSED = {
    "empty": (b"", "empty"),
    "text": (b"Dear librarian, here are our records.\n" * 50, "holds no MARC"),
    "zeros": (bytes(100_000), "holds no MARC"),
    "sql": (b"-- dump\nINSERT INTO `biblio_metadata` VALUES (1,'<record><leader>x</leader>');", "SQL"),
    "maker": (b"=LDR  00000nam a2200000 i 4500\n=001  1\n", "MARCMaker"),
    "gzip": (b"\x1f\x8b\x08\x00nonsense", "gzip"),
    "unimarc": (b"".join(unimarc(n).as_marc() for n in range(3)), "UNIMARC"),
    "json": (b'{"name": "perpustakaan"}', "holds no MARC"),
    "xml": (b"<rss><channel/></rss>", "holds no MARC"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_used_is_refused_with_a_remedy(tmp_path: Path, what: str) -> None:
    data, word = REFUSED[what]
    with pytest.raises(InputError, match=word) as refusal:
        readers.read(made.written(tmp_path, data))
    assert refusal.value.remedy


def test_two_gigabytes_of_zeros_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "zeros.mrc"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    with pytest.raises(InputError, match="holds no MARC"):
        readers.read(path)


def test_folders_and_absent_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="directory"):
        readers.read(tmp_path)
    with pytest.raises(InputError, match="cannot be opened"):
        readers.read(tmp_path / "absent.mrc")


def test_one_odd_record_makes_no_unimarc_file(tmp_path: Path) -> None:
    data = made.iso(1) + unimarc(2).as_marc() + made.iso(3)
    good, _ = made.results(made.written(tmp_path, data))
    assert len(good) == 3
    assert made.kinds(good[1]) == {"unimarc"}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("a", "bibliographic"),
        ("z", "authority"),
        ("u", "holdings"),
        ("y", "holdings"),
        ("q", "community"),
        ("w", "classification"),
    ],
)
def test_kinds(code: str, kind: str) -> None:
    record = made.record(1)
    record.leader.type_of_record = code
    assert readers.kind_of(record) == kind


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(
        [made.iso(1), made.xml(1).encode(), b'[{"leader":"x","fields":[', gzip.compress(made.iso(1)), b""]
    ),
    data=st.binary(max_size=400),
)
def test_no_bytes_raise_anything_but_an_input_error(tmp_path: Path, start: bytes, data: bytes) -> None:
    path = made.written(tmp_path, start + data)
    with suppress(InputError):
        assert all(found.number for found in readers.read(path))
