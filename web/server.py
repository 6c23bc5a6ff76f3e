"""The server: waitress with our limits, a graceful stop, and protection from clients that never finish.

Answers are spooled by waitress (to disk beyond a mebibyte), so that a client that reads one byte a second holds a
connection but no thread and no child process. A request that takes longer than ``REQUEST_SECONDS`` to arrive is
dropped, so that one that *sends* a byte a second holds its connection no longer than that.
"""

import ctypes
import gc
import logging
import resource
import signal
from contextlib import suppress
from threading import Event, Thread
from time import monotonic, time
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

from graph.errors import SettingsError
from graph.settings import Settings
from web.access_log import AccessLog
from web.linked_data.dumper import keep_dumps

LOG = logging.getLogger("jejaring")
PAGE_THREADS = 12
REQUEST_SECONDS = 60.0
STOP_SECONDS = 20.0
_CONNECTIONS = 1000
_BUFFER_BYTES = 8 << 20
_M_ARENA_MAX = -8
_ARENAS = 2


class PatientChannel(HTTPChannel):  # type: ignore[misc]
    """A connection; remembers since when a request has been arriving."""

    current_outbuf_count: int

    def received(self, data: bytes) -> bool:
        """Take in bytes from the client."""
        if self.request is None:
            self.arriving_since = time()
        return bool(super().received(data))

    def write_soon(self, data: bytes) -> int:
        """Queue bytes for the client. A buffer is given up only when all in it has been sent: with a reader that
        keeps pace it would grow to the whole answer, so a new one is begun from time to time.
        """
        if self.current_outbuf_count >= _BUFFER_BYTES:
            self.current_outbuf_count = self.adj.outbuf_high_watermark
        return int(super().write_soon(data))

    def overdue(self, now: float) -> bool:
        """Has a request been arriving for too long?"""
        return self.request is not None and now - getattr(self, "arriving_since", now) > REQUEST_SECONDS


class Server(TcpWSGIServer):  # type: ignore[misc]
    """The listening socket; ``maintenance`` is called by waitress every ``cleanup_interval`` seconds."""

    channel_class = PatientChannel

    def maintenance(self, now: float) -> None:
        """Drop connections that are idle or overdue."""
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            if channel.overdue(now):
                channel.will_close = True

    def stop_listening(self) -> None:
        """No new connections; those that are there are served to their end."""
        self.accepting = False
        self.del_channel(self._map)
        self.socket.close()

    @property
    def busy(self) -> bool:
        """Is there a request being answered, or an answer not yet sent?"""
        return any(channel.requests or channel.total_outbufs_len for channel in self.active_channels.values())


def listen(app: Flask, settings: Settings) -> Server:
    """A server that listens on the address of the settings. Raises SettingsError when it is taken."""
    _allow_open_files()
    _share_memory()
    wsgi = AccessLog(app.wsgi_app) if settings["access_log"] else app
    try:
        return Server(wsgi, **_adjustments(settings))
    except OSError as error:
        where = f"{settings.text('host')}:{settings.number('port')}"
        raise SettingsError(f"Cannot listen on {where}: {error}.", "Choose another with --port.") from error


def settle() -> None:
    """Have the garbage collector pass over what was made at the start: looking through all of it again and again
    took 80 ms of a request now and then."""
    gc.collect()
    gc.freeze()


def run(server: Server, app: Flask) -> None:
    """Serve until SIGTERM or SIGINT; then finish what is being answered, at most ``STOP_SECONDS``."""
    settle()
    stopping = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopping.set())
    Thread(target=keep_dumps, args=(app.extensions["site"].settings, stopping), daemon=True).start()
    while not stopping.is_set():
        _turn(server)
    server.stop_listening()
    until = monotonic() + STOP_SECONDS
    while server.busy and monotonic() < until:
        _turn(server)
    server.task_dispatcher.shutdown(timeout=1)
    app.extensions["sparql_pool"].stop()


def _turn(server: Server) -> None:
    server.asyncore.loop(timeout=0.5, use_poll=True, map=server._map, count=1)


def _allow_open_files() -> None:
    """As many as the system lets us: each large answer to a slow reader waits in some dozen of them."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _share_memory() -> None:
    """Few heaps for the many threads (mallopt(3)): each keeps what a large request once needed, so with a heap a
    thread the memory of a server under attack grows by the hour. Other C libraries have no such heaps.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)


def _adjustments(settings: Settings) -> dict[str, Any]:
    """Threads for all queries that may run or wait, and some for everything else."""
    queries = settings.number("query_workers") + settings.number("query_waiting") * 2
    largest = max(settings.number("upload_mb") << 20, settings.number("query_bytes") * 4)
    proxy = settings.text("trusted_proxy")
    believed = {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto",
        "clear_untrusted_proxy_headers": True,
    }
    return {
        "host": settings.text("host"),
        "port": settings.number("port"),
        "threads": queries + PAGE_THREADS,
        "max_request_body_size": largest + (1 << 16),
        "outbuf_high_watermark": (settings.number("result_mb") << 20) + (1 << 24),
        "connection_limit": _CONNECTIONS,
        "channel_timeout": 60,
        "cleanup_interval": 10,
        "channel_request_lookahead": 1,
        "asyncore_use_poll": True,
        "ident": "jejaring",
        "expose_tracebacks": False,
        **(believed if proxy else {}),
    }
