"""What 007 and 008 of holdings records say of copies; and the format for holdings data is whole."""

import csv
from pathlib import Path

import pytest
from pymarc import Field, Record, Subfield

from graph.names import PREFIXES
from ingest.code_map import CodeMap
from ingest.items import ItemRules
from ingest.items.coded import positions
from ingest.items.profiles import CODES, profile
from ingest.source import Source

BF, JP, LABEL = PREFIXES["bf"], PREFIXES["jp"], PREFIXES["rdfs"] + "label"
FORMAT = Path(__file__).with_name("marc21-holdings.txt")


def lines(fixed: str, form: str = "", codes: CodeMap | None = None) -> str:
    """What a holdings record with this 008 (and 007) says."""
    made = Record()
    made.leader = "00000nx  a2200000 i 4500"
    made.add_field(Field("001", data="5"), Field("004", data="77"), Field("008", data=fixed))
    if form:
        made.add_field(Field("007", data=form))
    made.add_field(Field("852", subfields=[Subfield("h", "020")]))
    _, spoken = ItemRules("https://kb.example", Source("t", code_map=codes)).holdings(made)
    return "\n".join(spoken.lines)


def fixed(**codes: str) -> str:
    """An 008 with these codes: ``p12="8"`` is position 12."""
    text = list("2001010" + "u" + "    " + "0   " + "1001" + "aa" + "ind" + "0" + "000000")
    for place, code in codes.items():
        text[int(place[1:])] = code
    return "".join(text)


@pytest.mark.parametrize(
    ("code", "access"),
    [("a", "access-loanable"), ("b", "access-library-only"), ("c", "access-loanable"), ("l", "access-restricted")],
)
def test_the_lending_policy_decides_whether_copies_may_be_borrowed(code: str, access: str) -> None:
    assert f"{BF}usageAndAccessPolicy> <{JP}{access}>" in lines(fixed(p20=code))


def test_what_is_on_order_is_not_there_yet() -> None:
    assert f"{BF}status> <{JP}status-in-process>" in lines(fixed(p6="3"))
    assert f"{BF}status> <{JP}status-available>" in lines(fixed(p6="4"))


def test_how_copies_came_and_whether_they_stay() -> None:
    said = lines(fixed(p7="g", p12="8"))
    assert f"<{JP}acq-gift>" in said
    assert f"{BF}RetentionPolicy>" in said
    assert f'{LABEL}> "permanently retained"@en' in said
    assert f'{LABEL}> "disimpan tetap"@id' in said


def test_codes_of_the_source_go_before() -> None:
    own = CodeMap.parse("kolom,nilai_lokal,akses\nlending-policy,b,dapat dipinjam\n", "own")
    assert f"{BF}usageAndAccessPolicy> <{JP}access-loanable>" in lines(fixed(p20="b"), codes=own)


def test_the_form_of_a_holding_is_its_carrier() -> None:
    assert f"{BF}carrier> <http://id.loc.gov/vocabulary/carriers/hd>" in lines(fixed(), "hd afb---baca")


def test_a_record_without_008_says_no_more_than_its_fields() -> None:
    assert f"{BF}usageAndAccessPolicy> <{JP}access-loanable>" in lines("")


def test_every_position_is_mapped_or_ignored_with_its_reason() -> None:
    with (CODES / "holdings-008-positions.csv").open(encoding="utf-8", newline="") as rows:
        told = list(csv.DictReader(rows))
    places = [range(int(a), int(b or a) + 1) for row in told for a, _, b in [row["posisi"].partition("-")]]
    assert [place for span in places for place in span] == list(range(32))
    assert all(row["alasan"].strip() for row in told)
    coded = {span[0] for span, row in zip(places, told, strict=True) if row["alasan"] == "holdings-008.csv"}
    assert coded == set(positions())


@pytest.mark.parametrize("line", [line for line in FORMAT.read_text("utf-8").splitlines() if line[0] != "#"])
def test_every_subfield_of_the_format_is_mapped_or_ignored_with_its_reason(line: str) -> None:
    tag, codes = line.split()
    assert all(profile("marc21").coverage(tag, code) for code in codes)
