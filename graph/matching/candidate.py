"""A candidate: an entry that a heading may mean, how sure we are, and what speaks for and against it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph.matching.entry import Entry

Verdict = Literal["same", "maybe", "no"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry a heading may mean.

    ``score`` is the chance that it is the same, 0 to 1; ``features`` what the score was made of; ``matched`` the
    form of the entry's name that fitted; ``part`` the link of a subdivided heading that was matched, None for the
    whole.
    """

    entry: Entry
    score: float
    verdict: Verdict
    features: Mapping[str, float] = field(default_factory=dict)
    matched: str = ""
    part: str | None = None
