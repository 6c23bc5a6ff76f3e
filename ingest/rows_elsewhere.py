"""Rows of a sheet that another loaded source has otherwise: both count, so a correction seems to do nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from ingest.problems import Problem, Severity
from ingest.sheets.reading import SheetReading


def rows_elsewhere(read: SheetReading, others: Mapping[str, Iterable[str]]) -> list[Problem]:
    """A warning for each row. ``others`` are the lines of the sources that are not handed over, by source."""
    own = _by_property(read.lines, read.places.keys())
    found = []
    for source, lines in others.items():
        stated = _by_property(lines, own.keys())
        for row in own.keys() & stated.keys():
            if any(stated[row].get(name, values) != values for name, values in own[row].items()):
                found.append(_problem(row, source, *read.places[row]))
    return sorted(found, key=lambda problem: (problem.file, problem.record or 0, problem.message))


def contained(read: SheetReading, others: Mapping[str, Iterable[str]]) -> list[str]:
    """The sources of which all rows are among those read, so that these can take their place."""
    own = {row.partition("/id/")[2] for row in read.places}
    return [source for source, lines in others.items() if (rows := _rows(lines)) and rows <= own]


def _rows(lines: Iterable[str]) -> set[str]:
    """The ids of rows that lines are about; titles noted on the way (``work/sheet-…``) are none."""
    subjects = (line[1 : line.index(">")].partition("#")[0] for line in lines)
    return {name for subject in subjects if "/" not in (name := subject.partition("/id/")[2])}


def _problem(row: str, source: str, file: str, sheet: str, number: int) -> Problem:
    message = f"{row.rpartition('/id/')[2]} is in the source {source!r} too, otherwise, and both count."
    remedy = f"Correct it there; or load this file in the place of that source, with --replacing {source}."
    return Problem("row-elsewhere", message, remedy, Severity.WARNING, file, number, None, sheet)


def _by_property(lines: Iterable[str], rows: Set[str]) -> dict[str, dict[str, set[str]]]:
    """What is said about each row and its parts, by part and property."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for line in lines:
        row = line[1 : line.index(">")].partition("#")[0]
        if row in rows:
            subject, predicate, value = line.split(" ", 2)
            found[row][f"{subject} {predicate}"].add(value)
    return {row: dict(said) for row, said in found.items()}
