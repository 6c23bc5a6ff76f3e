"""Converting records in bundles: from a record to its lines, and to what the archive notes about them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol

from pymarc import Record

from graph import packing
from graph.archive import Shared
from graph.names import entity
from graph.statements import by_stem, canonical, digest, key
from ingest.consulted import consulting
from ingest.coverage import NO_RULINGS, Census, Rulings
from ingest.ledger import Leaving
from ingest.problems import Problem, Severity
from ingest.record import LostRecord, SourceRecord, record_number
from ingest.source import Source

REMEMBERED = 100_000
"""What records say of so many shared entities a process remembers having handed on, so as not to hand it on again:
20 MB of keys and digests."""


class Conversion(Protocol):
    """What a converter makes of a record."""

    @property
    def lines(self) -> list[str]:
        """N-Triples lines without line end, each once."""
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
Stated = tuple[list[str], list[str], list[Problem]]
"""A record's lines, the names its conversion looked up, and its problems."""
Decode = Callable[[bytes, Path, int, int], SourceRecord | LostRecord]
"""Makes a record of its bytes, file, number and offset; a function of a module, so that it can be sent."""
MakeConverter = Callable[[str, Source], Converter]
Sources = Mapping[str, Source]


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
    census: Census = field(default_factory=Census)


@dataclass(frozen=True, slots=True)
class Frame:
    """The bytes of one record in its file, and what makes a record of them."""

    source: str
    path: Path
    number: int
    offset: int
    chunk: bytes
    decode: Decode

    def read(self) -> SourceRecord | LostRecord:
        """The record."""
        return self.decode(self.chunk, self.path, self.number, self.offset)


@dataclass(slots=True)
class Entry:
    """A record that was read and converted: what the archive keeps of it and notes about it."""

    file: str
    number: int
    name: str
    fingerprint: bytes
    packed: bytes
    repairs: list[Problem]
    told: Told


@dataclass(slots=True)
class Taken:
    """What a bundle of frames was converted to: N-Triples text, and the records in their order."""

    text: bytes
    entries: list[Entry | LostRecord]
    census: Census


def _joined(texts: list[bytes]) -> bytes:
    return b"\n".join(texts) + b"\n" if texts else b""


@dataclass(frozen=True)
class Workshop:
    """All that conversion needs; sent to each process once."""

    base: str
    sources: Sources
    make: MakeConverter
    rulings: Rulings = NO_RULINGS

    def statements(self, job: Job) -> Stated:
        """A record's lines, each once; the names it looked up; its problems."""
        return self.of_record(job.source, packing.record(packing.expand(job.packed)))

    def of_record(self, source: str, record: Record) -> Stated:
        """The same of a record at hand."""
        converter, asked = self._converter(source)
        asked.clear()
        try:
            conversion = converter.convert(record)
        except Exception as error:  # a rule that stumbles over one record must not stop a night's load
            message = f"The record could not be converted: {type(error).__name__}: {error}."
            remedy = "It is kept in the archive; please report it with `jejaring export MARC`."
            return [], sorted(asked), [Problem("not-converted", message, remedy, Severity.LOST)]
        return conversion.lines, sorted(asked), conversion.problems

    def bundle(self, jobs: list[Job]) -> Bundle:
        """The statements of some records as text, and what to note about each."""
        told: list[Told] = []
        texts: list[bytes] = []
        census = Census()
        for job in jobs:
            record = packing.record(packing.expand(job.packed))
            census.add(record, record_number(record), self.rulings, self.sources[job.source].profile)
            told.append(self._tell(job.source, job.number, self.of_record(job.source, record), texts))
        return Bundle(_joined(texts), told, census)

    def taken(self, frames: list[Frame | LostRecord]) -> Taken:
        """Records read here from their bytes and converted at once."""
        entries: list[Entry | LostRecord] = []
        texts: list[bytes] = []
        census = Census()
        for frame in frames:
            if isinstance(frame, LostRecord):
                entries.append(frame)
                continue
            item = frame.read()
            if isinstance(item, LostRecord):
                entries.append(item)
                continue
            content = packing.text(item.record)
            told = self._tell(frame.source, 0, self.of_record(frame.source, item.record), texts)
            fingerprint, packed = packing.fingerprint(content), packing.compress(content)
            number = record_number(item.record)
            census.add(item.record, number, self.rulings, self.sources[frame.source].profile)
            entries.append(Entry(frame.path.name, item.number, number, fingerprint, packed, item.repairs, told))
        return Taken(_joined(texts), entries, census)

    def _tell(self, source: str, number: int, stated: Stated, texts: list[bytes]) -> Told:
        lines, asked, problems = stated
        groups = by_stem(lines)
        own = self.own(source, groups)
        shared: list[Shared] = []
        for stem, group in groups.items():
            text = "\n".join(group).encode()
            about = (key(stem), digest(text))
            shared.append(about)
            if stem == own or self._fresh(about):
                texts.append(text)
        shared += [(key(name), 0) for name in asked]
        return Told(number, key(own) if own else None, shared, problems)

    def retracted(self, jobs: list[Job]) -> list[Retracted]:
        """What the records state, for taking it back."""
        result = []
        for job in jobs:
            lines, asked, _ = self.statements(job)
            shared: list[Shared] = [(key(name), 0) for name in asked]
            leaving: list[Leaving] = []
            for stem, group in by_stem(lines).items():
                about = (key(stem), digest("\n".join(group).encode()))
                shared.append(about)
                leaving += ((*about, line) for line in canonical(group))
            result.append((job.number, shared, leaving))
        return result

    def own(self, source: str, stems: Iterable[str]) -> str | None:
        """The IRI of the record's own instance among the entities it states something about."""
        start = entity(self.base, "instance", f"{source}-")
        return next((stem for stem in stems if stem.startswith(start)), None)

    def _fresh(self, about: Shared) -> bool:
        """Whether these lines about an entity were not handed on lately."""
        if about in self._handed_on:
            return False
        if len(self._handed_on) >= REMEMBERED:
            self._handed_on.clear()
        self._handed_on.add(about)
        return True

    @cached_property
    def _handed_on(self) -> set[Shared]:
        return set()

    @cached_property
    def _converters(self) -> dict[str, tuple[Converter, set[str]]]:
        return {}

    def _converter(self, source: str) -> tuple[Converter, set[str]]:
        if source not in self._converters:
            watched, asked = consulting(self.sources[source])
            self._converters[source] = (self.make(self.base, watched), asked)
        return self._converters[source]
