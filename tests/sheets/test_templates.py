"""The empty sheets: every column that takes one of a list of words has that list as a drop-down."""

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from ingest.sheets import read_sheets
from ingest.sheets.writing import LISTS, choices, templates
from ontology.sheets import sheets
from tests.sheets.network import BASE


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("templates")
    templates(found)
    return found


@pytest.fixture(scope="module")
def book(folder):
    return load_workbook(folder / "jejaring.xlsx")


def offered(book, page, letter):
    """The words the drop-down of a column offers."""
    (found,) = [one for one in page.data_validations.dataValidation if f"{letter}2" in one.sqref]
    assert found.type == "list"
    first, top, last, bottom = range_boundaries(found.formula1.partition("!")[2].replace("$", ""))
    assert first == last
    return [book[LISTS].cell(row, first).value for row in range(top, bottom + 1)]


@pytest.mark.parametrize("name", sheets())
def test_coded_columns_have_a_drop_down(book, name):
    page = book[name]
    coded = 0
    for number, column in enumerate(sheets()[name].columns, 1):
        words = choices(column)
        letter = get_column_letter(number)
        assert page.cell(1, number).value == column.id
        if words:
            coded += 1
            assert offered(book, page, letter) == words
        else:
            assert not any(f"{letter}2" in one.sqref for one in page.data_validations.dataValidation)
    assert coded == len(page.data_validations.dataValidation)
    assert coded == sum(column.kind in ("code", "boolean", "sort") for column in sheets()[name].columns)


@pytest.mark.parametrize(
    "name", [n for n, s in sheets().items() if any(c.kind == "code" and c.required for c in s.columns)]
)
def test_every_word_offered_is_understood(book, name, tmp_path):
    column = next(one for one in sheets()[name].columns if one.kind == "code" and one.required)
    fill = {"date": "2026-03-15", "integer": "1", "id": "x", "boolean": "ya", "counts": "x:1", "barcode": "1"}
    for word in choices(column):
        cells = [word if one is column else _filling(one, fill) for one in sheets()[name].columns]
        file = tmp_path / f"{name}.csv"
        lines = [[one.id for one in sheets()[name].columns], cells]
        file.write_text("\n".join(",".join(f'"{cell}"' for cell in line) for line in lines), encoding="utf-8")
        problems = [str(problem) for problem in read_sheets([file], BASE).problems]
        assert not any(f"{name}.{column.id}" in problem for problem in problems), (word, problems)


def _filling(column, fill):
    if not column.required and column.kind != "id":
        return ""
    return (choices(column) or [fill.get(column.kind, "x")])[0]
