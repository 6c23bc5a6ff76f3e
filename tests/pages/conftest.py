"""The example network published as a release, and the application over it."""

import threading
from pathlib import Path

import pyoxigraph as ox
import pytest
from playwright.sync_api import sync_playwright
from waitress.server import create_server

from graph.derivation import derive
from graph.releases import write_manifest
from graph.search import build
from graph.settings import Settings
from graph.store import LocalStore
from web.app import create_app

ROOT = Path(__file__).resolve().parents[2]
FILES = ("ontology/network/jejaring.ttl", "tests/network/network.ttl", "tests/network/catalogue.ttl")
HOSTILE = """
@prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix ex: <https://data.jejaring.example/id/> .
ex:evil a bf:Work ; bf:title ex:evil-t . ex:evil-t bf:mainTitle "<script>alert(1)</script>\\u202Egnol" .
ex:long a bf:Work ; bf:title ex:long-t . ex:long-t bf:mainTitle "%s" .
ex:smile a bf:Work ; bf:title ex:smile-t . ex:smile-t bf:mainTitle "\U0001f4da\U0001f600" .
ex:empty a bf:Work .
"""


def without_blank_nodes(store):
    """Blank nodes become fragments of what they belong to, as everything stored is."""
    quads = list(store)
    parent = {q.object: q.subject for q in quads if isinstance(q.object, ox.BlankNode)}
    names = {}

    def name(term):
        if not isinstance(term, ox.BlankNode):
            return term
        if term not in names:
            root = parent[term]
            while isinstance(root, ox.BlankNode):
                root = parent[root]
            names[term] = ox.NamedNode(f"{root.value}#part-{len(names)}")
        return names[term]

    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            store.remove(quad)
            store.add(ox.Quad(name(quad.subject), quad.predicate, name(quad.object)))


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    publish(folder, HOSTILE % ("panjang " * 1250))
    return folder


def publish(folder, more=""):
    """Make the example network, and perhaps more statements in Turtle, the first release in a folder."""
    release = folder / "releases" / "000001"
    (release / "store").mkdir(parents=True)
    store = ox.Store(str(release / "store"))
    for file in FILES:
        store.load(path=str(ROOT / file), format=ox.RdfFormat.TURTLE)
    store.load(input=more.encode(), format=ox.RdfFormat.TURTLE)
    without_blank_nodes(store)
    derive(store, "https://data.jejaring.example")
    build(LocalStore(store), release)
    store.flush()
    counts = {"statements": len(store)}
    del store
    write_manifest(release, {"number": 1, "date": "2026-03-15T08:00:00+00:00", "sources": [], "counts": counts})
    (folder / "current").symlink_to("releases/000001")


@pytest.fixture(scope="session")
def app(data):
    return create_app(Settings(data=str(data), base_iri="https://data.jejaring.example"))


@pytest.fixture
def client(app):
    return app.test_client()


ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="module")
def served(app):
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@pytest.fixture(scope="module")
def chromium():
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()
