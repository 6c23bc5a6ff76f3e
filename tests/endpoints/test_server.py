"""The server as a process: new releases, graceful stop, no orphans, nothing published yet."""

import socket
import threading
import time
from pathlib import Path

import psutil
import pytest
import requests
from flask import Flask

from graph.settings import Settings
from ingest.writing import Writing, publish_writing
from tests.endpoints.conftest import BASE, Served, free_port, large, published, start, stop
from web.access_log import AccessLog
from web.server import listen


def wait_for_children(server: Served, count: int) -> list[psutil.Process]:
    deadline = time.monotonic() + 15
    parent = psutil.Process(server.process.pid)
    while len(parent.children()) < count and time.monotonic() < deadline:
        time.sleep(0.1)
    return parent.children()


def test_before_the_first_release(tmp_path: Path) -> None:
    server = start(tmp_path)
    try:
        for path in ("/health", "/sparql?query=ASK%7B%7D", "/id/kota", "/dataset"):
            answer = server.get(path)
            assert answer.status_code == 503
            assert "jejaring load" in answer.text
        publish_writing(Settings(data=str(tmp_path), base_iri=BASE), [Writing("update", b"INSERT DATA {}")])
        assert server.get("/health").json()["release"] == 1
    finally:
        stop(server)


def test_a_release_made_elsewhere_is_served_without_a_restart(tmp_path: Path) -> None:
    server = start(published(tmp_path))
    try:
        assert not server.ask("ASK { <urn:new> ?p ?o }")
        insert = Writing("update", b"INSERT DATA { <urn:new> <urn:p> 1 }")
        publish_writing(Settings(data=str(tmp_path), base_iri=BASE), [insert])
        assert server.ask("ASK { <urn:new> ?p ?o }")
        assert server.get("/health").json()["release"] == 2
    finally:
        stop(server)


def test_killed_server_leaves_no_orphans(tmp_path: Path) -> None:
    server = start(large(tmp_path, 50_000), query_workers=2)
    children = wait_for_children(server, 2)
    heavy = {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}

    def ask() -> None:
        try:
            requests.get(server.url + "/sparql", params=heavy, timeout=20)
        except requests.RequestException:
            return

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.5)
    server.process.kill()
    server.process.wait()
    asking.join()
    _, alive = psutil.wait_procs(children, timeout=5)
    assert not alive


def test_stopping_finishes_what_was_begun(tmp_path: Path) -> None:
    server = start(large(tmp_path, 60_000))
    query = {"query": "SELECT * { ?s ?p ?o }", "format": "csv"}
    with requests.get(server.url + "/sparql", params=query, timeout=30, stream=True) as begun:
        server.process.terminate()
        assert begun.text.count("\n") == 60_001
    assert server.process.wait(20) == 0


def test_writes_survive_a_restart_and_each_is_a_release(tmp_path: Path) -> None:
    server = start(published(tmp_path))
    try:
        assert server.update("INSERT DATA { <urn:kept> <urn:p> 1 }").json() == {"release": 2}
    finally:
        stop(server)
    server = start(tmp_path)
    try:
        assert server.ask("ASK { <urn:kept> ?p ?o }")
    finally:
        stop(server)


def test_a_request_that_never_arrives_is_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.server.REQUEST_SECONDS", 0.3)
    app = Flask("test")
    server = listen(app, Settings(data=str(tmp_path), port=free_port(), access_log=False))
    server.adj.cleanup_interval = 0.1
    running = threading.Event()
    running.set()

    def turn() -> None:
        while running.is_set():
            server.asyncore.loop(timeout=0.1, use_poll=True, map=server._map, count=1)

    turning = threading.Thread(target=turn)
    turning.start()
    try:
        with socket.create_connection(("127.0.0.1", int(server.effective_port)), timeout=5) as connection:
            for byte in b"GET / HTTP/1.1\r\nHost: x":
                try:
                    connection.sendall(bytes([byte]))
                except OSError:
                    break
                time.sleep(0.05)
            else:
                pytest.fail("the connection was never closed")
    finally:
        running.clear()
        turning.join()
        server.task_dispatcher.shutdown(timeout=1)


def test_the_access_log_has_one_line_per_request(caplog: pytest.LogCaptureFixture) -> None:
    app = Flask("test")
    app.add_url_rule("/x", view_func=lambda: "12345")
    with caplog.at_level("INFO", logger="jejaring.access"):
        app.wsgi_app = AccessLog(app.wsgi_app)
        app.test_client().get("/x?q=%0aforged", headers={"User-Agent": 'a"b'}).close()
    line = caplog.messages[0]
    assert '"GET /x?q=%0aforged" 200 5 ' in line
    assert '"a\\"b"' in line
    assert "\n" not in line
