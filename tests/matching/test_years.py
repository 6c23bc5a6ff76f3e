import pytest

from graph.matching.years import Years, agreement, split, years


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1925-2006", Years(1925, 2006)),
        ("1950-", Years(1950, None)),
        ("b. 1950", Years(1950, None)),
        ("d. 1640", Years(None, 1640)),
        ("-1927", Years(None, 1927)),
        ("ca. 1600-1650", Years(1600, 1650, True)),
        ("20. Jh.", Years()),
        ("", Years()),
    ],
)
def test_years_are_read_out_of_dates(text, found):
    assert years(text) == found


def test_a_heading_is_split_from_its_dates():
    text, found = split("Sutarno, Mira, 1950-2001")
    assert (text.strip(" ,"), found) == ("Sutarno, Mira", Years(1950, 2001))


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("1925-2006", "1925-2006", "both"),
        ("1925-", "1925-2006", "birth"),
        ("1925-2006", "1926-2006", "near"),
        ("1925-2006", "1952-2006", "conflict"),
        ("ca. 1600", "1603", "near"),
        ("1925-", "1960-", "conflict"),
        ("1925-", "", ""),
    ],
)
def test_dates_agree_or_conflict(one, other, how):
    assert agreement(years(one), years(other)) == how
