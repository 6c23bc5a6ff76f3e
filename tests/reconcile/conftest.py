"""A small invented network published as a release, and the application and a real server over it."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from waitress.server import create_server

from graph.settings import Settings
from ingest.writing import Writing, publish_writing
from web.app import create_app

BASE = "https://data.test"
TURTLE = (Path(__file__).parent / "network.ttl").read_bytes()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    settings = Settings(
        data=str(tmp_path_factory.mktemp("reconcile")), base_iri=BASE, public_url="https://here.test"
    )
    publish_writing(settings, [Writing("post", TURTLE, None, "text/turtle", BASE + "/")])
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def get(client: FlaskClient) -> Callable[..., Any]:
    """The JSON of an address below /reconcile, in English."""

    def fetch(path: str = "", **parameters: str) -> Any:
        answer = client.get("/reconcile" + path, query_string={"lang": "en", **parameters})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    return fetch


@pytest.fixture(scope="session")
def served(app: Flask) -> Iterator[str]:
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}/reconcile"
    server.close()
