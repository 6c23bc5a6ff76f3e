"""Rehearsal: what a load would change, without loading: read and judged exactly as a load does, then compared.

>>> for change in rehearse(settings, inputs).changes: print(change.source, change.came, change.left)
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
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
from ingest.order import Catalogue
from ingest.pipeline import Outcome, Pipeline
from ingest.problems import Problem, Severity
from ingest.record import LostRecord, record_number

EXAMPLES = 40
"""Statements, records and problems that are shown of each; the rest is counted."""
Known = dict[bytes, str]
"""Fingerprint of a record in the archive → its id."""


@dataclass(slots=True)
class Change:
    """What one source would change. Of sheets: statements that come and leave; of catalogues: records by id."""

    source: str
    kind: str
    read: int = 0
    came: int = 0
    left: int = 0
    unchanged: int = 0
    changed: int = 0
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Rehearsal:
    """The changes by source, and what could not be used at all."""

    changes: list[Change] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)

    @property
    def useful(self) -> bool:
        """Whether a load would change anything."""
        return any(one.came or one.left or one.changed for one in self.changes)


def rehearse(
    settings: Settings, inputs: list[Input], *, source: str | None = None, partial: bool = False
) -> Rehearsal:
    """What ``Pipeline.load`` with the same arguments would change. Writes nothing."""
    pipeline = _Rehearsing(settings)
    pipeline.load(inputs, source=source, partial=partial)
    return Rehearsal(pipeline.changes, pipeline.refused)


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
        change = Change(document.source, document.form, len(after), len(came), len(left), len(after & before))
        change.new, change.gone = came[:EXAMPLES], left[:EXAMPLES]
        change.problems = document.problems[:EXAMPLES]
        return change

    def _records(self, catalogue: Catalogue) -> Change:
        known = self._archived(catalogue.source.id)
        ids, met = set(known.values()), set()
        change = Change(catalogue.source.id, "records")
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
    change.problems += problems[: EXAMPLES - len(change.problems)]
