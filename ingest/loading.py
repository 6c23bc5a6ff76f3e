"""One load: what changed in the sources is worked into a copy of the published graph, which is then published.

The result is a pure function of what the sources say: the same whatever was loaded before, in whatever order,
in one go or in many. Therefore nothing here looks at how the graph came to be; statements come because a
source states them, and leave when none does.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox
from pymarc import Record

from graph import packing
from graph.archive import SourceEntry
from graph.errors import InputError
from graph.names import source_graph
from ingest.building import Building
from ingest.consulted import changed_names
from ingest.conversions import Bundle, Crew, Job, MakeConverter, Sources, Workshop
from ingest.documents import Document, Replacement, lines_of
from ingest.ledger import Ledger
from ingest.problems import Problem, ProblemLog, Severity
from ingest.record import LostRecord, SourceRecord
from ingest.retraction import Retraction, document_lines
from ingest.source import Source
from ingest.sources import Codes, settings_of, source_of

Reading = Callable[[], Iterator[tuple[str, SourceRecord | LostRecord]]]
"""Gives each record with the name of the file it is in."""
Replay = Callable[[ox.Store, Ledger], None]
"""Does again, after a rebuild, what users wrote themselves."""
CodesOf = Callable[[ox.Store], tuple[Codes, Codes]]
RECORDS = "records"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A stream of records handed over: the whole of a source, or with ``partial`` some of its records."""

    source: Source
    files: dict[str, str]
    read: Reading = field(repr=False)
    partial: bool = False


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


