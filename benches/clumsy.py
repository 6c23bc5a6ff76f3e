"""Clients that are slow, broken or malicious below the level of a query, for the soak of ``benches.abuse``.

They send or read a byte at a time, close half a connection, write broken HTTP and UTF-8, upload bombs and entities
that multiply, or come fifty at once. ``run_clumsy`` does one of them after the other until its time is over.
"""

import gzip
import random
import socket
import threading
from collections import Counter
from collections.abc import Callable
from time import monotonic, sleep

import requests
from requests.adapters import HTTPAdapter

from benches.endpoints import PORT

ADDRESS = f"http://127.0.0.1:{PORT}"
HEAVY = "SELECT+(COUNT(*)+AS+?n)+{?a+?b+?c.?d+?e+?f.?g+?h+?i}"
BROKEN = (
    b"GET /sparql?query=%FF%FE HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /sparql?query=ASK%7B%7D%0d%0aX-Injected:%20yes HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /static/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzzz\r\n",
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><r xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&i;</r>'
).encode()
BOMB = gzip.compress(b"#" * (64 << 20), 9)


class From(HTTPAdapter):
    """Sends from another address of this machine, so that the server sees different clients."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args: object, **options: object) -> None:
        """See HTTPAdapter."""
        super().init_poolmanager(*args, source_address=(self.address, 0), **options)  # type: ignore[arg-type]


def session_from(address: str) -> requests.Session:
    """A client at another address of this machine."""
    session = requests.Session()
    session.mount("http://", From(address))
    return session


def run_clumsy(number: int, until: float, answers: "Counter[str]", secret: str) -> None:
    """One clumsy client; ``secret`` is a token for writing, so that uploads are read before they are refused."""
    choice, own = random.Random(number), f"127.0.1.{number + 10}"
    session = session_from(own)
    ways: tuple[Callable[[], str], ...] = (
        lambda: slow_sender(own, until),
        lambda: slow_reader(own, until),
        lambda: half_closed(own),
        lambda: broken(own, choice.choice(BROKEN)),
        lambda: upload(session, BOMB, secret, {"Content-Type": "text/turtle", "Content-Encoding": "gzip"}),
        lambda: upload(session, LAUGHS, secret, {"Content-Type": "application/rdf+xml"}),
        lambda: ask(session, "ASK { VALUES ?x {" + " 1" * 100_000 + "} }"),
        lambda: ask(session, "ASK { ?s ?p '" + "x" * (10 << 20) + "' }"),
        lambda: ask(
            session, f'SELECT * {{ ?s ?p ?o . ?a ?b ?c FILTER(REGEX(CONCAT("{"a" * 900}", ?c), "^(a+)+$")) }}'
        ),
        fifty_at_once,
    )
    while monotonic() < until:
        way = choice.choice(ways)
        try:
            answers[way()] += 1
        except OSError as error:
            answers[f"clumsy: {type(error).__name__}"] += 1


def connected(address: str) -> socket.socket:
    """A connection with a small buffer and a limit of a minute to every step."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(60)
    connection.bind((address, 0))
    connection.connect(("127.0.0.1", PORT))
    return connection


def slow_sender(address: str, until: float) -> str:
    """A byte a second, for twenty of them."""
    with connected(address) as connection:
        for byte in b"GET /sparql?query=ASK":
            connection.sendall(bytes([byte]))
            if monotonic() > until:
                break
            sleep(1)
    return "sent slowly"


def slow_reader(address: str, until: float) -> str:
    """Asks for all, reads a byte a second for twenty seconds, and leaves."""
    with connected(address) as connection:
        connection.sendall(b"GET /sparql?query=SELECT*%7B?s?p?o%7D HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n")
        for _ in range(20):
            connection.recv(1)
            if monotonic() > until:
                break
            sleep(1)
    return "read slowly"


def half_closed(address: str) -> str:
    """Closes its sending side before the request is whole, or before the answer has come."""
    with connected(address) as connection:
        connection.sendall(f"GET /sparql?query={HEAVY} HTTP/1.1\r\nHost: x\r\n".encode())
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            continue
    return "half closed"


def broken(address: str, request: bytes) -> str:
    """Bytes that are no request."""
    with connected(address) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            continue
    return "broken"


def upload(session: requests.Session, body: bytes, secret: str, headers: dict[str, str]) -> str:
    """Something that must not be read to its end."""
    answer = session.put(
        ADDRESS + "/graph-store?graph=urn:bomb",
        data=body,
        headers={**headers, "Authorization": f"Bearer {secret}"},
        timeout=60,
    )
    return f"upload {answer.status_code}"


def ask(session: requests.Session, query: str) -> str:
    """A query sent by POST."""
    return f"large {session.post(ADDRESS + '/sparql', data={'query': query}, timeout=60).status_code}"


def fifty_at_once() -> str:
    """Fifty heavy queries in one moment, each from its own address."""
    answers: list[int] = []

    def one(number: int) -> None:
        client = session_from(f"127.0.2.{number + 10}")
        answers.append(client.get(f"{ADDRESS}/sparql?query={HEAVY}", timeout=60).status_code)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return "fifty at once: " + "/".join(f"{status}" for status in sorted(set(answers)))
