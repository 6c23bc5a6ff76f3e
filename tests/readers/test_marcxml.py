import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from ingest import readers
from tests.readers import made
from tests.readers.test_iso2709 import EDITS, corrupted


def read(folder: Path, data: bytes) -> tuple[list, list]:
    return made.results(made.written(folder, data, "records.xml"))


WRAPPED = {
    "collection": made.collection(made.xml(1), made.xml(2)),
    "no namespace, two roots": (made.xml(1) + made.xml(2)).encode(),
    "byte order mark": b"\xef\xbb\xbf" + made.collection(made.xml(1), made.xml(2)),
    "no prolog": made.collection(made.xml(1), made.xml(2)).partition(b"\n")[2],
    "comment": made.collection(made.xml(1), f"<!-- {made.xml(9)} -->", made.xml(2)),
    "utf-16": made.collection(made.xml(1), made.xml(2)).decode().encode("utf-16"),
    "prefix": made.collection(made.xml(1), made.xml(2))
    .replace(b"</", b"</m:")
    .replace(b"<r", b"<m:r")
    .replace(b"<l", b"<m:l")
    .replace(b"<c", b"<m:c")
    .replace(b"<d", b"<m:d")
    .replace(b"<s", b"<m:s")
    .replace(b"xmlns=", b"xmlns:m="),
    "gzip": gzip.compress(made.collection(made.xml(1), made.xml(2))),
    "OAI-PMH": b"<OAI-PMH><ListRecords><record><header/><metadata>"
    + made.xml(1).encode()
    + b"</metadata></record><record><header/><metadata>"
    + made.xml(2).encode()
    + b"</metadata></record></ListRecords></OAI-PMH>",
}


@pytest.mark.parametrize("form", WRAPPED)
def test_whatever_stands_around_the_records(tmp_path: Path, form: str) -> None:
    good, lost = read(tmp_path, WRAPPED[form])
    assert made.numbers(good) == ["rec00001", "rec00002"]
    assert not lost
    assert not any(found.repairs for found in good)
    assert good[0].record["245"]["a"] == "Laut bercerita 1 /"


def test_latin1_is_decoded_by_its_declaration(tmp_path: Path) -> None:
    data = "<?xml version='1.0' encoding='ISO-8859-1'?>" + made.xml(1, "Étude")
    good, _ = read(tmp_path, data.encode("latin-1"))
    assert good[0].record["245"]["a"] == "Étude 1 /"


@pytest.mark.parametrize("where", [0, 60])
def test_a_document_type_is_refused(tmp_path: Path, where: int) -> None:
    data = (
        b'<!DOCTYPE c [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        + b" " * where
        + made.collection(made.xml(1, "&a;"))
    )
    with pytest.raises(InputError, match="DOCTYPE"):
        readers.read(made.written(tmp_path, data, "records.xml"))


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("Laut", "Laut & <b> laut", "not-well-formed"),
        ("Laut", "Laut\x03", "not-well-formed"),
        ('<subfield code="a">', "<subfield>", "subfield-code"),
        (' ind1="1"', "", "indicators"),
        ("00000nam a2200000 i 4500", "cam 22 4500", "leader-length"),
        ("<leader>00000nam a2200000 i 4500</leader>", "", "leader-missing"),
    ],
)
def test_what_is_missing_is_put_right_and_told(tmp_path: Path, old: str, new: str, kind: str) -> None:
    good, _ = read(tmp_path, made.collection(made.xml(1).replace(old, new), made.xml(2)))
    assert made.numbers(good) == ["rec00001", "rec00002"]
    assert made.kinds(good[0]) == {kind}
    assert not good[1].repairs
    assert "aut" in good[0].record["245"]["a"]


def test_a_field_without_tag_is_left_out_and_told(tmp_path: Path) -> None:
    good, _ = read(tmp_path, made.collection(made.xml(1).replace(' tag="245"', "")))
    assert made.kinds(good[0]) == {"tag-missing"}
    assert "Laut bercerita" in good[0].repairs[0].message


def test_collapsed_leaders_keep_status_type_and_level(tmp_path: Path) -> None:
    good, _ = read(tmp_path, made.collection(made.xml(1).replace("00000nam a2200000 i 4500", "cmm 22 4500")))
    assert good[0].record.leader[5:8] == "cmm"


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(1, 3), edits=EDITS)
def test_a_corrupted_record_costs_no_neighbour(
    tmp_path: Path, which: int, edits: list[tuple[int, str, bytes]]
) -> None:
    parts = [made.xml(n).encode() for n in range(5)]
    parts[which] = corrupted(parts[which], edits)
    data = made.collection("@@").replace(b"@@", b"".join(parts))
    good, _ = read(tmp_path, data)
    assert set(made.numbers(good)) >= {f"rec{n:05}" for n in range(5) if n != which}
