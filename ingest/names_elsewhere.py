"""Names elsewhere in a load: what the authority files call that to which our entities are linked.

Each loaded file has a named graph of its own, ``{base}/graph/authority-NAME``, so that every name says where it is
from. A graph is made anew with each load that changes something: names of links that are gone go with them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from graph.archive import Archive
from graph.errors import NotFound
from graph.matching.authorities import Authorities, Authority
from graph.matching.entry import Entry
from graph.matching.index import Index
from graph.names import expand, source_graph

PREFIX = "authority-"
"""Before the name of an authority file in the name of its graph; no source is called so."""
MOST = 60
"""Other names of one entity that are published."""
_SAME = [ox.NamedNode(expand(name)) for name in ("owl:sameAs", "skos:exactMatch")]
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def loaded_authorities(data: Path) -> str:
    """A text that differs when other authority files are loaded."""
    return "\n".join(f"{one.name} {one.loaded} {one.entries}" for one in Authorities(data).all())


def renamed(data: Path, archive: Archive, store: ox.Store, base: str) -> bool:
    """Whether names elsewhere can differ from those that are published: other files are loaded, and there are
    links."""
    return loaded_authorities(data) != archive.state("authorities", "") and bool(linked(store, base))


def names_elsewhere(data: Path, store: ox.Store, base: str) -> dict[str, list[str]]:
    """The statements of each authority graph by its name; none for one whose file is no longer there."""
    stem = source_graph(base, PREFIX)
    there = [graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
    found: dict[str, list[str]] = {PREFIX + one.removeprefix(stem): [] for one in there if one.startswith(stem)}
    authorities = Authorities(data)
    known = authorities.all()
    targets = linked(store, base) if known else set()
    for one in known:
        lines = [line for target in sorted(targets) for line in _names(authorities.index(one.name), target)]
        found[PREFIX + one.name] = [*_about(one, base), *lines] if lines else []
    return found


def linked(store: ox.Store, base: str) -> set[str]:
    """What entities of ours are the same as, outside."""
    ours = f"{base}/id/"
    return {
        quad.object.value
        for same in _SAME
        for quad in store.quads_for_pattern(None, same, None, ox.DefaultGraph())
        if isinstance(quad.object, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode)
        if quad.subject.value.startswith(ours) and not quad.object.value.startswith(ours)
    }


def _names(index: Index, target: str) -> Iterator[str]:
    try:
        entry = index.get(target)
    except NotFound:
        return
    languages = entry.name_languages()
    yield _line(target, "skos:prefLabel", _literal(entry.label, languages))
    for name in _others(entry):
        property = "skos:prefLabel" if name in entry.preferred else "skos:altLabel"
        yield _line(target, property, _literal(name, languages))


def _others(entry: Entry) -> list[str]:
    return [name for name in entry.every_name()[1:] if name][:MOST]


def _about(authority: Authority, base: str) -> Iterator[str]:
    """The file itself: its name, release and licence."""
    graph = source_graph(base, PREFIX + authority.name)
    yield _line(graph, "dct:title", ox.Literal(authority.name))
    if authority.release:
        yield _line(graph, "dct:hasVersion", ox.Literal(authority.release))
    if authority.licence:
        yield _line(graph, "dct:rights", ox.Literal(authority.licence))


def _literal(text: str, languages: dict[str, str]) -> ox.Literal:
    tag = languages.get(text, "")
    return ox.Literal(text, language=tag.lower()) if _TAG.fullmatch(tag) else ox.Literal(text)


def _line(subject: str, predicate: str, value: ox.Literal) -> str:
    return f"<{subject}> <{expand(predicate)}> {value} ."
