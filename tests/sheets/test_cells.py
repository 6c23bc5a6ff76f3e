from datetime import date, datetime

import pytest

from ingest.sheets.cells import CellError, coordinate, day, link, number, plain, truth, whole, written


@pytest.mark.parametrize(
    "cell", ["2026-03-15", "15-03-2026", "15/03/2026", "15.3.2026", "15 Maret 2026", "15 mar 2026"]
)
def test_dates(cell: str) -> None:
    assert day(cell) == date(2026, 3, 15)


@pytest.mark.parametrize("cell", ["31/02/2026", "2026-13-01", "15/03/26", "besok", "03/2026"])
def test_no_dates(cell: str) -> None:
    with pytest.raises(CellError):
        day(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("15000", "15000"), ("15.000", "15000"), ("Rp15.000", "15000"), ("Rp 15.000,50", "15000.5"),
     ("15,000.25", "15000.25"),
     ("15000.0", "15000"), ("34,4", "34.4"), ("0", "0"), ("1.234.567", "1234567")],
)  # fmt: skip
def test_numbers(cell: str, value: str) -> None:
    assert plain(number(cell)) == value


@pytest.mark.parametrize("cell", ["AUD 5", "$5", "S$ 2,50", "RM0,50", "5 EUR", "€ 3", "1.000 SGD"])
def test_an_amount_in_another_currency_is_not_taken_for_rupiah(cell: str) -> None:
    with pytest.raises(CellError, match="names a currency") as raised:
        number(cell)
    assert "mata_uang" in raised.value.remedy


def test_a_coordinate_has_no_thousands() -> None:
    assert plain(coordinate("-7.310")) == "-7.31"
    with pytest.raises(CellError):
        coordinate("731")


@pytest.mark.parametrize("cell", ["", "Inf", "1e9", "٣", "9" * 30, "12a"])
def test_no_numbers(cell: str) -> None:
    with pytest.raises(CellError):
        whole(cell)


def test_the_number_that_a_spreadsheet_keeps_for_a_date() -> None:
    assert (day("46096"), day("46096.0")) == (date(2026, 3, 15), date(2026, 3, 15))
    with pytest.raises(CellError):
        day("2026")


def test_other_cells() -> None:
    assert (truth("Ya"), truth("no")) == (True, False)
    assert link("www.x.example") == "https://www.x.example"
    assert written(datetime(2026, 3, 15)) == "2026-03-15"
    assert written(21.0) == "21"
    with pytest.raises(CellError):
        link("not a link")
