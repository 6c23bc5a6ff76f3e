"""Exports of other library systems, handed on as MARC records with Koha-like 952 for the one converter."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from ingest.catalogues import inlislite, slims
from ingest.record import LostRecord, SourceRecord


class Export(Protocol):
    """A module that reads one kind of export."""

    def recognise(self, path: Path, head: bytes) -> bool:
        """Whether a file is of this kind."""
        ...

    def read_together(self, paths: Sequence[Path]) -> Iterator[tuple[Path, SourceRecord | LostRecord]]:
        """The records of files that belong together, each with its file."""
        ...


FORMATS: dict[str, Export] = {"slims": slims, "inlislite": inlislite}
"""Format name (also the name of the profile that fits it) → module with ``recognise`` and ``read_together``."""


def recognise(path: Path, head: bytes) -> str | None:
    """The name of the format a file is in, None when it is none of these; ``head`` is its beginning."""
    return next((name for name, module in FORMATS.items() if module.recognise(path, head)), None)


def read_together(paths: Sequence[Path], name: str) -> Iterator[tuple[Path, SourceRecord | LostRecord]]:
    """The records of one source's files in the named format, each with its file. Raises InputError."""
    return FORMATS[name].read_together(paths)
