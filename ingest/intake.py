"""Taking records in: each is met in the archive, and only those that are new there have to be converted."""

from collections.abc import Iterable, Iterator

from graph import packing
from graph.archive import SourceEntry
from graph.errors import InputError
from ingest.conversions import Entry, Job, Taken
from ingest.journal import Journal, Place
from ingest.ledger import Ledger
from ingest.order import RECORDS, Catalogue, Order, Records
from ingest.problems import Problem, Severity
from ingest.record import LostRecord, record_number
from ingest.sources import settings_of


class Intake:
    """The records of an order's catalogues on their way into the archive."""

    def __init__(self, order: Order, ledger: Ledger, journal: Journal) -> None:
        self.order = order
        self.ledger = ledger
        self.journal = journal

    def taken(self, catalogue: Catalogue, bundles: Iterable[Taken]) -> Iterator[bytes]:
        """Enter records that were read and converted elsewhere; gives their statements."""
        try:
            for bundle in bundles:
                yield bundle.text
                self.journal.census.merge(bundle.census)
                for item in bundle.entries:
                    self._enter(catalogue, item)
        except InputError as error:
            self._unusable(catalogue, error)
        self._end(catalogue)

    def _enter(self, catalogue: Catalogue, item: Entry | LostRecord) -> None:
        source, tally = catalogue.source.id, self.journal.tally(catalogue.source.id)
        tally.read += 1
        if isinstance(item, LostRecord):
            tally.lost += 1
            self.journal.note([item.problem], Place(record=item.number))
            return
        tally.repaired += bool(item.repairs)
        number, fresh = self.ledger.enter(source, item.name, item.fingerprint, item.packed)
        if fresh:
            tally.added += 1
            self.ledger.states(number, item.told.own, item.told.shared, item.told.problems)
        self.journal.note([*item.repairs, *item.told.problems], Place(item.file, item.number, item.name))

    def jobs(self, catalogue: Catalogue) -> Iterator[Job]:
        """The records that are new or have another content."""
        source, tally = catalogue.source.id, self.journal.tally(catalogue.source.id)
        for file, item in self._read(catalogue):
            tally.read += 1
            if isinstance(item, LostRecord):
                tally.lost += 1
                self.journal.note([item.problem], Place(file, item.number))
                continue
            place = Place(file, item.number, record_number(item.record))
            tally.repaired += bool(item.repairs)
            self.journal.note(item.repairs, place)
            number, packed = self.ledger.meet(source, place.control_number, packing.text(item.record))
            if packed is not None:
                tally.added += 1
                self.journal.expect(number, place)
                yield Job(source, number, packed)
        self._end(catalogue)

    def _end(self, catalogue: Catalogue) -> None:
        if self.journal.tally(catalogue.source.id).usable:
            self.ledger.set_source(entry_of(catalogue))

    def _read(self, catalogue: Catalogue) -> Records:
        """The records; a file that turns out to be unusable ends its source, not the load."""
        try:
            yield from catalogue.read()
        except InputError as error:
            self._unusable(catalogue, error)

    def _unusable(self, catalogue: Catalogue, error: InputError) -> None:
        self.journal.tally(catalogue.source.id).unusable += 1
        problem = Problem("unusable-file", error.message, error.remedy, Severity.LOST)
        self.journal.note([problem], Place(", ".join(catalogue.files)))

    def missed(self) -> list[int]:
        """Records that are no longer in their source. When some of a file could not be read, or only some was
        handed over, a record that was not met may still exist and stays."""
        missed: list[int] = []
        for catalogue in self.order.catalogues:
            tally = self.journal.tally(catalogue.source.id)
            keep = catalogue.partial or tally.lost > 0 or tally.unusable > 0
            numbers = self.ledger.missed(catalogue.source.id, only_replaced=keep)
            tally.removed += len(numbers)
            missed += numbers
        for source in self.order.withdrawn:
            numbers = self.ledger.numbers(source)
            if numbers:
                self.journal.tally(source).removed += len(numbers)
                missed += numbers
            self.ledger.drop_source(source)
        return missed


def entry_of(catalogue: Catalogue) -> SourceEntry:
    """The source as the archive keeps it."""
    return SourceEntry(catalogue.source.id, RECORDS, settings_of(catalogue.source), catalogue.files)
