"""The pool of child processes: starts them, times them, replaces them, and turns their endings into answers.

A query runs in any idle child. One that takes more processor time than ``SLICE``, half a second in all, or that
fills the first buffer, becomes *long*; when too many are long and others wait, it is stopped before anything was
sent and run again when its turn comes. A text that was long the last time joins the long ones at once.
"""

import logging
from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic, sleep

from graph.errors import JejaringError, QueryError, QueryTimeout, StoreError
from web.failures import Refused
from web.sparql.experience import Experience
from web.sparql.line import Line, Ticket
from web.sparql.messages import Message
from web.sparql.process import Child, Reply
from web.sparql.question import CutOff, Question

LOG = logging.getLogger("jejaring.sparql")
SLICE = 0.1
_HELD_UP = 0.5
_RECYCLED_AFTER = 20_000
_AGAIN_SECONDS = 1.0
_LOOK = 0.1


class Pool:
    """Children on demand, at most ``size``; see Line for who is served when."""

    def __init__(self, size: int, memory: int, places: int, largest: int) -> None:
        """``memory`` in bytes per child, ``places`` in the line, ``largest`` result in bytes."""
        self.line = Line(size, places)
        self.experience = Experience()
        self.memory, self.largest = memory, largest
        self.started = self.killed = self.answered = 0
        self._orders: SimpleQueue[bool] = SimpleQueue()
        self._lock = Lock()
        self._thread: Thread | None = None
        self._store = ""
        self._served: dict[int, int] = {}

    def start(self) -> None:
        """Start the children unless that was done before; ``ask`` does it by itself."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._starter, name="sparql-starter", daemon=True)
                self._thread.start()
                for _ in range(self.line.size):
                    self._orders.put(True)

    def stop(self) -> None:
        """End all children."""
        self._orders.put(False)
        for child in self.line.dismiss():
            child.kill()

    def ask(self, question: Question, gone: Callable[[], bool] = lambda: False) -> "Answer":
        """The answer, begun well or complete. Raises QueryError, QueryTimeout or Refused; ``gone`` tells that
        nobody waits for it any more.
        """
        self._store = question.store
        self.start()
        ticket = self._enter(question)
        while True:
            child = self._wait(ticket, question, gone)
            reply = child.ask(question)
            try:
                if self._begin(ticket, reply, gone):
                    return self._answer(ticket, reply)
            except OSError:
                self.discard(ticket, reply)
                raise
            self.discard(ticket, reply)
            ticket = self.line.enter_long(question.client)

    def discard(self, ticket: Ticket, reply: Reply) -> None:
        """Stop a query that runs; a fresh child takes the place of its child."""
        self._learn(reply)
        reply.close()
        reply.child.kill()
        self.killed += 1
        self._orders.put(True)
        self.line.leave(ticket, stopped=True)

    def finish(self, ticket: Ticket, reply: Reply) -> None:
        """A query has ended by itself: its child goes on, or is replaced when it is worn or dead."""
        self._learn(reply)
        reply.close()
        self.line.leave(ticket)
        if self._worn(ticket, reply):
            reply.child.kill()
            self._served.pop(reply.child.process.pid, None)
            self._orders.put(True)
        else:
            self.line.add(reply.child)

    def _enter(self, question: Question) -> Ticket:
        if self.experience.knows_long(question.text):
            return self.line.enter_long(question.client)
        return self.line.enter(question.client, question.text)

    def _learn(self, reply: Reply) -> None:
        long, text = reply.spent >= SLICE, reply.question.text
        self.experience.learn(text, long=long)
        if long:
            self.line.prolong(text)

    def _wait(self, ticket: Ticket, question: Question, gone: Callable[[], bool]) -> Child:
        while not ticket.ready.wait(min(0.5, max(question.remaining, 0.001))):
            if question.remaining <= 0 or gone():
                self.line.leave(ticket)
                if ticket.child is not None:
                    self.line.add(ticket.child)
                raise Refused(503, "No process became free in time.", "Try again in some seconds.", Retry_After="5")
        if ticket.refusal is not None:
            raise ticket.refusal
        assert ticket.child is not None
        return ticket.child

    def _begin(self, ticket: Ticket, reply: Reply, gone: Callable[[], bool]) -> bool:
        """Wait until the reply has begun; false when it must make room for others first."""
        while not reply.begun:
            reply.pump(min(_LOOK, reply.question.remaining))
            if reply.outcome is not None:
                return True
            if reply.question.remaining <= 0 or gone():
                self.discard(ticket, reply)
                raise QueryTimeout("The query was stopped at its time limit.", "Ask for less, or add a LIMIT.")
            if not self._may_stay(ticket, reply):
                return False
        return True

    def _may_stay(self, ticket: Ticket, reply: Reply) -> bool:
        if ticket.long or (not reply.begun and reply.spent < SLICE and monotonic() - reply.began < _HELD_UP):
            return True
        stays = self.line.lengthen(ticket, firmly=reply.begun)
        if ticket.long and not reply.begun:
            reply.child.slow_down()
        return stays

    def _answer(self, ticket: Ticket, reply: Reply) -> "Answer":
        if reply.outcome is None:
            return Answer(self, ticket, reply)
        answer = Answer(self, ticket, reply)
        self.finish(ticket, reply)
        if not reply.outcome["ok"]:
            raise _failure(reply.outcome, self.memory)
        self.answered += 1
        return answer

    def _worn(self, ticket: Ticket, reply: Reply) -> bool:
        """A child that was slowed down, has grown, or has served long enough is replaced."""
        outcome, pid = reply.outcome or {}, reply.child.process.pid
        self._served[pid] = self._served.get(pid, 0) + 1
        grown = outcome.get("memory", 0) * 1024 > self.memory // 2
        broken = outcome.get("error") in {"died", "engine"}
        return broken or ticket.long or grown or self._served[pid] > _RECYCLED_AFTER

    def _starter(self) -> None:
        """Starts all children, because they die with the thread that started them."""
        while self._orders.get():
            try:
                self.line.add(Child(self.memory, self._store))
                self.started += 1
            except (StoreError, OSError):
                LOG.exception("A process for SPARQL queries did not start")
                sleep(_AGAIN_SECONDS)
                self._orders.put(True)


class Answer:
    """A result that is complete, or has begun and goes on in ``chunks``."""

    def __init__(self, pool: Pool, ticket: Ticket, reply: Reply) -> None:
        self.complete = reply.outcome is not None
        self._pool, self._ticket, self._reply = pool, ticket, reply
        self._open = not self.complete

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the result. Raises CutOff when it ends before it is complete."""
        sent = 0
        while True:
            part = self._reply.take()
            sent += len(part)
            if part:
                yield part
            if self._reply.outcome is not None:
                break
            self._more(sent)
        if self._open:
            self._open = False
            self._pool.finish(self._ticket, self._reply)
            if not self._reply.outcome["ok"]:
                raise CutOff(str(_failure(self._reply.outcome, self._pool.memory)))
            self._pool.answered += 1

    def _more(self, sent: int) -> None:
        if self._reply.question.remaining <= 0:
            raise CutOff("The query was stopped at its time limit.")
        if sent > self._pool.largest:
            raise CutOff(f"The result is larger than {self._pool.largest:,} bytes.")
        self._reply.pump(self._reply.question.remaining)

    def close(self) -> None:
        """Stop the query if it still runs."""
        if self._open:
            self._open = False
            self._pool.discard(self._ticket, self._reply)


def _brief(message: str) -> str:
    """The parser's message without the character classes it might have gone on with."""
    where, expected, tokens = message.partition("expected one of ")
    named = [token for token in tokens.split(", ") if expected and not token.startswith("[") and len(token) < 20]
    return where + (f"expected {', '.join(named)}" if named else "")


def _failure(outcome: Message, memory: int) -> JejaringError:
    kind, message = outcome["error"], str(outcome["message"])
    if kind == "syntax":
        return QueryError(f"The query cannot be read: {_brief(message)}.")
    if kind == "value":
        return QueryError(f"The query cannot be evaluated: {message}.")
    if kind == "died" and message in {"SIGABRT", "SIGSEGV", "SIGBUS"}:
        return QueryError(
            f"The query needs more than the {memory >> 20} MiB of memory a query may use, or is too deeply nested.",
            "Ask for less at once, or add a LIMIT before sorting and grouping.",
        )
    if kind == "died":
        return QueryTimeout(f"The query was stopped ({message}).", "Ask for less, or add a LIMIT.")
    return QueryError(f"The query failed: {message}.", "Ask for less at once.")
