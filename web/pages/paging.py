"""Pages of a long table: which one an address asks for, and how long it is, for the screen or to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import request

MOST_ROWS = 100
"""Rows on a page of a table; all are in its CSV and JSON."""
MOST_PRINTED = 2_000
"""Rows on a page that is made for printing; it takes about a second."""
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a table of so many rows; ``table`` is its key where several tables stand on a page."""

    rows: int
    size: int
    page: int = 1
    table: str = ""

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.rows // self.size))

    @property
    def printed(self) -> bool:
        """Whether it is made for printing."""
        return self.size == MOST_PRINTED

    @property
    def turns(self) -> bool:
        """Whether there is another page, longer or shorter or beside it."""
        return self.last > 1 or self.printed

    def of(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows of this page."""
        return rows[(self.page - 1) * self.size : self.page * self.size]


def first(rows: int, table: str = "") -> Leaf:
    """The first page of a table of so many rows."""
    return Leaf(rows, MOST_ROWS, table=table)


def leaf(rows: int, table: str = "") -> Leaf:
    """The page that ``?page=`` and ``?cetak=`` ask for of a table of so many rows; the nearest there is."""
    size = MOST_PRINTED if request.args.get("cetak") else MOST_ROWS
    asked = request.args.get("page", "")
    page = max(1, int(asked[:9])) if asked.isdecimal() else 1
    return Leaf(rows, size, min(page, Leaf(rows, size).last), table)
