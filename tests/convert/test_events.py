"""Coded dates: 033, 045, 046 and 306."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.convert.events import coded_period, formatted_date
from tests.convert.saying import said


@pytest.mark.parametrize(
    ("code", "date"),
    [
        ("w6w6", "186X"),
        ("w6", "186X"),
        ("x-x-", "19XX"),
        ("w6x2", "186X/192X"),
        ("x2w6", ""),
        ("d7d6", ""),
        ("?", ""),
    ],
)
def test_time_periods_become_intervals(code: str, date: str) -> None:
    assert coded_period(code) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [("d1972", "1972"), ("d197205", "1972-05"), ("d19720531", "1972-05-31"), ("c0044", "-0043"), ("c0001", "0000")],
)
def test_formatted_dates_become_edtf(text: str, date: str) -> None:
    assert formatted_date(text) == date


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    assert isinstance(coded_period(text), str)
    assert isinstance(formatted_date(text), str)


def test_an_unreadable_period_stays_text() -> None:
    assert 'Work bf:temporalCoverage "c9c9"' in said(r"=045  \\$ac9c9")


def test_a_span_of_events_has_its_dates_and_place() -> None:
    found = said(r"=033  20$a198702141030+0700$a19870216----+0700$b8074$cY6")
    assert 'Work bf:capture/[bf:Capture]/bf:date "1987-02-14/1987-02-16"^^dt:edtf' in found
    assert "Work bf:capture/[bf:Capture]/bf:place lca:classification/G8074.Y6" in found


def test_a_day_that_nobody_knows_stays_unspecified() -> None:
    assert 'Work bf:capture/[bf:Capture]/bf:date "1998-07-XX"^^dt:edtf' in said(r"=033  0\$a199807--")
    assert 'Work bf:capture/[bf:Capture]/bf:date "1998--05"' in said(r"=033  0\$a1998--05")


def test_an_end_before_christ_without_beginning_stays_text() -> None:
    assert 'Work bf:originDate "0044"' in said(r"=046  \\$d0044")


def test_one_of_two_days_that_is_no_date_leaves_both_as_text() -> None:
    assert 'Work bf:capture/[bf:Capture]/bf:date "20000616 musim"' in said(r"=033  2\$a20000616$amusim")


def test_dates_of_creation_and_validity_are_kept_apart() -> None:
    found = said(r"=046  \\$k1991$l1992$m2000$n2001")
    assert 'Work bf:originDate "1991/1992"^^dt:edtf' in found
    assert 'Work bf:validDate "2000/2001"^^dt:edtf' in found


def test_an_unreadable_playing_time_stays_text() -> None:
    assert 'Instance bf:duration "about an hour"' in said(r"=306  \\$aabout an hour")
