"""Records without a 001 keep the names of all they speak of when another number is added to them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymarc import Field, Indicators, Record, Subfield

from ingest.convert import Converter
from ingest.convert.unnumbered import own_name
from ingest.source import Source
from tests.convert.marc import record

TITLE = """
=100  1\\$aContoh, Siti,$d1950-
=245  10$aCerita laut /$cSiti Contoh.
=260  \\\\$aAmbon :$bPenerbit Contoh,$c2001.
=650  \\7$aLaut$2tsi
"""
converter = Converter("https://kb.example", Source("t"))


def unnumbered(text: str) -> Record:
    """A record without 001."""
    made = record(text)
    made.remove_fields("001")
    return made


@pytest.mark.parametrize("number", ["", "=035  \\\\$a(OCoLC)12345", "=010  \\\\$a   95001234 "])
@settings(max_examples=25, deadline=None)
@given(st.text("0123456789X-", min_size=1, max_size=17), st.integers(0, 6))
def test_another_020_renames_nothing(number: str, isbn: str, place: int) -> None:
    plain = unnumbered(f"{number}\n{TITLE}")
    more = unnumbered(f"{number}\n{TITLE}")
    more.fields.insert(place, Field("020", Indicators(" ", " "), [Subfield("a", isbn)]))
    assert set(converter.convert(plain).lines) <= set(converter.convert(more).lines)


def test_other_titles_editions_and_numbers_are_other_records() -> None:
    texts = [
        TITLE,
        TITLE.replace("Cerita laut", "Cerita darat"),
        TITLE + "=250  \\\\$aCetakan ke-2.",
        TITLE.replace("2001", "2005"),
        TITLE + "=035  \\\\$a(OCoLC)1",
        TITLE + "=035  \\\\$a(OCoLC)2",
        "=500  \\\\$aTanpa judul",
        "=500  \\\\$aTanpa judul lain",
    ]
    assert len({own_name(unnumbered(text)) for text in texts}) == len(texts)


def test_a_number_without_digits_names_nothing() -> None:
    assert own_name(unnumbered(TITLE + "=035  \\\\$a(OCoLC)")) == own_name(unnumbered(TITLE))
