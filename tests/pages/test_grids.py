"""Grids of a large network: a page shows a part of them and says so; the file has all."""

from ontology.operations import operations
from web.pages.operations import MOST_ACROSS, Shown


def shown(number):
    table = next(one for page in operations().values() for one in page.tables if one.matrix)
    names = [f"L{n:03d}" for n in range(number)]
    rows = [
        {**dict.fromkeys(table.columns), table.matrix.row: one, table.matrix.column: other}
        for one in names for other in names
    ]  # fmt: skip
    return Shown(table, rows)


def test_a_large_grid_is_cut_on_both_sides():
    one = shown(MOST_ACROSS + 5)
    across, down = one.grid
    assert (len(across), len(down), one.cut) == (MOST_ACROSS, MOST_ACROSS, MOST_ACROSS)
    assert len(one.rows) == (MOST_ACROSS + 5) ** 2


def test_a_small_grid_is_whole():
    one = shown(MOST_ACROSS)
    across, down = one.grid
    assert (len(across), len(down), one.cut) == (MOST_ACROSS, MOST_ACROSS, 0)
