"""A name that an entity beside it shows already is told once."""

import pytest

from web.pages.repeats import told_once
from web.pages.visit import visit

HTML = {"Accept": "text/html"}
WORK = "https://data.jejaring.example/id/w02"


@pytest.mark.parametrize(
    ("title", "columns", "shown"),
    [
        ("Laskar Pelangi", ["work", "copies"], None),
        ("Laskar Pelangi : novel", ["work", "copies"], "Laskar Pelangi : novel"),
        ("<<Laskar>> Pelangi", ["work", "copies"], None),
        ("The rainbow troops", ["work", "title", "copies"], "The rainbow troops"),
        ("Laskar Pelangi 2", ["work", "title", "copies"], "Laskar Pelangi 2"),
    ],
)
def test_a_column_that_only_repeats_goes(app, title, columns, shown):
    row = {"work": WORK, "title": title, "copies": 3}
    with app.test_request_context("/", headers=HTML):
        visit().know([WORK])
        assert told_once(["work", "title", "copies"], [row]) == (columns, [{**row, "title": shown}])


def test_an_address_without_a_name_stays(app):
    row = {"work": WORK, "page": "https://opac.example/"}
    with app.test_request_context("/", headers=HTML):
        assert told_once(["work", "page"], [row]) == (["work", "page"], [row])


def test_one_other_name_keeps_the_column_and_empties_the_rest(app):
    rows = [{"work": WORK, "title": one} for one in ("Laskar Pelangi", "Other")]
    with app.test_request_context("/", headers=HTML):
        columns, told = told_once(["work", "title"], rows)
    assert columns == ["work", "title"]
    assert [row["title"] for row in told] == [None, "Other"]
