"""A transaction of an SQLite file: what is done inside is on disk as a whole when it ends, or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from graph.errors import StoreError


@contextmanager
def transaction(connection: sqlite3.Connection, failure: str) -> Iterator[None]:
    """Begin, and commit at the end. Raises StoreError, saying ``failure``, for what SQLite meets (a full disk)."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.Error):
            raise StoreError(f"{failure}: {error}.", "Is the disk full?") from error
        raise
