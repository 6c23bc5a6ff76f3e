"""The journal of a load: what happened to each source, and every problem with its place."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.coverage import Census
from ingest.order import Tally
from ingest.problems import Problem, ProblemLog

LISTED = 1000
"""Different messages of one kind that are counted one by one (unknown library codes, unmapped local codes)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is."""

    file: str = ""
    record: int | None = None
    control_number: str = ""


class Journal:
    """Filled while a load goes on; the load report is made from it."""

    def __init__(self) -> None:
        self.problems = ProblemLog()
        self.tallies: dict[str, Tally] = {}
        self.messages: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.census = Census()
        self._places: dict[int, Place] = {}

    @property
    def changed(self) -> bool:
        """Whether any source says something else than it said."""
        return any(tally.changed for tally in self.tallies.values())

    def tally(self, source: str) -> Tally:
        """What happened to a source so far."""
        return self.tallies.setdefault(source, Tally())

    def expect(self, number: int, place: Place) -> None:
        """Remember where a record is while it is being converted."""
        self._places[number] = place

    def converted(self, number: int, problems: Iterable[Problem]) -> None:
        """Note what was met in converting a record."""
        self.note(problems, self._places.pop(number, Place()))

    def note(self, problems: Iterable[Problem], place: Place = Place()) -> None:
        """Note problems; where they do not say themselves where they are, they are at this place."""
        for problem in problems:
            where = (problem.file or place.file, problem.record or place.record)
            number = problem.control_number or place.control_number or None
            self.problems.add(replace(problem, file=where[0], record=where[1], control_number=number))
            counted = self.messages[problem.kind]
            if problem.message in counted or len(counted) < LISTED:
                counted[problem.message] += 1
