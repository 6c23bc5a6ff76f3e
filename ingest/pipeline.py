"""The whole way from files to a published release, as the command line and the graph-store endpoint use it."""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

import pyoxigraph as ox

from graph.archive import Archive, SourceEntry
from graph.data_directory import there
from graph.errors import InputError, NotFound, QueryError, StoreError
from graph.names import source_graph
from graph.published import mirror
from graph.releases import Release, Releases
from graph.settings import Settings
from ingest.catalogues import FORMATS
from ingest.code_map import CodeMap
from ingest.coverage import rulings
from ingest.document_reading import Found, read_documents
from ingest.documents import Document, lines_of
from ingest.indexing import Index
from ingest.inputs import Input
from ingest.loading import Load
from ingest.names_elsewhere import PREFIX
from ingest.order import RECORDS, Bar, Catalogue, Conditions, Order, Records, unshown
from ingest.problems import Problem, Severity
from ingest.publication import publish
from ingest.recognition import Kind, Recognised, framing, read_records, recognise
from ingest.sheets.keeping import Before
from ingest.source import Source
from ingest.sources import completed
from ingest.wiring import codes_of, indexes, make_converter, replay_written

Watch = Callable[[Records, str, list[Path]], Records]
"""Shows how reading gets on: gets the records, the source's id and the files, gives the records on."""
ROOT = Path(__file__).resolve().parents[1]
RESERVED = frozenset({"decisions", "derived", "merged", "vocabulary"})
RULES = ("ontology/**/*", "ingest/convert/**/*.py", "ingest/items/**/*.py", "ingest/sheets/**/*.py")


def unwatched(records: Records, source: str, files: list[Path]) -> Records:
    """No progress is shown."""
    return records


@dataclass
class Outcome:
    """What a load came to. ``release`` is the published one, ``fresh`` whether this load made it; ``refused``
    lists inputs that could not be used at all."""

    release: Release | None
    fresh: bool
    load: Load | None = None
    refused: list[Problem] = field(default_factory=list)

    @property
    def useful(self) -> bool:
        """Whether anything that was handed over could be used."""
        if self.load is None:
            return not self.refused
        tallies = self.load.journal.tallies.values()
        return any(tally.usable for tally in tallies) or not (tallies or self.refused)


def rules_version() -> str:
    """A digest of everything that conversion follows: rules, code tables, profiles, sheets, and the code itself."""
    digest = blake2b(digest_size=8)
    for pattern in RULES:
        for file in sorted(ROOT.glob(pattern)):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


