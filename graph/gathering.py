"""Values of many entities, which come field by field, put together entity by entity.

An index of a whole store is made from queries that each read the store once; what they give is noted here, in
memory as long as it is little, else in files, so that memory does not grow with the store.
"""

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from zlib import crc32

PARTS = 64
"""What is noted is kept in so many parts, each with all of some entities; one part at a time is put together."""
KEPT = 200_000
"""Rows kept in memory, about 50 MB of them."""

Row = tuple[str, str, str]


class Gathering:
    """Rows of entity, field and value; used as a context manager, so that its files go."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._rows: list[list[Row]] = [[] for _ in range(PARTS)]
        self._count = 0
        self._folder = TemporaryDirectory()

    def __enter__(self) -> "Gathering":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def add(self, field: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Note the values of a field: pairs of entity and value."""
        rows = self._rows
        for entity, value in pairs:
            rows[crc32(entity.encode()) % PARTS].append((entity, field, value))
            self._count += 1
            if self._count >= self._kept:
                self._put_away()

    def _put_away(self) -> None:
        for part, rows in enumerate(self._rows):
            with self._file(part).open("ab") as file:
                pickle.dump(rows, file, pickle.HIGHEST_PROTOCOL)
            rows.clear()
        self._count = 0

    def _file(self, part: int) -> Path:
        return Path(self._folder.name) / str(part)

    def entities(self) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """Each entity with its values by field, each value once, in the order they came."""
        for part, rows in enumerate(self._rows):
            found: defaultdict[str, defaultdict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
            for some in (*self._put_away_of(part), rows):
                for entity, field, value in some:
                    found[entity][field][value] = None
            for entity, fields in found.items():
                yield entity, {field: list(values) for field, values in fields.items()}

    def _put_away_of(self, part: int) -> Iterator[list[Row]]:
        file = self._file(part)
        if file.exists():
            with file.open("rb") as stream:
                while stream.peek(1):
                    yield pickle.load(stream)
