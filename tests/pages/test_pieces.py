"""Small pieces of HTML that tables repeat: days, spans, standings; with values that are none or hostile."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from web.pages import pieces

ID = {"language": "id"}
ENVIRONMENT = SimpleNamespace(filters={})
pieces.start(ENVIRONMENT)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 3, 5), '<time datetime="2026-03-05">5 Mar 2026</time>'),
        (datetime(2026, 3, 5, 9, 30), '<time datetime="2026-03-05 09:30:00">5 Mar 2026</time>'),
        ("<2026>", '<time datetime="&lt;2026&gt;">&lt;2026&gt;</time>'),
        (None, ""),
    ],
)
def test_a_day_is_shown_in_words_and_for_programs(value: object, shown: str) -> None:
    assert ENVIRONMENT.filters["day"](ID, value) == shown


def test_a_span_says_which_end_is_open() -> None:
    span = ENVIRONMENT.filters["span"]
    assert span(ID, {"starts": date(2026, 3, 5)}) == '<time datetime="2026-03-05">5 Mar 2026</time> – '
    assert span(ID, {"ends": date(2026, 3, 5)}).startswith(" – <time")
    assert span(ID, {"starts": None}) == ""


def test_a_standing_is_said_in_the_language_of_the_page() -> None:
    assert ENVIRONMENT.filters["standing"](ID, "in force") == '<span class="badge in-force">berlaku</span>'