class Pipeline:
    """Loads, withdraws and rebuilds in one data directory."""

    def __init__(self, settings: Settings, watch: Watch = unwatched, bar: Bar = unshown) -> None:
        self.settings = settings
        self.watch = watch
        self.bar = bar
        self.rules = rules_version()
        self.refused: list[Problem] = []

    def load(
        self,
        inputs: list[Input],
        *,
        source: str | None = None,
        partial: bool = False,
        only_new: bool = False,
        replacing: Collection[str] = (),
    ) -> Outcome:
        """Load inputs together. ``source`` is the id of all catalogue files, or of a single file whatever it is.
        With ``partial``, records missing from a file stay; with ``only_new``, nothing is done when all files are
        known. What cannot be used is listed in the outcome, and the rest goes on. The inputs take the place of the
        sources ``replacing``, all or none of them: NotFound when one is not there."""
        self._require(replacing)
        self.refused = []
        self._given: set[str] = set()
        self._known = {entry.id: entry for entry in self._entries()}
        self._kinds = {name: entry.kind == RECORDS for name, entry in self._known.items()}
        found = self._found(inputs, source)
        if not found and not self.refused:
            self._refuse_all(inputs)
        if only_new and self._all_known([item for item, _ in found]):
            return Outcome(self._current(), False, refused=self.refused)
        found = self._without_copies([pair for pair in found if self._fits(*pair)])
        catalogues = self._catalogues([pair for pair in found if pair[1].kind is Kind.RECORDS], partial)
        documents = self._documents([pair for pair in found if pair[1].kind is not Kind.RECORDS], replacing)
        if (replacing and self._incomplete(documents)) or not (catalogues or documents):
            return Outcome(self._current(), False, refused=self.refused)
        return self._publish(documents, catalogues, replacing)

    def catalogues(self) -> list[str]:
        """The ids of the sources of records that are loaded."""
        return [entry.id for entry in self._entries() if entry.kind == RECORDS]

    def withdraw(self, sources: list[str]) -> Outcome:
        """Take sources out, as if they had never been loaded. Raises NotFound."""
        there(self.settings.data)
        self._require(sources)
        return self._publish([], [], sources)

    def _require(self, sources: Iterable[str]) -> None:
        """Raises NotFound when one of the sources is not there."""
        known = {entry.id for entry in self._entries()}
        for source in sources:
            if source not in known:
                raise NotFound(
                    f"There is no source {source!r}.", f"There are: {', '.join(sorted(known)) or 'none'}."
                )

    def rebuild(self) -> Outcome:
        """Convert everything in the archive anew."""
        self._current_required()
        return self._publish([], [], rebuild=True)

    def decide(self) -> Outcome:
        """Publish what was decided about links, merges and splits since the current release."""
        self._current_required()
        return self._publish([], [])

    def _publish(
        self,
        documents: list[Document],
        catalogues: list[Catalogue],
        withdrawn: Iterable[str] = (),
        rebuild: bool = False,
    ) -> Outcome:
        settings = self.settings
        rebuild = rebuild or self._rules_changed()
        if rebuild:
            documents = [*self._archived_documents({*withdrawn, *(d.source for d in documents)}), *documents]
        conditions = Conditions(
            settings.data,
            settings.base_iri,
            self.rules,
            make_converter,
            codes_of,
            settings.number("workers"),
            replay_written,
            self.bar,
            rulings(),
        )
        order = Order(documents, catalogues, list(withdrawn), rebuild)
        made: list[Index] = indexes(settings.base_iri)
        load, fresh = publish(conditions, order, settings.number("releases_kept"), made)
        self._mirror()
        return Outcome(self._current(), fresh, load, self.refused)

    def _mirror(self) -> None:
        """Bring the endpoint of the settings along, where there is one."""
        try:
            mirror(self.settings)
        except (StoreError, QueryError) as error:
            number = Releases(self.settings.data).current_number()
            message = f"Release {number} is published on this machine, but not at the endpoint: {error.message}"
            raise StoreError(message, error.remedy) from error

    def _rules_changed(self) -> bool:
        if Releases(self.settings.data).current_number() is None:
            return False
        archive = Archive.open(self.settings.data)
        now = (self.rules, self.settings.base_iri)
        try:
            return (archive.state("rules"), archive.state("base")) != now
        finally:
            archive.close()

    def _found(self, inputs: list[Input], source: str | None) -> list[tuple[Input, Recognised]]:
        """The inputs that somebody reads, with what they are."""
        found: list[tuple[Input, Recognised]] = []
        for item in inputs:
            try:
                kind = recognise(item)
            except InputError as error:
                if item.listed:
                    self._refuse(item.path, error)
                continue
            if source and (kind.kind is Kind.RECORDS or len(inputs) == 1):
                item = replace(item, source=source)
            found.append((item, kind))
        return found

    def _fits(self, item: Input, kind: Recognised) -> bool:
        """Whether the source's id is free for what the file is: records and documents cannot share one."""
        taken = self._kinds.setdefault(item.source_id, kind.kind is Kind.RECORDS)
        if kind.kind is Kind.RECORDS and taken:
            return True
        if kind.kind is not Kind.RECORDS and not taken and item.source_id not in self._given:
            self._given.add(item.source_id)
            reserved = item.source_id in RESERVED or item.source_id.startswith(PREFIX)
            return not reserved or self._clash(item)
        return self._clash(item)

    def _clash(self, item: Input) -> bool:
        message = f"{item.path} would be source {item.source_id!r}, which is something else already."
        self._refuse(item.path, InputError(message, "Give it another id, with --source or `sumber`."))
        return False

    def _without_copies(self, found: Found) -> Found:
        """Pass over catalogue files that are a copy of another one and were given no source of their own: every
        item would be there twice."""
        stored = {print_: entry.id for entry in self._known.values() for print_ in entry.files.values()}
        kept: Found = []
        for item, kind in sorted(found, key=lambda pair: (not pair[0].source, len(pair[0].path.name))):
            same = stored.setdefault(item.fingerprint(), item.source_id) if kind.kind is Kind.RECORDS else ""
            if same in ("", item.source_id) or item.source or item.source_id in self._known:
                kept.append((item, kind))
                continue
            message = f"{item.path.name} is a copy of what source {same!r} has and was passed over."
            remedy = "Give it an id with --source if its copies are others than those."
            self.refused.append(Problem("copied-file", message, remedy, Severity.WARNING, file=str(item.path)))
        return [pair for pair in found if pair in kept]

    def _refuse(self, path: Path, error: InputError) -> None:
        problem = Problem("unusable-file", error.message, error.remedy, Severity.LOST, file=str(path))
        self.refused.append(problem)

    def _refuse_all(self, inputs: list[Input]) -> None:
        """Say that nothing in a folder is of a kind that is read; single files that are not are passed over."""
        message = f"None of the {len(inputs)} files is of a kind that is read here."
        remedy = "Name the files themselves to see why not; docs/loading.md lists what can be loaded."
        self.refused.append(Problem("nothing-readable", message, remedy, Severity.LOST))

    def _catalogues(self, found: list[tuple[Input, Recognised]], partial: bool) -> list[Catalogue]:
        by_source: defaultdict[str, list[tuple[Input, Recognised]]] = defaultdict(list)
        for item, kind in found:
            by_source[item.source_id].append((item, kind))
        return [self._catalogue(name, group, partial) for name, group in by_source.items()]

    def _catalogue(self, name: str, group: list[tuple[Input, Recognised]], partial: bool) -> Catalogue:
        first, kind = group[0]
        source = Source(
            name,
            library=first.library,
            profile=first.profile or (kind.form if kind.form in FORMATS else ""),
            code_map=CodeMap.load(first.codes) if first.codes else None,
            withheld=frozenset(first.withheld),
        )
        if name in self._known and not first.described:
            source = completed(source, self._known[name])
        files = [item.path for item, _ in group]

        def read() -> Records:
            return self.watch(read_records(group), name, files)

        prints = {item.path.name: item.fingerprint() for item, _ in group}
        return Catalogue(source, prints, read, partial, framing(group))

    def _incomplete(self, documents: list[Document]) -> bool:
        """Whether something, be it a row, could not be used of what is to take the place of sources;
        they stay, then, since rows refused would be lost with them."""
        self.refused += [
            one for document in documents for one in document.problems if one.severity is Severity.LOST
        ]
        if lost := any(problem.severity is Severity.LOST for problem in self.refused):
            message = "No source was replaced, since not all of the files could be used, and nothing was loaded."
            self.refused.append(Problem("not-replaced", message, "Correct the files.", Severity.LOST))
        return lost

    def _documents(self, found: Found, replaced: Iterable[str] = ()) -> list[Document]:
        if not found:
            return []
        given = {*replaced, *(item.source_id for item, _ in found)}
        base, others = self.settings.base_iri, self._stated(given)
        reading = read_documents(found, base, others, stored=self._all_stated, loaded=self._loaded)
        self.refused += reading.refused
        return reading.documents

    def _loaded(self, source: str) -> Before | None:
        """A sheet as it was loaded last, with what it states something about."""
        if source not in self._known or Releases(self.settings.data).current_number() is None:
            return None
        graph = ox.NamedNode(source_graph(self.settings.base_iri, source))
        quads = self._current_required().store.store.quads_for_pattern(None, None, None, graph)
        subjects = {str(getattr(quad.subject, "value", "")) for quad in quads}
        archive = Archive.open(self.settings.data)
        try:
            return Before(*archive.document(source), self._known[source].settings.get("kept", []), subjects)
        finally:
            archive.close()

    def _all_stated(self) -> list[str]:
        return [line for lines in self._stated().values() for line in lines]

    def _stated(self, given: Container[str] = ()) -> dict[str, list[str]]:
        """What documents state now, but for those that are handed over: sheets are judged together with it."""
        if Releases(self.settings.data).current_number() is None:
            return {}
        store = self._current_required().store.store
        others = [name for name, entry in self._known.items() if entry.kind != RECORDS and name not in given]
        graphs = {name: source_graph(self.settings.base_iri, name) for name in others}
        return {name: sorted(lines_of(store, graph)) for name, graph in graphs.items()}

    def _archived_documents(self, replaced: set[str]) -> list[Document]:
        """The documents of the archive, read again from their original files."""
        archive = Archive.open(self.settings.data)
        known = {entry.id: entry for entry in archive.sources()}
        kept = {}
        with tempfile.TemporaryDirectory() as folder:
            items = []
            for source, file, content in archive.documents():
                if source not in replaced:
                    path = Path(folder) / source / file
                    path.parent.mkdir()
                    path.write_bytes(content)
                    items.append(Input(path, form=known[source].kind, source=source))
                    kept[source] = Before(file, content, known[source].settings.get("kept", []))
            archive.close()
            found = [(item, recognise(item)) for item in items]
            reading = read_documents(found, self.settings.base_iri, {}, loaded=kept.get, judged=False)
        if reading.refused:
            first = reading.refused[0]
            raise InputError(f"A kept document can no longer be read: {first.message}", first.remedy)
        return reading.documents

    def _all_known(self, inputs: list[Input]) -> bool:
        if Releases(self.settings.data).current_number() is None or self._rules_changed():
            return False
        known = {(entry.id, name, print_) for entry in self._known.values() for name, print_ in entry.files.items()}
        return all((item.source_id, item.path.name, item.fingerprint()) in known for item in inputs)

    def _entries(self) -> list[SourceEntry]:
        if not (self.settings.data / "archive.sqlite").exists():
            return []
        archive = Archive.open(self.settings.data)
        try:
            return archive.sources()
        finally:
            archive.close()

    def _current(self) -> Release | None:
        releases = Releases(self.settings.data)
        return None if releases.current_number() is None else releases.current()

    def _current_required(self) -> Release:
        return Releases(self.settings.data).current()
