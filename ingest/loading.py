"""One load: what changed in the sources is worked into a copy of the published graph, which is then published.

The result is a pure function of what the sources say: the same whatever was loaded before, in whatever order,
in one go or in many. Therefore nothing here looks at how the graph came to be; statements come because a
source states them, and leave when none does.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from graph import packing
from graph.archive import SourceEntry
from graph.merging import merge, restore
from graph.names import source_graph
from ingest.building import Building
from ingest.consulted import changed_names
from ingest.conversions import Bundle, Job, Sources, Workshop
from ingest.crew import Crew
from ingest.deciding import DECISIONS, decision_lines, last_decision, published_decision
from ingest.documents import Document, Replacement, lines_of
from ingest.intake import Intake, entry_of
from ingest.items.holders import library_unknown
from ingest.journal import Journal, Place
from ingest.ledger import Ledger
from ingest.names_elsewhere import loaded_authorities, names_elsewhere, renamed
from ingest.order import RECORDS, Catalogue, Conditions, Order
from ingest.problems import Problem, Severity
from ingest.retraction import Retraction, document_lines, vanished
from ingest.sources import settings_of, source_of
from ontology.vocabulary import vocabulary_lines

VOCABULARY = "vocabulary"
"""The graph of the network ontology: what an access policy allows and which category is part of which is asked
of the store like everything else."""
FEW = 1000
"""Up to this many records are taken back one by one, whatever their share."""


class Load:
    """One load on its way; ``run`` leaves the building complete but not sealed."""

    def __init__(self, conditions: Conditions, order: Order, building: Building, ledger: Ledger) -> None:
        self.conditions = conditions
        self.order = order
        self.building = building
        self.ledger = ledger
        self.journal = Journal()
        self.gone: list[tuple[str, str | None]] = []
        self.rebuild = order.rebuild
        self.decided = last_decision(conditions.data) != published_decision(ledger.archive)
        self.named = renamed(conditions.data, ledger.archive, building.store, conditions.base)

    @property
    def changed(self) -> bool:
        """Whether the graph can differ from the published one."""
        return self.rebuild or self.decided or self.named or self.journal.changed

    def run(self) -> None:
        """Work the order in."""
        restore(self.building.store, self.conditions.base)
        if self.rebuild:
            self._start_over(self.order.documents)
        known = self._known()
        before = self._sources(known)
        self._documents(known)
        Retraction(self.building, self.ledger, self._workshop(before)).settle()
        after = self._sources({**self._known(), **{c.source.id: entry_of(c) for c in self.order.catalogues}})
        self._records(before, after)
        if self.changed:
            self._retract_derived()
            self._conclude(Retraction(self.building, self.ledger, self._workshop(after)))
        for line in self.building.refused:
            message = f"A statement is not valid RDF and was left out: {line[:200]}"
            self.journal.note([Problem("invalid-statement", message, severity=Severity.LOST)])

    def _conclude(self, retraction: Retraction) -> None:
        retraction.settle()
        if self.rebuild and self.conditions.replay:
            self.conditions.replay(self.building.store, self.ledger)
        for state in (self._decide, self._name):
            state()
            retraction.settle()
        merge(self.building.store, self.conditions.base)
        if self.rebuild and self.building.number > 1:
            old = self.building.releases.current().store.store
            for iri in vanished(old, self.building.store, self.conditions.base):
                self.ledger.bereave(iri)
        self.gone = retraction.conclude()

    def _decide(self) -> None:
        """State what was decided about the entities there are now."""
        data, base = self.conditions.data, self.conditions.base
        last = last_decision(data)
        lines = decision_lines(data, self.building.store, base, last)
        came, left = Replacement(self.building, self.ledger, base).replace(DECISIONS, lines)
        if came or left:
            tally = self.journal.tally(DECISIONS)
            tally.came, tally.left = came, left
        self.ledger.set_state("decisions", str(last))

    def _name(self) -> None:
        """State what the authority files call that to which our entities are linked."""
        data, base = self.conditions.data, self.conditions.base
        self.building.finish_adding()
        replacement = Replacement(self.building, self.ledger, base)
        for source, lines in names_elsewhere(data, self.building.store, base).items():
            came, left = replacement.replace(source, lines)
            if came or left:
                tally = self.journal.tally(source)
                tally.came, tally.left = came, left
        self.ledger.set_state("authorities", loaded_authorities(data))

    def _start_over(self, documents: Iterable[Document] = ()) -> None:
        """Begin with an empty store; without ``documents`` it keeps those it had."""
        self.rebuild = True
        kept = {} if documents else self._document_lines()
        self.building.start_over()
        self.ledger.forget_all_statements()
        replacement = Replacement(self.building, self.ledger, self.conditions.base)
        for source, lines in kept.items():
            replacement.replace(source, lines)

    def _document_lines(self) -> dict[str, set[str]]:
        store, base = self.building.store, self.conditions.base
        names = [entry.id for entry in self._known().values() if entry.kind != RECORDS]
        return {name: lines_of(store, source_graph(base, name)) for name in [VOCABULARY, *names]}

    def _known(self) -> dict[str, SourceEntry]:
        return {entry.id: entry for entry in self.ledger.archive.sources()}

    def _sources(self, entries: dict[str, SourceEntry]) -> Sources:
        self.building.finish_adding()
        libraries, packages = self.conditions.codes(self.building.store)
        return {
            name: source_of(entry, libraries, packages) for name, entry in entries.items() if entry.kind == RECORDS
        }

    def _workshop(self, sources: Sources) -> Workshop:
        return Workshop(self.conditions.base, sources, self.conditions.make, self.conditions.rulings)

    def _documents(self, known: dict[str, SourceEntry]) -> None:
        replacement = Replacement(self.building, self.ledger, self.conditions.base)
        replacement.replace(VOCABULARY, vocabulary_lines())
        for source in self.order.withdrawn:
            if source in known and known[source].kind != RECORDS:
                self.journal.tally(source).left = replacement.replace(source, ())[1]
                self.ledger.drop_source(source)
        for document in self.order.documents:
            tally = self.journal.tally(document.source)
            tally.came, tally.left = replacement.replace(document.source, document.lines)
            self.journal.note(document.problems, Place(document.file))
            digest = packing.fingerprint(document.content).hex()
            kept = {"kept": document.kept} if document.kept else {}
            self.ledger.set_source(SourceEntry(document.source, document.form, kept, {document.file: digest}))
            self.ledger.set_document(document.source, document.file, document.content)

    def _records(self, before: Sources, after: Sources) -> None:
        intake = Intake(self.order, self.ledger, self.journal)
        affected = [] if self.rebuild else self._affected(before, after)
        with Crew(self._workshop(after), self.conditions.workers) as crew:
            for catalogue in self.order.catalogues:
                self.journal.note(library_unknown(after[catalogue.source.id]))
                self._take_in(catalogue, intake, crew)
            missed = intake.missed()
            again = sorted(set(affected) - set(missed))
            for number in again:
                self.journal.tally(self.ledger.archive.by_number(number).source).again += 1
            self._exchange(crew, before, missed, again)

    def _take_in(self, catalogue: Catalogue, intake: Intake, crew: Crew) -> None:
        if self.rebuild:
            _exhaust(intake.jobs(catalogue))
        elif catalogue.frames and not self.ledger.archive.count(catalogue.source.id):
            for text in intake.taken(catalogue, crew.taken(catalogue.frames())):
                self.building.add(text)
        else:
            self._take(crew.bundles(intake.jobs(catalogue)))

    def _exchange(self, crew: Crew, before: Sources, missed: list[int], again: list[int]) -> None:
        """Take back what records stated, and convert again those that stay. When that is more than a third of
        all, starting over takes less time."""
        leaving = len(missed) + len(again)
        if not self.rebuild and leaving > FEW and leaving * 3 > self.ledger.archive.count():
            self._start_over()
            crew.forget()
        if not self.rebuild:
            self._retract(before, [*missed, *again])
        for number in missed:
            self.ledger.drop(number)
        self._take(crew.bundles(self._jobs("convert", None if self.rebuild else again)))

    def _affected(self, before: Sources, after: Sources) -> list[int]:
        """Records that would be converted otherwise now: their source was told something new, or a library or
        package they looked up has another answer."""
        told = [name for name in before if name in after and settings_of(before[name]) != settings_of(after[name])]
        numbers = [number for name in told for number in self.ledger.numbers(name)]
        if before and after:
            names = changed_names(next(iter(before.values())), next(iter(after.values())))
            numbers += self.ledger.looking_up(names)
        return numbers

    def _take(self, bundles: Iterable[Bundle]) -> None:
        for bundle in bundles:
            self.building.add(bundle.text)
            self.journal.census.merge(bundle.census)
            for told in bundle.told:
                self.ledger.states(told.number, told.own, told.shared, told.problems)
                self.journal.converted(told.number, told.problems)

    def _jobs(self, step: str, numbers: list[int] | None) -> Iterator[Job]:
        """Archived records by their numbers, or all."""
        archive = self.ledger.archive
        records = archive.records() if numbers is None else map(archive.by_number, numbers)
        jobs = (Job(record.source, record.number, record.packed) for record in records)
        yield from self.conditions.bar(jobs, step, archive.count() if numbers is None else len(numbers))

    def _retract(self, before: Sources, numbers: list[int]) -> None:
        with Crew(self._workshop(before), self.conditions.workers) as crew:
            for bundle in crew.retracted(self._jobs("take back", numbers)):
                for number, shared, leaving in bundle:
                    self.ledger.states_no_more(number, shared)
                    self.ledger.leave(leaving)

    def _retract_derived(self) -> None:
        graph = source_graph(self.conditions.base, "derived")
        self.ledger.leave(document_lines(lines_of(self.building.store, graph)))
        self.building.store.remove_graph(ox.NamedNode(graph))


def _exhaust(jobs: Iterator[Job]) -> None:
    for _ in jobs:
        pass
