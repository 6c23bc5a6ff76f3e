"""A question: what is sent to a child process, and the ways in which no answer comes."""

from dataclasses import dataclass
from time import monotonic

from web.sparql.messages import Message


@dataclass(frozen=True, slots=True)
class Question:
    """One query on one release. ``default`` and ``named`` are the dataset of the request, None when it names none.

    ``format`` is a key of ``child.SOLUTIONS`` or ``child.TRIPLES``; ``client`` is who asks, for fairness;
    ``deadline`` is in seconds of the monotonic clock.
    """

    store: str
    text: str
    base: str
    format: str
    client: str
    deadline: float
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None

    @property
    def remaining(self) -> float:
        """Seconds until the deadline; negative after it."""
        return self.deadline - monotonic()

    def message(self) -> Message:
        """As the child reads it."""
        return {
            "store": self.store,
            "text": self.text,
            "base": self.base,
            "format": self.format,
            "default": self.default,
            "named": self.named,
            "seconds": max(self.remaining, 0.1),
        }


class CutOff(Exception):
    """A result that had begun cannot be completed; the transfer must break visibly."""