class Load:
    """One load on its way; ``run`` leaves the building complete but not sealed."""

    def __init__(self, conditions: Conditions, order: Order, building: Building, ledger: Ledger) -> None:
        self.conditions = conditions
        self.order = order
        self.building = building
        self.ledger = ledger
        self.problems = ProblemLog()
        self.tallies: dict[str, Tally] = {}
        self.gone: list[tuple[str, str | None]] = []
        self.rebuild = order.rebuild
        self._places: dict[int, _Place] = {}

    @property
    def changed(self) -> bool:
        """Whether the graph can differ from the published one."""
        return self.rebuild or any(tally.changed for tally in self.tallies.values())

    def run(self) -> None:
        """Work the order in."""
        if self.rebuild:
            self.building.start_over()
            self.ledger.forget_all_statements()
        known = self._known()
        before = self._sources(known)
        self._documents(known)
        Retraction(self.building, self.ledger, self._workshop(before)).settle()
        after = self._sources({**self._known(), **{c.source.id: _entry(c) for c in self.order.catalogues}})
        self._records(before, after)
        if self.changed:
            self._retract_derived()
            retraction = Retraction(self.building, self.ledger, self._workshop(after))
            retraction.settle()
            self.gone = retraction.conclude()
        self._report_refused()

    def _tally(self, source: str) -> Tally:
        return self.tallies.setdefault(source, Tally())

    def _known(self) -> dict[str, SourceEntry]:
        return {entry.id: entry for entry in self.ledger.archive.sources()}

    def _sources(self, entries: dict[str, SourceEntry]) -> Sources:
        self.building.finish_adding()
        libraries, packages = self.conditions.codes(self.building.store)
        return {
            name: source_of(entry, libraries, packages) for name, entry in entries.items() if entry.kind == RECORDS
        }

    def _workshop(self, sources: Sources) -> Workshop:
        return Workshop(self.conditions.base, sources, self.conditions.make)

    def _documents(self, known: dict[str, SourceEntry]) -> None:
        replacement = Replacement(self.building, self.ledger, self.conditions.base)
        for source in self.order.withdrawn:
            if source in known and known[source].kind != RECORDS:
                self._tally(source).left = replacement.replace(source, ())[1]
                self.ledger.drop_source(source)
        for document in self.order.documents:
            tally = self._tally(document.source)
            tally.came, tally.left = replacement.replace(document.source, document.lines)
            for problem in document.problems:
                self.problems.add(problem)
            digest = packing.fingerprint(document.content).hex()
            self.ledger.set_source(SourceEntry(document.source, document.form, {}, {document.file: digest}))
            self.ledger.set_document(document.source, document.file, document.content)

    def _records(self, before: Sources, after: Sources) -> None:
        affected = [] if self.rebuild else self._affected(before, after)
        with Crew(self._workshop(after), self.conditions.workers) as crew:
            self._take_in(crew)
            missed = self._missed(before)
            if self.rebuild:
                self._drop(missed)
                self._take_bundles(crew.bundles(self._jobs()))
                return
            again = sorted(set(affected) - set(missed))
            self._retract(before, [*missed, *again])
            self._drop(missed)
            self._take_bundles(crew.bundles(self._jobs(again)))
        for number in again:
            self._tally(self.ledger.archive.by_number(number).source).again += 1

    def _affected(self, before: Sources, after: Sources) -> list[int]:
        """Records that would be converted otherwise now: their source was told something new, or a library or
        package they looked up has another answer."""
        told = [name for name in before if name in after and settings_of(before[name]) != settings_of(after[name])]
        numbers = [record.number for name in told for record in self.ledger.archive.records(name)]
        if before and after:
            names = changed_names(next(iter(before.values())), next(iter(after.values())))
            numbers += self.ledger.looking_up(names)
        return numbers

    def _take_in(self, crew: Crew) -> None:
        for catalogue in self.order.catalogues:
            jobs = self._met(catalogue)
            if self.rebuild:
                for _ in jobs:
                    pass
            else:
                self._take_bundles(crew.bundles(jobs))
            if self._tally(catalogue.source.id).usable:
                self.ledger.set_source(_entry(catalogue))

    def _met(self, catalogue: Catalogue) -> Iterator[Job]:
        source, tally = catalogue.source.id, self._tally(catalogue.source.id)
        for file, item in self._read(catalogue, tally):
            tally.read += 1
            if isinstance(item, LostRecord):
                tally.lost += 1
                self._note([item.problem], _Place(file, item.number))
                continue
            place = _Place(file, item.number, control_number(item.record))
            tally.repaired += bool(item.repairs)
            self._note(item.repairs, place)
            number, packed = self.ledger.meet(source, place.control_number, packing.text(item.record))
            if packed is not None:
                tally.added += 1
                self._places[number] = place
                yield Job(source, number, packed)

    def _read(self, catalogue: Catalogue, tally: Tally) -> Iterator[tuple[str, SourceRecord | LostRecord]]:
        """The records; a file that turns out to be unusable ends its source, not the load."""
        try:
            yield from catalogue.read()
        except InputError as error:
            tally.unusable += 1
            self.problems.add(Problem("unusable-file", error.message, error.remedy, Severity.LOST))

    def _note(self, problems: Iterable[Problem], place: "_Place") -> None:
        for problem in problems:
            where = (problem.file or place.file, problem.record or place.record)
            number = problem.control_number or place.control_number or None
            self.problems.add(replace(problem, file=where[0], record=where[1], control_number=number))

    def _take_bundles(self, bundles: Iterable[Bundle]) -> None:
        for bundle in bundles:
            self.building.add(bundle.text)
            for told in bundle.told:
                self.ledger.states(told.number, told.own, told.shared, told.problems)
                self._note(told.problems, self._places.pop(told.number, _Place()))

    def _missed(self, before: Sources) -> list[int]:
        """Records that are no longer in their source. When some of a file could not be read, or only some was
        handed over, a record that was not met may still exist and stays."""
        missed: list[int] = []
        for catalogue in self.order.catalogues:
            tally = self._tally(catalogue.source.id)
            keep = catalogue.partial or tally.lost > 0 or tally.unusable > 0
            numbers = list(self.ledger.missed(catalogue.source.id, only_replaced=keep))
            tally.removed += len(numbers)
            missed += numbers
        for source in self.order.withdrawn:
            if source in before:
                numbers = [record.number for record in self.ledger.archive.records(source)]
                self._tally(source).removed += len(numbers)
                missed += numbers
                self.ledger.drop_source(source)
        return missed

    def _jobs(self, numbers: Iterable[int] | None = None) -> Iterator[Job]:
        archive = self.ledger.archive
        records = archive.records() if numbers is None else map(archive.by_number, numbers)
        return (Job(record.source, record.number, record.packed) for record in records)

    def _retract(self, before: Sources, numbers: list[int]) -> None:
        with Crew(self._workshop(before), self.conditions.workers) as crew:
            for bundle in crew.retracted(self._jobs(numbers)):
                for number, shared, leaving in bundle:
                    self.ledger.states_no_more(number, shared)
                    self.ledger.leave(leaving)

    def _drop(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.ledger.drop(number)

    def _retract_derived(self) -> None:
        graph = source_graph(self.conditions.base, "derived")
        self.ledger.leave(document_lines(lines_of(self.building.store, graph)))
        self.building.store.remove_graph(ox.NamedNode(graph))

    def _report_refused(self) -> None:
        for line in self.building.refused:
            message = f"A statement is not valid RDF and was left out: {line[:200]}"
            self.problems.add(Problem("invalid-statement", message, severity=Severity.LOST))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record is, kept while it is being converted."""

    file: str = ""
    record: int | None = None
    control_number: str = ""


def control_number(record: Record) -> str:
    """The 001 without blanks around it; empty when there is none."""
    field = record.get("001")
    return (field.data or "").strip() if field else ""


def _entry(catalogue: Catalogue) -> SourceEntry:
    return SourceEntry(catalogue.source.id, RECORDS, settings_of(catalogue.source), catalogue.files)
