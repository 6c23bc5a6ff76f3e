"""Servers that are dead, slow, lying or malformed: an error of ours, within the time."""

import gzip
import socket
import time
from threading import Event

import pytest

from graph.errors import ServiceError
from ingest.lookups.fetching import Limits, Question, fetch
from tests.lookups.conftest import Asked, as_json, serving, speaking

LIMITS = Limits(seconds=0.6, size=100_000)


def ask(url: str, body: bytes | None = None):
    return fetch(Question(url, body), LIMITS, "Jejaring/test")


def within_time(url: str) -> str:
    begun = time.monotonic()
    with pytest.raises(ServiceError) as error:
        ask(url)
    assert time.monotonic() - begun < LIMITS.seconds + 5
    return str(error.value)


def drip(text: bytes):
    def behave(wire: socket.socket, over: Event) -> None:
        for one in text + b"x" * 10_000:
            wire.sendall(bytes([one]))
            if over.wait(0.05):
                return

    return behave


OK = b"HTTP/1.1 200 OK\r\n"
HEAD = OK + b"Content-Length: %d\r\n\r\n"


def saying(text: bytes):
    return lambda wire, over: wire.sendall(text)


BEHAVIOURS = {
    "silent": (lambda wire, over: over.wait(20), "within 0.6 seconds"),
    "slow to begin": (drip(OK), "within 0.6 seconds"),
    "slow in the body": (drip(HEAD % 5000), "within 0.6 seconds"),
    "slow without a length": (drip(OK + b"\r\n"), "within 0.6 seconds"),
    "hangs up": (saying(b""), "cannot be asked"),
    "no HTTP": (saying(b"220 smtp ready\r\n"), "cannot be asked"),
    "endless headers": (saying(OK + b"A: b\r\n" * 5000), "cannot be asked"),
    "endless line": (saying(b"HTTP/1.1 200 " + b"x" * 200_000), "cannot be asked"),
    "huge": (saying(HEAD % 200_000 + b"x" * 200_000), "more than 0 MiB"),
    "huge without a length": (saying(OK + b"\r\n" + b"x" * 200_000), "more than"),
    "breaks off": (saying(HEAD % 50 + b"x" * 20), "broke off"),
    "broken chunks": (saying(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), "cannot be asked"),
}


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_a_server_that_misbehaves_is_an_error_in_time(name: str) -> None:
    behaviour, message = BEHAVIOURS[name]
    with speaking(behaviour) as served:
        assert message in within_time(served.url)


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "cannot be asked" in within_time(f"http://127.0.0.1:{port}/")
    assert "cannot be found" in within_time("http://no-such-host.invalid/")


def test_a_coding_nobody_asked_for_is_no_bomb() -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    with serving(lambda _: (200, {"Content-Encoding": "gzip"}, bomb[:90_000])) as served:
        assert "coding" in within_time(served.url)


def test_a_redirect_is_followed_on_the_same_host() -> None:
    def answer(asked: Asked):
        return as_json({"here": asked.fields}) if asked.path == "/new" else (307, {"Location": "/new"}, b"")

    with serving(answer) as served:
        assert ask(served.url + "/old", b"a=1").body == b'{"here": {"a": "1"}}'


def test_a_redirect_to_the_local_network_is_not_followed() -> None:
    with serving(lambda _: as_json("secret")) as inside:
        for place in (
            inside.url,
            "http://localhost:" + inside.url.rpartition(":")[2],
            "http://169.254.169.254/latest",
        ):
            with serving(lambda _, place=place: (302, {"Location": place}, b"")) as served:
                assert "local network" in within_time(served.url)
        assert inside.asked == []


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://a.test/", "http://me:secret@a.test/", "http://a.test:99999/",
                                   "http://[::1/", "gopher://x"])  # fmt: skip
def test_a_redirect_to_something_else_is_not_followed(place: str) -> None:
    with serving(lambda _: (302, {"Location": place}, b"")) as served:
        within_time(served.url)


def test_a_circle_of_redirects_ends() -> None:
    with serving(lambda _: (301, {"Location": "/"}, b"")) as served:
        assert "more than 3 times" in within_time(served.url)
        assert len(served.asked) == 4


def test_who_asks_is_told() -> None:
    with serving(lambda _: as_json({})) as served:
        ask(served.url)
        assert served.asked[0].headers["user-agent"] == "Jejaring/test"


def test_another_address_of_a_name_is_tried_when_one_takes_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda _: as_json({})) as served:
        port = int(served.url.rpartition(":")[2])
        rows = [(0, 0, 0, "", (one, port)) for one in ("127.0.0.2", "::1", "127.0.0.1")]
        monkeypatch.setattr(socket, "getaddrinfo", looking_up(rows))
        assert ask(f"http://many.test:{port}/").status == 200


def looking_up(rows: list[tuple[object, ...]]):
    real = socket.getaddrinfo
    return lambda host, *rest, **more: rows if host == "many.test" else real(host, *rest, **more)
