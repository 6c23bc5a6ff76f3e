"""Files as streams of bytes: gzip undone, position known, never more than a block in memory."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path

from graph.errors import InputError

BLOCK = 1 << 20
"""Bytes read at a time."""
HEAD = 1 << 16
"""Bytes looked at to recognise a format."""
LONGEST = 1 << 23
"""A record longer than this (8 MiB) is none: ISO 2709 allows 99,999 bytes, the longest seen has 1.1 million."""

BROKEN_OFF = "The file breaks off or is corrupt after the record that starts there"

DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)


@contextmanager
def opened(path: Path) -> Iterator[BufferedIOBase]:
    """The file, decompressed if it is gzip by its first bytes. Raises InputError when it cannot be opened."""
    if path.is_dir():
        raise InputError(f"{path} is a directory.", "Name the files in it, one by one.")
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(
            f"{path} cannot be opened: {error.strerror}.", "Check its name and permissions."
        ) from error
    with file:
        compressed = file.peek(2)[:2] == b"\x1f\x8b"
        yield gzip.GzipFile(fileobj=file) if compressed else file


def head(path: Path) -> bytes:
    """The first 64 KiB, decompressed. Raises InputError for an empty file or one that is no sound gzip."""
    with opened(path) as file:
        start = _first(path, file)
    if not start:
        raise InputError(f"{path} is empty.", "Export it again.")
    return start


def _first(path: Path, file: BufferedIOBase) -> bytes:
    parts: list[bytes] = []
    try:
        while (missing := HEAD - sum(map(len, parts))) and (part := file.read1(missing)):
            parts.append(part)
    except DAMAGED as error:
        if not parts:
            raise InputError(f"{path} is a damaged gzip file: {error}.", "Copy or compress it again.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error}.", "Check the disk and the permissions.") from error
    return b"".join(parts)


class Damage(Exception):
    """The file breaks off or is corrupt from here; what came before was good."""


def blocks(file: BufferedIOBase) -> Iterator[bytes]:
    """The bytes in blocks. Raises Damage where a gzip file is corrupt or cut off, after all that could be read."""
    while True:
        try:
            block = file.read1(BLOCK)
        except DAMAGED as error:
            raise Damage(str(error)) from error
        except OSError as error:
            raise Damage(error.strerror or str(error)) from error
        if not block:
            return
        yield block
