"""Converting records in bundles: in this process when there are few, in several when there are many.

What crosses between processes is bytes and numbers; the sources are sent once, when a process starts.
"""

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, islice
from multiprocessing import connection, get_context, parent_process
from typing import Protocol, TypeVar

from pymarc import Record

from graph import packing
from graph.archive import Shared
from graph.names import entity
from graph.statements import by_stem, canonical, digest, key
from ingest.consulted import consulting
from ingest.ledger import Leaving
from ingest.problems import Problem
from ingest.source import Source

BUNDLE = 100
"""Records that go to a process at once."""
INLINE = 3
"""Bundles up to this many are converted here: starting processes takes longer."""
REMEMBERED = 200_000
"""Lines about shared entities a process remembers having handed on, so as not to hand them on again."""


class Conversion(Protocol):
    """What a converter makes of a record."""

    @property
    def lines(self) -> list[str]:
        """N-Triples lines without line end."""
        ...

    @property
    def problems(self) -> list[Problem]:
        """What was met on the way."""
        ...


class Converter(Protocol):
    """Makes statements of one record of one source."""

    def convert(self, record: Record) -> Conversion:
        """The statements of a record."""
        ...


Retracted = tuple[int, list[Shared], list[Leaving]]
"""A record's number, what the archive had noted about it, and its lines with key and digest."""
MakeConverter = Callable[[str, Source], Converter]
Sources = Mapping[str, Source]
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Job:
    """A record to be converted: its source, its number in the archive, its packed content."""

    source: str
    number: int
    packed: bytes


@dataclass(slots=True)
class Told:
    """What the archive notes of one record's conversion; ``own`` is the key of its instance."""

    number: int
    own: int | None
    shared: list[Shared]
    problems: list[Problem]


@dataclass(slots=True)
class Bundle:
    """What a bundle of records was converted to: N-Triples text, and notes per record."""

    text: bytes
    told: list[Told] = field(default_factory=list)


@dataclass(frozen=True)
class Workshop:
    """All that conversion needs; sent to each process once."""

    base: str
    sources: Sources
    make: MakeConverter

    def statements(self, job: Job) -> tuple[list[str], list[str], list[Problem]]:
        """A record's lines, each once; the names it looked up; its problems."""
        converter, asked = self._converter(job.source)
        asked.clear()
        conversion = converter.convert(packing.record(packing.expand(job.packed)))
        return list(dict.fromkeys(conversion.lines)), sorted(asked), conversion.problems

    def bundle(self, jobs: list[Job]) -> Bundle:
        """The statements of some records as text, and what to note about each."""
        told: list[Told] = []
        text: list[str] = []
        for job in jobs:
            lines, asked, problems = self.statements(job)
            groups = by_stem(lines)
            own = self.own(job.source, groups)
            for stem, group in groups.items():
                text += group if stem == own else self._not_handed_on(group)
            shared = [(key(stem), digest(group)) for stem, group in groups.items()]
            shared += [(key(name), 0) for name in asked]
            told.append(Told(job.number, key(own) if own else None, shared, problems))
        return Bundle(("\n".join(text) + "\n").encode() if text else b"", told)

    def retracted(self, jobs: list[Job]) -> list[Retracted]:
        """What the records state, for taking it back."""
        result = []
        for job in jobs:
            lines, asked, _ = self.statements(job)
            shared: list[Shared] = [(key(name), 0) for name in asked]
            leaving: list[Leaving] = []
            for stem, group in by_stem(lines).items():
                about = (key(stem), digest(group))
                shared.append(about)
                leaving += ((*about, line) for line in canonical(group))
            result.append((job.number, shared, leaving))
        return result

    def own(self, source: str, stems: Iterable[str]) -> str | None:
        """The IRI of the record's own instance among the entities it states something about."""
        start = entity(self.base, "instance", f"{source}-")
        return next((stem for stem in stems if stem.startswith(start)), None)

    def _not_handed_on(self, lines: list[str]) -> list[str]:
        fresh = [line for line in lines if line not in self._handed_on]
        if len(self._handed_on) > REMEMBERED:
            self._handed_on.clear()
        self._handed_on.update(fresh)
        return fresh

    @cached_property
    def _handed_on(self) -> set[str]:
        return set()

    @cached_property
    def _converters(self) -> dict[str, tuple[Converter, set[str]]]:
        return {}

    def _converter(self, source: str) -> tuple[Converter, set[str]]:
        if source not in self._converters:
            watched, asked = consulting(self.sources[source])
            self._converters[source] = (self.make(self.base, watched), asked)
        return self._converters[source]


class Crew:
    """The processes that convert; used as a context manager so that none outlives its load."""

    def __init__(self, workshop: Workshop, workers: int) -> None:
        """``workers`` 0 means one per core."""
        self.workshop = workshop
        self.workers = workers or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def forget(self) -> None:
        """Hand on every line again: the store that had them was thrown away."""
        self.__exit__()
        self._pool = None
        self.workshop = replace(self.workshop)

    def bundles(self, jobs: Iterable[Job]) -> Iterator[Bundle]:
        """The jobs converted, in order."""
        return self._each(_bundle, jobs)

    def retracted(self, jobs: Iterable[Job]) -> Iterator[list[Retracted]]:
        """What the jobs' records state, for taking it back."""
        return self._each(_retracted, jobs)

    def _each(
        self, work: Callable[[Workshop | None, list[Job]], _Result], jobs: Iterable[Job]
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
            waiting.append(self._processes().submit(work, None, bundle))
            if len(waiting) > 3 * self.workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _processes(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Forking would copy the store's threads in the middle of what they do.
            self._pool = ProcessPoolExecutor(
                self.workers,
                mp_context=get_context("spawn"),
                initializer=_start,
                initargs=(replace(self.workshop),),
            )
        return self._pool


_workshop: Workshop | None = None


def _start(workshop: Workshop) -> None:
    """Set up a process, which is to end when the one that started it is killed."""
    global _workshop
    _workshop = workshop
    # Records and lines are freed by their reference counts; looking for cycles among them is time lost.
    gc.set_threshold(100_000, 50, 50)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _here(workshop: Workshop | None) -> Workshop:
    found = workshop or _workshop
    assert found is not None
    return found


def _bundle(workshop: Workshop | None, jobs: list[Job]) -> Bundle:
    return _here(workshop).bundle(jobs)


def _retracted(workshop: Workshop | None, jobs: list[Job]) -> list[Retracted]:
    return _here(workshop).retracted(jobs)
