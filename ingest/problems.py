"""Problems met on the way in: what, where, and what to do; the same one many times is counted, not repeated."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

SHOWN = 3
"""How many examples of one kind of problem are kept; the rest is counted."""


class Severity(StrEnum):
    """How bad: ``lost`` means something was not taken in, ``repaired`` that we changed it, ``warning`` neither."""

    LOST = "lost"
    REPAIRED = "repaired"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem with its place.

    ``kind`` is a stable short name (``unknown-library``) by which equal problems are counted; ``place`` is
    the field or column (``852$b``, ``ketentuan.tindakan``); ``record`` counts from 1.
    """

    kind: str
    message: str
    remedy: str = ""
    severity: Severity = Severity.WARNING
    file: str = ""
    record: int | None = None
    control_number: str | None = None
    place: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.record is not None:
            where += f" record {self.record}"
        if self.control_number:
            where += f" (001 = {self.control_number})"
        if self.place:
            where += f", {self.place}"
        return f"{where}: {self.message} {self.remedy}".strip(" :")


def by_file(problem: Problem) -> tuple[str, str]:
    """Problems of one kind in one file belong together."""
    return problem.file, problem.kind


def by_message(problem: Problem) -> tuple[str, str]:
    """Problems of one kind that say the same belong together, wherever they are."""
    return problem.message, problem.kind


class ProblemLog:
    """Collects problems: all are counted, the first three of those that belong together are kept."""

    def __init__(self, key: Callable[[Problem], tuple[str, str]] = by_file) -> None:
        self._key = key
        self._counts: Counter[tuple[str, str]] = Counter()
        self._examples: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)

    def add(self, problem: Problem, count: int = 1) -> None:
        """Count a problem and keep it when it is among the first of its kind."""
        key = self._key(problem)
        self._counts[key] += count
        if len(self._examples[key]) < SHOWN:
            self._examples[key].append(problem)

    def merge(self, other: "ProblemLog") -> None:
        """Take in another log, as made by a worker process."""
        for key, count in other._counts.items():
            self._counts[key] += count
            room = SHOWN - len(self._examples[key])
            self._examples[key].extend(other._examples[key][: max(0, room)])

    def __len__(self) -> int:
        return sum(self._counts.values())

    def __iter__(self) -> Iterator[tuple[str, str, int, list[Problem]]]:
        """File (or message), kind, count and the kept examples, most frequent first."""
        for (first, kind), count in self._counts.most_common():
            yield first, kind, count, self._examples[(first, kind)]

    def count(self, severity: Severity) -> int:
        """How many problems of a severity there were."""
        return sum(count for _, _, count, examples in self if examples[0].severity is severity)

    def lines(self) -> Iterator[str]:
        """The log as text: each kind with up to three examples and a sum."""
        for _, kind, count, examples in self:
            yield from (str(problem) for problem in examples)
            if count > len(examples):
                yield f"  … {kind}: {count} in all, {len(examples)} shown"

    def as_json(self) -> list[dict[str, object]]:
        """The log for the report file."""
        return [
            {"file": file, "kind": kind, "count": count, "examples": [asdict(p) for p in examples]}
            for file, kind, count, examples in self
        ]
