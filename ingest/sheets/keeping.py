"""Rows that can no longer be understood: what the sheet said of them before stays, and is reported as such."""

from collections.abc import Callable, Container, Iterable, Set
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.names import entity
from ingest.problems import Problem, Severity
from ingest.sheets.rows import Row
from ontology.sheets import sheets

Kept = list[Any]
"""A row that was kept, as the archive has it: sheet, number, cells."""


@dataclass(frozen=True, slots=True)
class Before:
    """A sheet as it was loaded last: name and content of the file, the rows that were kept then for such as could
    not be understood, and the subjects it states something about (none: only the kept rows count)."""

    file: str
    content: bytes
    kept: list[Kept]
    subjects: Set[str] = frozenset()


Remember = Callable[[str], Before | None]
"""From a file to what was loaded before from the same source."""
Opening = Callable[[Path], Iterable[Row]]
Reading = Callable[[Row], None]


class Keeper:
    """Finds earlier rows. ``open_rows`` gives the rows of a file as they stand, ``read`` fills in what they
    state."""

    def __init__(self, base: str, remember: Remember, open_rows: Opening, read: Reading) -> None:
        self._base, self._remember, self._open, self._read = base, remember, open_rows, read
        self._earlier: dict[str, list[Row]] = {}

    def instead_of(self, row: Row, taken: Container[str]) -> Row | None:
        """The earlier version of a refused row, by its id, else by the cells that are not wrong; None when there is
        none, or when its id is among those ``taken`` by other rows."""
        open_ones = [one for one in self._rows(row.file) if one.sheet is row.sheet and one.id not in taken]
        same = [one for one in open_ones if one.id == row.id]
        found = next(iter(same or [one for one in open_ones if _alike(one, row)]), None)
        if found is None:
            return None
        self._earlier[row.file].remove(found)
        return self._noted(found, row)

    def whole(self, file: str, sheet: str) -> list[Row]:
        """All earlier rows of a sheet that cannot be taken at all."""
        found = [one for one in self._rows(file) if one.sheet.id == sheet]
        self._earlier[file] = [one for one in self._rows(file) if one.sheet.id != sheet]
        return [self._noted(one, one) for one in found]

    def _noted(self, found: Row, row: Row) -> Row:
        message = "This row cannot be understood; what was stored for it before stays."
        remedy = "Correct it and load the sheet again."
        place = row.sheet.id
        noted = Problem("row-kept", message, remedy, Severity.WARNING, row.file, row.number, None, place)
        found.number, found.problems = row.number, [noted]
        return found

    def _rows(self, file: str) -> list[Row]:
        if file not in self._earlier:
            before = self._remember(file)
            self._earlier[file] = self._read_again(before, file) if before else []
        return self._earlier[file]

    def _read_again(self, before: Before, file: str) -> list[Row]:
        """Rows kept before, and those of the earlier file that state something in the store."""
        listed = sheets()
        kept = [
            Row(listed[name], file, number, dict(cells)) for name, number, cells in before.kept if name in listed
        ]
        with TemporaryDirectory() as folder:
            path = Path(folder) / before.file
            path.write_bytes(before.content)
            rows = list(self._open(path)) if before.subjects else []
        for row in (*kept, *rows):
            row.file = file
            self._read(row)
        stored = [row for row in rows if entity(self._base, row.id) in before.subjects]
        return [row for row in (*kept, *stored) if not row.refused]


def _alike(earlier: Row, row: Row) -> bool:
    """Whether two rows have the same in every cell that is not wrong, and something in one of them."""
    wrong = {problem.place.rpartition(".")[2] for problem in row.problems if problem.severity is Severity.LOST}
    right = {name for name in earlier.cells.keys() | row.cells.keys() if name not in wrong}
    return bool(right) and all(earlier.cells.get(name) == row.cells.get(name) for name in right)
