"""What is remembered of the texts of queries."""

from time import monotonic

import pytest

from web.sparql import experience
from web.sparql.experience import Experience


def test_a_text_is_known_as_it_went_the_last_time() -> None:
    known = Experience()
    assert not known.knows_long("SELECT")
    known.learn("SELECT", long=True)
    assert known.knows_long("SELECT")
    assert not known.knows_long("ASK")
    known.learn("SELECT", long=False)
    assert not known.knows_long("SELECT")


def test_it_is_forgotten_in_time_and_in_number(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Experience()
    for number in range(10_001):
        known.learn(f"text {number}", long=True)
    assert not known.knows_long("text 0")
    assert known.knows_long("text 1")
    later = monotonic() + experience.FORGOTTEN_AFTER
    monkeypatch.setattr(experience, "monotonic", lambda: later)
    assert not known.knows_long("text 1")


def test_any_text_can_be_remembered() -> None:
    known = Experience()
    known.learn("\ud800", long=True)
    assert known.knows_long("\ud800")
