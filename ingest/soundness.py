"""Whether a data directory is sound: release, archive and graph fit each other, and the graph its own rules."""

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass

import pyoxigraph as ox

from graph import file_digests
from graph.archive import Archive
from graph.errors import JejaringError
from graph.matching.standing import families
from graph.merging import stated
from graph.names import source_graph
from graph.releases import Release, Releases
from graph.settings import Settings
from graph.statements import triples
from graph.store import LocalStore
from ingest.conversions import Job, Workshop
from ingest.deciding import last_decision, standing_decisions
from ingest.documents import lines_of
from ingest.order import RECORDS
from ingest.pipeline import rules_version
from ingest.sources import source_of
from ingest.wiring import codes_of, make_converter, violations

DAMAGE = (sqlite3.DatabaseError, OSError, RuntimeError, zlib.error, JejaringError)
"""What reading damaged files of the archive or of the store raises."""
SAMPLE = 200
"""Records converted again to see whether the graph has what they state."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found; ``name`` says what was looked at."""

    name: str
    sound: bool
    message: str

    def __str__(self) -> str:
        return f"{'ok ' if self.sound else 'BAD'}  {self.name}: {self.message}"

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return asdict(self)


def findings(settings: Settings) -> Iterator[Finding]:
    """Look at everything, one finding after the other."""
    try:
        release = Releases(settings.data).current()
        archive = Archive.open(settings.data)
        local = release.store
    except JejaringError as error:
        yield Finding("release", False, str(error))
        return
    base = settings.base_iri
    looks: dict[str, Callable[[], Iterable[Finding]]] = {
        "release": lambda: [_numbers(release, archive)],
        "files": lambda: [_files(release)],
        "archive": lambda: [_archive(archive)],
        "store": lambda: [_statements(release, local)],
        "names": lambda: [_blank_nodes(archive, local)],
        "documents": lambda: _documents(archive, local.store, base),
        "decisions": lambda: _decisions(settings),
        "records": lambda: [_records(archive, local.store, base)],
        "links": lambda: [_orphans(local, base)],
        "network": lambda: _network(archive, local.store, base),
    }
    for name, look in looks.items():
        yield from _survived(name, look)


def _survived(name: str, look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What a look finds; damage that ends it is a finding, too."""
    try:
        yield from look()
    except DAMAGE as error:
        yield Finding(name, False, f"this cannot be read: {error}. Restore a backup, or load everything anew.")


def _numbers(release: Release, archive: Archive) -> Finding:
    message = f"release {release.number} is published, the archive belongs to release {archive.release}"
    return Finding("release", release.number == archive.release, message)


def _files(release: Release) -> Finding:
    """Damage in a part of the store that nothing above reads shows here alone."""
    digests = file_digests.noted(release.path)
    if digests is None:
        return Finding("files", True, "not looked at: they were not noted when it was made; the next load does")
    wrong = file_digests.altered(release.path, digests)
    if wrong:
        remedy = "Restore a backup, or load everything anew."
        return Finding("files", False, f"{len(wrong):,} are not as published: {', '.join(wrong[:5])}. {remedy}")
    return Finding("files", True, f"{len(digests):,} files of store and search index are as published")


def _archive(archive: Archive) -> Finding:
    try:
        answer = archive.connection.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        answer = str(error)
    return Finding("archive", answer == "ok", f"{archive.count():,} records, quick check says {answer}")


def _statements(release: Release, local: LocalStore) -> Finding:
    row = local.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")[0]["n"]
    assert isinstance(row, ox.Literal)
    noted = release.manifest["counts"]["statements"]
    return Finding("store", int(row.value) == noted, f"{int(row.value):,} statements, manifest says {noted:,}")


def _blank_nodes(archive: Archive, local: LocalStore) -> Finding:
    """Sources bring none; what people write through SPARQL or the graph store stays as they wrote it."""
    if not local.ask("ASK { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }"):
        return Finding("names", True, "no blank node")
    tables = archive.connection.execute("SELECT name FROM sqlite_master WHERE name = 'written'").fetchone()
    written = bool(tables) and archive.connection.execute("SELECT EXISTS (SELECT * FROM written)").fetchone()[0]
    return Finding("names", bool(written), f"there are blank nodes{', as writes may bring' if written else ''}")


def _documents(archive: Archive, store: ox.Store, base: str) -> Iterator[Finding]:
    for entry in archive.sources():
        if entry.kind != RECORDS:
            graph = ox.NamedNode(source_graph(base, entry.id))
            quads = list(store.quads_for_pattern(None, None, None, graph))
            missing = sum(not stated(store, base, q.triple) for q in quads)
            message = f"{len(quads):,} statements, {missing:,} of them missing in the default graph"
            yield Finding(f"document {entry.id}", bool(quads) and not missing, message)


def _decisions(settings: Settings) -> Iterator[Finding]:
    """Merges that contradict other decisions, and so join nothing."""
    refused = families(standing_decisions(settings.data), settings.base_iri).refused
    if last_decision(settings.data):
        first = f": {refused[0].number} ({refused[0].label} – {refused[0].target_label})" if refused else ""
        yield Finding("decisions", not refused, f"{len(refused):,} contradict others and join nothing{first}")


def _records(archive: Archive, store: ox.Store, base: str) -> Finding:
    if archive.state("rules") != rules_version():
        return Finding("records", True, "not looked at: rules have changed since; the next load rebuilds")
    libraries, packages = codes_of(store)
    sources = {e.id: source_of(e, libraries, packages) for e in archive.sources() if e.kind == RECORDS}
    workshop = Workshop(base, sources, make_converter)
    step = max(1, archive.count() // SAMPLE)
    looked, missing = 0, 0
    for number, record in enumerate(archive.records()):
        if number % step == 0:
            lines, _, _ = workshop.statements(Job(record.source, record.number, record.packed))
            found = [stated(store, base, t) for t in triples(lines)]
            looked += 1
            missing += not all(found)
    return Finding("records", not missing, f"{looked:,} converted again, {missing:,} state what the graph lacks")


def _orphans(local: LocalStore, base: str) -> Finding:
    """Names of local code lists (below ``/id/code/``) say themselves all there is to say."""
    rows = local.select(
        f"""SELECT DISTINCT ?o WHERE {{ ?s ?p ?o FILTER(isIRI(?o) && STRSTARTS(STR(?o), "{base}/id/")
            && !STRSTARTS(STR(?o), "{base}/id/code/"))
        FILTER NOT EXISTS {{ ?o ?q ?r }} }} LIMIT 1000"""
    )
    first = ", ".join(str(row["o"]) for row in rows[:3])
    message = f"{len(rows):,} entities are linked to but not described{': ' + first if first else ''}"
    return Finding("links", not rows, message)


def _network(archive: Archive, store: ox.Store, base: str) -> Iterator[Finding]:
    documents = [entry.id for entry in archive.sources() if entry.kind != RECORDS]
    lines = sorted({line for name in documents for line in lines_of(store, source_graph(base, name))})
    found = violations(lines) if lines else []
    first = f": {found[0]}" if found else ""
    yield Finding("network", not found, f"{len(found):,} violations of the shapes{first}")
