"""How a source is kept in the archive, and how it gets the library codes and packages of the present network."""

from dataclasses import replace
from typing import Any

from graph.archive import SourceEntry
from ingest.code_map import CodeMap, Meaning
from ingest.source import Source

Codes = dict[str, str]


def settings_of(source: Source) -> dict[str, Any]:
    """What was told about a source, without what follows from the documents (libraries, packages)."""
    codes = source.code_map
    return {
        "library": source.library,
        "profile": source.profile,
        "withheld": sorted(source.withheld),
        "code_map": codes and {"name": codes.name, "meanings": [_row(*pair) for pair in codes.meanings.items()]},
    }


def _row(name: tuple[str, str], meaning: Meaning) -> list[str]:
    return [*name, meaning.category, meaning.access, meaning.status, meaning.library]


def completed(told: Source, entry: SourceEntry) -> Source:
    """A source that is loaded again: what is not told now (library, profile, code map, what is withheld) stays
    as it was told before, so that a new export handed over alone is read as the last one was."""
    before = source_of(entry, {}, {})
    return replace(
        told,
        library=told.library or before.library,
        profile=told.profile or before.profile,
        code_map=told.code_map or before.code_map,
        withheld=told.withheld or before.withheld,
    )


def source_of(entry: SourceEntry, libraries: Codes, packages: Codes) -> Source:
    """The source again, with the codes of the network as it is now."""
    kept, codes = entry.settings, entry.settings.get("code_map")
    return Source(
        entry.id,
        library=kept.get("library"),
        profile=kept.get("profile") or "",
        code_map=codes and CodeMap(codes["name"], {(r[0], r[1]): Meaning(*r[2:]) for r in codes["meanings"]}),
        libraries=libraries,
        packages=packages,
        withheld=frozenset(kept.get("withheld", ())),
    )
