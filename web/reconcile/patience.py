"""Patience: how long a request may take, so that a batch made to be slow does not hold up the others."""

from time import monotonic

from web.failures import Refused


class Patience:
    """Seconds that are left of a request."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = monotonic() + seconds

    def check(self) -> None:
        """Go on. Refuses with 413 when the time is over: asking the same again would take as long."""
        if monotonic() > self._until:
            message = f"What was asked takes longer than {self._seconds:g} seconds."
            raise Refused(413, message, "Ask for less at once: fewer queries, entities or properties.")
