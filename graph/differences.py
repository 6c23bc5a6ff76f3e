"""What changed between two releases: in words from their manifests, exactly as a patch of their statements."""

from collections.abc import Iterator

import pyoxigraph as ox

from graph.releases import Release

Change = tuple[str, ox.Quad]


def changes(old: Release, new: Release) -> Iterator[Change]:
    """Every statement that only one of two releases has: ``("D", quad)`` left, ``("A", quad)`` came.
    Both stores are walked once; nothing is held in memory."""
    yield from (("D", quad) for quad in _only_in(old, new))
    yield from (("A", quad) for quad in _only_in(new, old))


def _only_in(one: Release, other: Release) -> Iterator[ox.Quad]:
    there = other.store.store
    for quad in one.store.store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        if quad not in there:
            yield quad


def patch(old: Release, new: Release) -> Iterator[str]:
    """The changes of the default graph as RDF Patch lines: ``D <s> <p> <o> .`` and ``A <s> <p> <o> .``."""
    return (f"{letter} {quad.triple} ." for letter, quad in changes(old, new))


def summary(old: Release, new: Release) -> dict[str, object]:
    """Sources that came, changed or went between two releases, and how the numbers of entities moved."""
    before = {source["id"]: source for source in old.manifest.get("sources", ())}
    after = {source["id"]: source for source in new.manifest.get("sources", ())}
    counts = {name: (_count(old, name), _count(new, name)) for name in sorted(_classes(old) | _classes(new))}
    return {
        "from": old.number,
        "to": new.number,
        "sources": {
            "added": sorted(after.keys() - before.keys()),
            "changed": sorted(
                name for name in after.keys() & before.keys() if after[name]["release"] != before[name]["release"]
            ),
            "withdrawn": sorted(before.keys() - after.keys()),
        },
        "counts": {name: {"from": a, "to": b} for name, (a, b) in counts.items() if a != b},
    }


def _classes(release: Release) -> set[str]:
    return set(release.manifest.get("counts", ()))


def _count(release: Release, name: str) -> int:
    return int(release.manifest.get("counts", {}).get(name, 0))


def sentences(difference: dict[str, object]) -> Iterator[str]:
    """A summary as lines for people."""
    sources, counts = difference["sources"], difference["counts"]
    assert isinstance(sources, dict)
    assert isinstance(counts, dict)
    yield f"Release {difference['from']} → {difference['to']}"
    for what in ("added", "changed", "withdrawn"):
        if sources[what]:
            yield f"  sources {what}: {', '.join(sources[what])}"
    for name, moved in counts.items():
        yield f"  {name}: {moved['from']:,} → {moved['to']:,} ({moved['to'] - moved['from']:+,})"
    if not counts and not any(sources.values()):
        yield "  no difference"
