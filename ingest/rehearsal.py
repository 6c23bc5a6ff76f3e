"""Rehearsal: what a load would change, without loading: read and judged exactly as a load does, then compared.

>>> for change in rehearse(settings, inputs).changes: print(change.source, change.came, change.left)
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from graph import packing
from graph.archive import Archive
from graph.errors import InputError
from graph.names import source_graph
from graph.settings import Settings
from graph.statements import canonical
from ingest.convert import Converter
from ingest.documents import Document, lines_of
from ingest.inputs import Input
from ingest.order import RECORDS, Catalogue
from ingest.pipeline import Outcome, Pipeline
from ingest.problems import Problem, ProblemLog, Severity, by_message
from ingest.record import LostRecord, record_number

EXAMPLES = 40
"""Statements and records that are shown of each; the rest is counted."""
Known = dict[bytes, str]
"""Fingerprint of a record in the archive → its id."""


@dataclass(slots=True)
class Change:
    """What one source would change. Of sheets: statements that come and leave; of catalogues: records by id.
    ``like`` are the catalogues that were loaded from files of the same name, when this one would be new."""

    source: str
    kind: str
    like: list[str] = field(default_factory=list)
    read: int = 0
    came: int = 0
    left: int = 0
    unchanged: int = 0
    changed: int = 0
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    problems: ProblemLog = field(default_factory=partial(ProblemLog, by_message))


@dataclass(slots=True)
class Rehearsal:
    """The changes by source, and what could not be used at all."""

    changes: list[Change] = field(default_factory=list)
    refused: ProblemLog = field(default_factory=partial(ProblemLog, by_message))

    @property
    def useful(self) -> bool:
        """Whether a load would change anything."""
        return any(one.came or one.left or one.changed for one in self.changes)


def rehearse(
    settings: Settings, inputs: list[Input], *, source: str | None = None, part: bool = False
) -> Rehearsal:
    """What ``Pipeline.load`` with the same arguments (``part`` is its ``partial``) would change. Writes nothing."""
    pipeline = _Rehearsing(settings)
    pipeline.load(inputs, source=source, partial=part)
    found = Rehearsal(pipeline.changes)
    for problem in pipeline.refused:
        found.refused.add(problem)
    return found


class _Rehearsing(Pipeline):
    """A pipeline that compares where the other publishes."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.changes: list[Change] = []

    def _publish(
        self,
        documents: list[Document],
        catalogues: list[Catalogue],
        withdrawn: Iterable[str] = (),
        rebuild: bool = False,
    ) -> Outcome:
        self.changes = [*map(self._document, documents), *map(self._records, catalogues)]
        return Outcome(self._current(), False, refused=self.refused)

    def _document(self, document: Document) -> Change:
        current = self._current()
        graph = source_graph(self.settings.base_iri, document.source)
        before = lines_of(current.store.store, graph) if current else set()
        after = canonical(document.lines)
        came, left = sorted(after - before), sorted(before - after)
        change = Change(document.source, document.form, [], len(after), len(came), len(left), len(after & before))
        change.new, change.gone = came[:EXAMPLES], left[:EXAMPLES]
        _note(change, document.problems)
        return change

    def _records(self, catalogue: Catalogue) -> Change:
        known = self._archived(catalogue.source.id)
        ids, met = set(known.values()), set()
        change = Change(catalogue.source.id, "records", self._like(catalogue))
        converter = Converter(self.settings.base_iri, catalogue.source)
        try:
            for file, item in catalogue.read():
                change.read += 1
                if isinstance(item, LostRecord):
                    _note(change, [item.problem])
                    continue
                name, print_ = record_number(item.record), packing.fingerprint(packing.text(item.record))
                met.add(known.get(print_, name))
                if print_ in known:
                    change.unchanged += 1
                    continue
                change.changed += 1
                _note(change, [*item.repairs, *converter.convert(item.record).problems])
                if len(change.new) < EXAMPLES:
                    change.new.append(f"{name or file} {'↻' if name in ids else '+'}")
        except InputError as error:
            _note(change, [Problem("unusable-file", error.message, error.remedy, Severity.LOST)])
        gone = [] if catalogue.partial else sorted(ids - met)
        change.left, change.gone = len(gone), list(islice(gone, EXAMPLES))
        return change

    def _like(self, catalogue: Catalogue) -> list[str]:
        if catalogue.source.id in self._known:
            return []
        known = (one for one in self._known.values() if one.kind == RECORDS)
        return [one.id for one in known if one.files.keys() & catalogue.files.keys()]

    def _archived(self, source: str) -> Known:
        if not (self.settings.data / "archive.sqlite").exists():
            return {}
        archive = Archive.open(self.settings.data)
        try:
            rows = archive.connection.execute("SELECT hash, id FROM record WHERE source = ?", (source,))
            return {bytes(print_): name for print_, name in rows}
        finally:
            archive.close()


def _note(change: Change, problems: list[Problem]) -> None:
    for problem in problems:
        change.problems.add(problem)
