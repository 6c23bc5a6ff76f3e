"""What is remembered of the texts of queries: whether they were long the last time they ran.

A heavy query that comes again (a page that is reloaded, fifty clients of one dashboard) need not be found out anew
each time, in a process that others wait for and that must be replaced when it is stopped.
"""

from collections import OrderedDict
from hashlib import blake2b
from threading import Lock
from time import monotonic

FORGOTTEN_AFTER = 600.0
"""Seconds; a query on a newer release, or a machine with less to do, gets another chance."""
_REMEMBERED = 10_000


class Experience:
    """The texts that took long, by a digest of 16 bytes. All methods may be called from any thread."""

    def __init__(self) -> None:
        self._long: OrderedDict[bytes, float] = OrderedDict()
        self._lock = Lock()

    def knows_long(self, text: str) -> bool:
        """Did this text take long lately?"""
        with self._lock:
            when = self._long.get(_digest(text))
        return when is not None and monotonic() - when < FORGOTTEN_AFTER

    def learn(self, text: str, *, long: bool) -> None:
        """How it went this time."""
        with self._lock:
            self._long.pop(_digest(text), None)
            if long:
                self._long[_digest(text)] = monotonic()
            while len(self._long) > _REMEMBERED:
                self._long.popitem(last=False)


def _digest(text: str) -> bytes:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()
