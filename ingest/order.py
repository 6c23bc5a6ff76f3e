"""What is to be loaded, on what conditions, and what came of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from ingest.conversions import Frame, Job, MakeConverter
from ingest.coverage import NO_RULINGS, Rulings
from ingest.documents import Document
from ingest.ledger import Ledger
from ingest.record import LostRecord, SourceRecord
from ingest.source import Source
from ingest.sources import Codes

Records = Iterator[tuple[str, SourceRecord | LostRecord]]
"""Records, each with the name of the file it is in."""
Reading = Callable[[], Records]
Framing = Callable[[], Iterator[Frame | LostRecord]]
Replay = Callable[[ox.Store, Ledger], None]
"""Does again, after a rebuild, what users wrote themselves."""
Bar = Callable[[Iterable[Job], str, int], Iterable[Job]]
"""Shows how far a step is: gets its jobs, its name and their number, gives the jobs on."""
CodesOf = Callable[[ox.Store], tuple[Codes, Codes]]
RECORDS = "records"


def unshown(jobs: Iterable[Job], step: str, number: int) -> Iterable[Job]:
    """No progress is shown."""
    return jobs


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A stream of records handed over: the whole of a source, or with ``partial`` some of its records.

    ``frames`` gives the same records as bytes, where the format allows that; reading them is then left to the
    processes that convert.
    """

    source: Source
    files: dict[str, str]
    read: Reading = field(repr=False)
    partial: bool = False
    frames: Framing | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be loaded and withdrawn together; with ``rebuild`` everything is converted anew."""

    documents: list[Document] = field(default_factory=list)
    catalogues: list[Catalogue] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    rebuild: bool = False


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a load needs besides its order; ``rules`` names the version of all that conversion follows."""

    data: Path
    base: str
    rules: str
    make: MakeConverter
    codes: CodesOf
    workers: int = 0
    replay: Replay | None = None
    bar: Bar = unshown
    rulings: Rulings = NO_RULINGS


@dataclass(slots=True)
class Tally:
    """What happened to one source."""

    read: int = 0
    added: int = 0
    removed: int = 0
    again: int = 0
    lost: int = 0
    repaired: int = 0
    unusable: int = 0
    came: int = 0
    left: int = 0

    @property
    def usable(self) -> bool:
        """Whether what was handed over could be used at least in part."""
        return self.read > self.lost or not (self.lost or self.unusable)

    @property
    def changed(self) -> bool:
        """Whether what the source says is not what it said."""
        return bool(self.added or self.removed or self.again or self.came or self.left)
