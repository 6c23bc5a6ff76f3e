"""The processes that convert: none for few records, one per core for many.

What crosses between processes is bytes and numbers; the sources are sent once, when a process starts. A thread for
each process waits for it.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain, islice
from queue import SimpleQueue
from typing import TypeVar

from ingest.conversions import Bundle, Frame, Job, Retracted, Taken, Workshop
from ingest.other_process import OtherProcess
from ingest.record import LostRecord

BUNDLE = 100
"""Records that go to a process at once."""
INLINE = 3
"""Bundles up to this many are converted here: starting processes takes longer."""

_Work = TypeVar("_Work")
_Result = TypeVar("_Result")


class Crew:
    """The processes that convert; used as a context manager so that none outlives its load."""

    def __init__(self, workshop: Workshop, workers: int) -> None:
        """``workers`` 0 means one per core."""
        self.workshop = workshop
        self.workers = workers or os.cpu_count() or 1
        self._pool: ThreadPoolExecutor | None = None
        self._idle: SimpleQueue[OtherProcess] = SimpleQueue()
        self._started = ExitStack()

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        self._started.close()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def forget(self) -> None:
        """Hand on every line again: the store that had them was thrown away."""
        self.__exit__()
        self._idle = SimpleQueue()
        self.workshop = replace(self.workshop)

    def bundles(self, jobs: Iterable[Job]) -> Iterator[Bundle]:
        """The jobs converted, in order."""
        return self._each(_bundle, jobs)

    def taken(self, frames: Iterable[Frame | LostRecord]) -> Iterator[Taken]:
        """The frames read and converted, in order."""
        return self._each(_taken, frames)

    def retracted(self, jobs: Iterable[Job]) -> Iterator[list[Retracted]]:
        """What the jobs' records state, for taking it back."""
        return self._each(_retracted, jobs)

    def _each(
        self, work: Callable[[Workshop | None, list[_Work]], _Result], jobs: Iterable[_Work]
    ) -> Iterator[_Result]:
        stream = iter(jobs)
        bundles = iter(lambda: list(islice(stream, BUNDLE)), [])
        first = list(islice(bundles, INLINE + 1))
        if self._pool is None and (len(first) <= INLINE or self.workers == 1):
            for bundle in chain(first, bundles):
                yield work(self.workshop, bundle)
            return
        waiting: deque[Future[_Result]] = deque()
        for bundle in chain(first, bundles):
            waiting.append(self._processes().submit(self._elsewhere, work, bundle))
            if len(waiting) > 3 * self.workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _elsewhere(self, work: Callable[[Workshop | None, list[_Work]], _Result], bundle: list[_Work]) -> _Result:
        process = self._idle.get()
        try:
            return process.do(work, None, bundle)
        finally:
            self._idle.put(process)

    def _processes(self) -> ThreadPoolExecutor:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self.workers)
            for _ in range(self.workers):
                process = self._started.enter_context(OtherProcess())
                process.begin(_start, replace(self.workshop))
                self._idle.put(process)
        return self._pool


_workshop: Workshop | None = None


def _start(workshop: Workshop) -> None:
    """Set up a process."""
    global _workshop
    _workshop = workshop


def _here(workshop: Workshop | None) -> Workshop:
    found = workshop or _workshop
    assert found is not None
    return found


def _bundle(workshop: Workshop | None, jobs: list[Job]) -> Bundle:
    return _here(workshop).bundle(jobs)


def _taken(workshop: Workshop | None, frames: list[Frame | LostRecord]) -> Taken:
    return _here(workshop).taken(frames)


def _retracted(workshop: Workshop | None, jobs: list[Job]) -> list[Retracted]:
    return _here(workshop).retracted(jobs)
