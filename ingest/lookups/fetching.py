"""Fetching from a service: within a time and a size, whatever the other side does, and from nowhere else.

The deadline holds for the whole exchange, so that neither a silent server nor one that sends a byte a second can
hold us. The name is looked up once and the connection goes to what was found; redirects are followed a few
times, never to an address of the local network (a service could have us ask our own machines), never from https to
http.
"""

import hashlib
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from threading import Thread, Timer
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from graph.errors import ServiceError

REDIRECTS = 3
_CODES = {301, 302, 303, 307, 308}
_KEEP_BODY = {307, 308}


@dataclass(frozen=True, slots=True)
class Question:
    """A request: GET, or POST when there is a body."""

    url: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Under which its answer is kept."""
        return hashlib.sha256(b"\0".join([self.url.encode(), self.body or b""])).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    body: bytes
    url: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for the whole exchange, and the most bytes of an answer."""

    seconds: float = 15.0
    size: int = 4 << 20


def fetch(question: Question, limits: Limits, agent: str) -> Answer:
    """Ask. Any status is an answer. Raises ServiceError for all else that can go wrong, in time."""
    end, first, now = monotonic() + limits.seconds, urlsplit(question.url), question
    for _ in range(REDIRECTS + 1):
        parts = urlsplit(now.url)
        answer = _exchange(now, parts, _addresses(parts, first, end), limits, end, agent)
        place = answer.headers.get("Location", "")
        if answer.status not in _CODES or not place:
            return answer
        url = _joined(now.url, place)
        if parts.scheme == "https" and urlsplit(url).scheme != "https":
            raise ServiceError(f"{parts.hostname} redirects from https to {url[:200]}.", "It is not followed.")
        kept = answer.status in _KEEP_BODY
        now = Question(url, now.body if kept else None, now.headers if kept or not now.body else {})
    raise ServiceError(f"{first.hostname} redirects more than {REDIRECTS} times.", "Check its address.")


class _Connection(http.client.HTTPConnection):
    """A connection to one of the addresses that were looked up before."""

    def __init__(self, parts: SplitResult, addresses: list[str], seconds: float) -> None:
        super().__init__(parts.hostname or "", _port(parts), timeout=max(seconds, 0.001))
        self._addresses, self._secure = addresses, parts.scheme == "https"
        self.wire: socket.socket | None = None

    def connect(self) -> None:
        """Open the connection, with TLS and the certificate checked for https."""
        self.sock = self._first()
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
        self.wire = self.sock  # http.client lets go of ``sock`` before the body is read

    def _first(self) -> socket.socket:
        """A connection to the first address that takes one: not every network reaches IPv6."""
        share = float(self.timeout or 0) / len(self._addresses)
        *others, last = self._addresses
        for address in others:
            try:
                return self._to(address, share)
            except OSError:
                continue
        return self._to(last, share)

    def _to(self, address: str, seconds: float) -> socket.socket:
        made = socket.create_connection((address, self.port), seconds)
        made.settimeout(self.timeout)
        return made


def _exchange(
    question: Question, parts: SplitResult, addresses: list[str], limits: Limits, end: float, agent: str
) -> Answer:
    connection = _Connection(parts, addresses, end - monotonic())
    guard = Timer(max(end - monotonic(), 0.001), _cut, (connection,))
    guard.daemon = True
    guard.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"User-Agent": agent, "Accept-Encoding": "identity", "Connection": "close", **question.headers}
        connection.request("GET" if question.body is None else "POST", path, question.body, headers)
        response = connection.getresponse()
        body = _body(response, parts, limits)
        if monotonic() >= end:
            raise TimeoutError
        return Answer(response.status, response.headers, body, question.url)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if monotonic() >= end or isinstance(error, TimeoutError):
            message = f"{parts.hostname} did not answer within {limits.seconds:g} seconds."
            raise ServiceError(message, "Try again later.") from error
        told = f"{parts.hostname} cannot be asked: {str(error)[:200] or type(error).__name__}."
        raise ServiceError(told, "Is there a connection? Is the address right?") from error
    finally:
        guard.cancel()
        connection.close()


def _body(response: http.client.HTTPResponse, parts: SplitResult, limits: Limits) -> bytes:
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise ServiceError(f"{parts.hostname} sends a coding it was not asked for.", "Ask who runs it.")
    announced = response.headers.get("Content-Length", "0")
    body = b"" if announced.isdecimal() and int(announced) > limits.size else response.read(limits.size + 1)
    if len(body) > limits.size or (not body and announced.isdecimal() and int(announced) > limits.size):
        raise ServiceError(f"{parts.hostname} sends more than {limits.size >> 20} MiB.", "Ask for less.")
    if announced.isdecimal() and len(body) < int(announced):
        raise ServiceError(f"{parts.hostname} broke off in the middle of its answer.", "Try again later.")
    return body


def _cut(connection: _Connection) -> None:
    """End an exchange that takes too long, from another thread."""
    try:
        if connection.wire is not None:
            connection.wire.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _addresses(parts: SplitResult, first: SplitResult, end: float) -> list[str]:
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise ServiceError(f"{first.hostname} leads to {parts.geturl()[:200]}, which cannot be asked.")
    found = _looked_up(parts, end)
    same = (parts.hostname, _port(parts)) == (first.hostname, _port(first))
    if not same and not all(ipaddress.ip_address(one.partition("%")[0]).is_global for one in found):
        message = f"{first.hostname} redirects to {parts.hostname}, an address of the local network."
        raise ServiceError(message, "It is not followed.")
    return found


def _looked_up(parts: SplitResult, end: float) -> list[str]:
    """The addresses of a name. Looking it up has no time limit of its own: left alone in a thread when it hangs."""
    found: list[str] = []
    port = _port(parts)

    def look() -> None:
        try:
            rows = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
            found.extend(str(row[4][0]) for row in rows)
        except (OSError, UnicodeError):
            return

    thread = Thread(target=look, daemon=True)
    thread.start()
    thread.join(max(end - monotonic(), 0.0))
    if not found:
        raise ServiceError(f"The name {parts.hostname} cannot be found.", "Is there a connection?")
    return list(dict.fromkeys(found))


def _joined(url: str, place: str) -> str:
    try:
        joined = urljoin(url, place)
        urlsplit(joined)
    except ValueError as error:
        raise ServiceError(f"{urlsplit(url).hostname} redirects to what is no address: {place[:200]!r}.") from error
    return joined


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise ServiceError(f"{parts.geturl()[:200]} has no usable port.") from error
