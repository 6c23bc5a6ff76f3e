"""The server as a process: new releases, graceful stop, no orphans, nothing published yet."""

import threading
import time
from pathlib import Path

import psutil
import requests

from graph.settings import Settings
from ingest.writing import Writing, publish_writing
from tests.endpoints.conftest import BASE, Served, large, published, start, stop


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
    answer: list[requests.Response] = []
    query = {"query": "SELECT * { ?s ?p ?o }", "format": "csv"}

    def ask() -> None:
        answer.append(requests.get(server.url + "/sparql", params=query, timeout=30))

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.3)
    server.process.terminate()
    asking.join()
    assert answer[0].text.count("\n") == 60_001
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
