"""Dumps: a release as files for bulk use, with checksums; made once, beside the releases, by ``jejaring dump``.

``data/dumps/000007/`` holds ``all.nq.gz`` (every statement, named graphs included), for each source
``{source}.nq.gz`` (what it alone states: its named graph, or the nodes of its records), ``changes.jsonl.gz``
(entities created, updated and deleted since the release before), ``dumps.json`` and ``SHA256SUMS``.
"""

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.differences import changes
from graph.errors import NotFound
from graph.names import slug, source_graph
from graph.releases import Release, Releases

WHOLE = "all.nq.gz"
CHANGES = "changes.jsonl.gz"
_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Dump:
    """One file: its name, address path, size in bytes, number of statements and checksum."""

    name: str
    release: int
    bytes: int
    statements: int
    sha256: str

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/dumps/{self.release}/{self.name}"

    @property
    def whole(self) -> bool:
        """Does it hold everything?"""
        return self.name == WHOLE


def folder_of(data: Path, release: int) -> Path:
    """Where the dumps of a release are, or will be."""
    return data / "dumps" / f"{release:06d}"


def dumps_of(data: Path, release: int) -> list[Dump]:
    """The dumps of a release, the whole one first; none while they are not made."""
    file = folder_of(data, release) / "dumps.json"
    try:
        return [Dump(**entry) for entry in json.loads(file.read_bytes())]
    except FileNotFoundError:
        return []


def make_dumps(data: Path, release: Release, base: str) -> list[Dump]:
    """Write the dumps of a release unless they are there; those of releases no longer on disk are removed."""
    place = folder_of(data, release.number)
    if not place.exists():
        fresh = place.with_name(f"next-{release.number}")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        statements = _write_statements(release, base, fresh)
        _write_changes(data, release, base, fresh)
        _describe(fresh, release.number, statements)
        fresh.rename(place)
    kept = {f"{known.number:06d}" for known in Releases(data).all()}
    for old in place.parent.iterdir():
        if old.name not in kept:
            shutil.rmtree(old)
    return dumps_of(data, release.number)


def changed_entities(data: Path, release: int) -> Iterator[dict[str, str]]:
    """``type`` (Create, Update or Delete) and ``id`` of each entity changed by a release."""
    file = folder_of(data, release) / CHANGES
    if file.exists():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _write_statements(release: Release, base: str, place: Path) -> dict[str, int]:
    """Everything, and each source for itself, in one walk over the store."""
    starts = _starts(release, base)
    counts: dict[str, int] = {WHOLE: 0, **{f"{source}.nq.gz": 0 for source in starts.values()}}
    with ExitStack() as stack:
        files = {name: stack.enter_context(gzip.open(place / name, "wb", _LEVEL)) for name in counts}
        for quad in release.store.store:
            line = f"{quad} .\n".encode()
            for name in (WHOLE, _file_of(quad, starts)):
                if name:
                    files[name].write(line)
                    counts[name] += 1
    return counts


def _starts(release: Release, base: str) -> dict[str, str]:
    """What the graphs and the nodes of each source begin with."""
    starts = {}
    for source in release.manifest.get("sources", ()):
        name = slug(str(source["id"]))
        starts[source_graph(base, str(source["id"]))] = name
        for kind in ("instance", "item"):
            starts[f"{base}/id/{kind}/{name}-"] = name
    return starts


def _file_of(quad: ox.Quad, starts: dict[str, str]) -> str:
    graph = quad.graph_name
    if isinstance(graph, ox.NamedNode):
        return f"{starts[graph.value]}.nq.gz" if graph.value in starts else ""
    found = [start for start in _candidates(_subject(quad)) if start in starts]
    return f"{starts[found[-1]]}.nq.gz" if found else ""


def _candidates(subject: str) -> Iterator[str]:
    """Every beginning of a subject that ends with a hyphen: a source's id may itself hold hyphens."""
    position = subject.find("-", subject.find("/id/"))
    while position >= 0:
        yield subject[: position + 1]
        position = subject.find("-", position + 1)


def _write_changes(data: Path, release: Release, base: str, place: Path) -> None:
    with gzip.open(place / CHANGES, "wt", encoding="utf-8") as file:
        for kind, iri in _changes(data, release, base):
            file.write(json.dumps({"type": kind, "id": iri}) + "\n")


def _changes(data: Path, release: Release, base: str) -> Iterator[tuple[str, str]]:
    """What became of each entity of ours; nothing when the release before is no longer on disk."""
    start = f"{base}/id/"
    if release.number == 1:
        everything = {_subject(quad).partition("#")[0] for quad in release.store.store}
        yield from (("Create", iri) for iri in sorted(everything) if iri.startswith(start))
        return
    try:
        before = Releases(data).get(release.number - 1)
    except NotFound:
        return
    touched = {_subject(quad).partition("#")[0] for _, quad in changes(before, release)}
    for iri in sorted(iri for iri in touched if iri.startswith(start)):
        was, is_now = (state.store.ask(f"ASK {{ <{iri}> ?p ?o }}") for state in (before, release))
        if was or is_now:
            yield ("Update" if was and is_now else "Create" if is_now else "Delete"), iri


def _subject(quad: ox.Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""


def _describe(place: Path, release: int, statements: dict[str, int]) -> None:
    found = []
    for name, count in statements.items():
        content = place / name
        with content.open("rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
        found.append(Dump(name, release, content.stat().st_size, count, checksum))
    (place / "dumps.json").write_text(json.dumps([asdict(dump) for dump in found], indent=1))
    (place / "SHA256SUMS").write_text("".join(f"{dump.sha256}  {dump.name}\n" for dump in found))


def dump_file(data: Path, release: int, name: str) -> Path:
    """A file of a release. Raises NotFound for anything that is not a dump of it."""
    if name not in {"SHA256SUMS", *(dump.name for dump in dumps_of(data, release))}:
        raise NotFound(f"There is no dump {name} of release {release}.", "/dumps/ lists those there are.")
    return folder_of(data, release) / name
