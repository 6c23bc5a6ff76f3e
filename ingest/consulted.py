"""Which of a source's library codes and barcodes a conversion looked up.

They are noted in the archive, so that a change of the directory converts again the records it concerns and no
others.
"""

from dataclasses import replace
from typing import TypeVar

from ingest.source import Source

_Default = TypeVar("_Default")


class Consulted(dict[str, str]):
    """A mapping that notes what is looked up in it, under ``{kind} {name}``, found or not."""

    def __init__(self, kind: str, content: dict[str, str], asked: set[str]) -> None:
        super().__init__(content)
        self._kind = kind
        self._asked = asked

    def __getitem__(self, name: str) -> str:
        self._asked.add(f"{self._kind} {name}")
        return super().__getitem__(name)

    def get(self, name: str, default: _Default = None) -> str | _Default:  # type: ignore[assignment]
        """The value under a name, noting that it was asked for."""
        self._asked.add(f"{self._kind} {name}")
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self._asked.add(f"{self._kind} {name}")
        return super().__contains__(name)


def consulting(source: Source) -> tuple[Source, set[str]]:
    """The source with mappings that note what is looked up, and the set they note it in."""
    asked: set[str] = set()
    watched = replace(
        source,
        libraries=Consulted("library", dict(source.libraries), asked),
        packages=Consulted("package", dict(source.packages), asked),
    )
    return watched, asked


def changed_names(old: Source, new: Source) -> set[str]:
    """What a conversion may have looked up that has another answer now."""
    changed: set[str] = set()
    for kind, before, after in (
        ("library", old.libraries, new.libraries),
        ("package", old.packages, new.packages),
    ):
        for name in {*before, *after}:
            if before.get(name) != after.get(name):
                changed.add(f"{kind} {name}")
    return changed
