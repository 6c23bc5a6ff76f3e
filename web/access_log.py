"""The access log: one line per request, when its answer has gone out, on standard error."""

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import Any

LOG = logging.getLogger("jejaring.access")
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class AccessLog:
    """WSGI middleware. A line: address "method path" status bytes milliseconds "agent", and ``cut`` if it was."""

    def __init__(self, app: Application) -> None:
        self.app = app

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass the request on and watch its answer."""
        began = monotonic()
        status = ["-"]

        def starting(line: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            status[0] = line.partition(" ")[0]
            return start_response(line, headers, error) if error else start_response(line, headers)

        return _Watched(self.app(environ, starting), environ, status, began)


class _Watched:
    """The body of an answer, counted."""

    def __init__(self, body: Iterable[bytes], environ: Environ, status: list[str], began: float) -> None:
        self._body, self._environ, self._status, self._began = body, environ, status, began
        self._sent, self._end = 0, "cut"

    def __iter__(self) -> Iterator[bytes]:
        for part in self._body:
            self._sent += len(part)
            yield part
        self._end = ""

    def close(self) -> None:
        """Called by the server in every case."""
        if hasattr(self._body, "close"):
            self._body.close()
        environ, took = self._environ, (monotonic() - self._began) * 1000
        asked = f"{environ.get('REQUEST_METHOD')} {environ.get('REQUEST_URI') or environ.get('PATH_INFO')}"
        LOG.info(
            "%s %s %s %d %.0f %s %s",
            environ.get("REMOTE_ADDR", "-"),
            json.dumps(asked[:2000]),
            self._status[0],
            self._sent,
            took,
            json.dumps(environ.get("HTTP_USER_AGENT", "-")[:200]),
            self._end,
        )
