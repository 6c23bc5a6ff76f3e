"""The line: who is served next, and who may stay long.

A pool of ``size`` children serves everybody. At most half of them may be busy with long queries, so that others
always pass. Whose turn it is depends on how many queries a client has running, then on how long it has waited
measured by how long its queries took lately ("highest response ratio next"): a client of light queries waits little
among unknown and heavy ones, and nobody waits for ever.
"""

from collections import Counter
from dataclasses import dataclass, field
from math import sqrt
from threading import Event, Lock
from time import monotonic

from web.failures import Refused
from web.sparql.process import Child

UNKNOWN_SECONDS = 0.1
"""How long the queries of a client are expected to take that has not asked yet."""
STOPPED_SECONDS = 1.0
"""What a query that was stopped, or left by its client, counts at least: its process had to be replaced."""
_FORGOTTEN_AFTER = 600.0
_REMEMBERED = 10_000
_SHORTEST = 0.001


@dataclass(eq=False)
class Ticket:
    """One query's place: waiting until ``ready``, then running in ``child``, or turned away with ``refusal``."""

    client: str
    long: bool = False
    text: str = ""
    child: Child | None = None
    refusal: Refused | None = None
    ready: Event = field(default_factory=Event)
    since: float = field(default_factory=monotonic)


class Line:
    """Hands idle children to tickets. All methods may be called from any thread."""

    def __init__(self, size: int, places: int) -> None:
        self.size, self.places = size, places
        self.long_limit = max(1, size // 2)
        self.refused = 0
        self._lock = Lock()
        self._idle: list[Child] = []
        self._waiting: list[Ticket] = []
        self._running: list[Ticket] = []
        self._took: dict[str, tuple[float, float]] = {}

    def enter(self, client: str, text: str = "") -> Ticket:
        """A new ticket. Raises Refused when the line is full of clients that are no worse than this one."""
        with self._lock:
            if sum(not ticket.long for ticket in self._waiting) >= self.places:
                self._make_room(client)
            return self._queue(Ticket(client, text=text))

    def enter_long(self, client: str) -> Ticket:
        """A ticket for a query that has shown to be long; it waits for one of the children for such. Raises
        Refused when too many do.
        """
        with self._lock:
            if sum(ticket.long for ticket in self._waiting) >= self.places:
                self.refused += 1
                raise Refused(503, "Too many long queries are waiting.", "Try again later.", Retry_After="15")
            return self._queue(Ticket(client, long=True))

    def add(self, child: Child) -> None:
        """A fresh child, or one that is free again."""
        with self._lock:
            self._idle.append(child)
            self._hand_out()

    def leave(self, ticket: Ticket, *, stopped: bool = False) -> None:
        """The query has ended, was stopped, or waits no more. A child that is to go on must be added again."""
        with self._lock:
            if ticket in self._running:
                self._running.remove(ticket)
                self._learn(ticket, stopped)
            elif ticket in self._waiting:
                self._waiting.remove(ticket)
            self._hand_out()

    def lengthen(self, ticket: Ticket, *, firmly: bool = False) -> bool:
        """May this running query stay? Yes while few are long, or (unless ``firmly``) while nobody waits."""
        with self._lock:
            if not ticket.long and self._long() < self.long_limit:
                ticket.long = True
            return ticket.long or not (firmly or any(not waiting.long for waiting in self._waiting))

    def prolong(self, text: str) -> None:
        """This text is long: whoever waits with it waits for a child for such from now on."""
        with self._lock:
            for ticket in self._waiting:
                ticket.long = ticket.long or ticket.text == text

    def state(self) -> dict[str, int]:
        """How many children are idle, queries run, run long, wait, and were refused."""
        with self._lock:
            return {
                "idle": len(self._idle),
                "running": len(self._running),
                "long": self._long(),
                "waiting": len(self._waiting),
                "refused": self.refused,
            }

    def dismiss(self) -> list[Child]:
        """Every child there is, idle or not, as the server stops."""
        with self._lock:
            busy = [ticket.child for ticket in self._running if ticket.child is not None]
            idle, self._idle = self._idle, []
            return idle + busy

    def _queue(self, ticket: Ticket) -> Ticket:
        self._waiting.append(ticket)
        self._hand_out()
        return ticket

    def _long(self) -> int:
        return sum(ticket.long for ticket in self._running)

    def _hand_out(self) -> None:
        while self._idle:
            room = self._long() < self.long_limit
            ready = [ticket for ticket in self._waiting if room or not ticket.long]
            if not ready:
                return
            running = Counter(ticket.client for ticket in self._running)
            now = monotonic()
            ticket = min(ready, key=lambda t: (running[t.client], (t.since - now) / self._expected(t.client)))
            self._waiting.remove(ticket)
            self._running.append(ticket)
            ticket.child = self._idle.pop()
            ticket.since = monotonic()
            ticket.ready.set()

    def _make_room(self, client: str) -> None:
        """The worst ticket goes: of the client with most tickets, then of the slowest, its newest. When the
        newcomer would be no better, it is turned away itself.
        """
        waiting = [ticket for ticket in self._waiting if not ticket.long]
        count = Counter(ticket.client for ticket in waiting)
        worst = max(waiting, key=lambda t: (count[t.client], self._expected(t.client), t.since))
        self.refused += 1
        if (count[worst.client], self._expected(worst.client)) <= (count[client] + 1, self._expected(client)):
            raise full(count[client])
        worst.refusal = full(count[worst.client])
        self._waiting.remove(worst)
        worst.ready.set()

    def _expected(self, client: str) -> float:
        """Seconds the next query of a client is expected to take."""
        took, when = self._took.get(client, (UNKNOWN_SECONDS, monotonic()))
        return took if monotonic() - when < _FORGOTTEN_AFTER else UNKNOWN_SECONDS

    def _learn(self, ticket: Ticket, stopped: bool) -> None:
        now = monotonic()
        took = max(now - ticket.since, STOPPED_SECONDS if stopped else _SHORTEST)
        before = self._expected(ticket.client) if ticket.client in self._took else took
        # The geometric mean: one query that was held up does not make a heavy client of a light one.
        self._took[ticket.client] = (sqrt(before * took), now)
        if len(self._took) > _REMEMBERED:
            self._took = {c: entry for c, entry in self._took.items() if now - entry[1] < _FORGOTTEN_AFTER / 10}


def full(own: int) -> Refused:
    """The refusal when the line is full: 429 for a client that fills it itself, 503 for the others."""
    if own > 1:
        return Refused(429, "Too many of your queries are waiting.", "Send fewer at once.", Retry_After="5")
    return Refused(503, "Too many queries are waiting.", "Try again in some seconds.", Retry_After="5")
