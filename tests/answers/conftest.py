from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.network import Network
from graph.store import LocalStore

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://data.jejaring.example"


def example_store() -> ox.Store:
    store = ox.Store()
    files = ("ontology/network/jejaring.ttl", "tests/network/network.ttl", "tests/network/catalogue.ttl")
    for file in files:
        store.load(path=str(ROOT / file), format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="session")
def network() -> Network:
    return Network(LocalStore(example_store()), BASE)


@pytest.fixture
def altered(network):
    """The example with statements added and removed, as SPARQL Update."""

    def change(update: str) -> Network:
        store = example_store()
        prefixes = "PREFIX ex: <https://data.jejaring.example/id/>\n"
        from graph.names import SPARQL_PREFIXES

        store.update(prefixes + SPARQL_PREFIXES + update)
        return Network(LocalStore(store), BASE)

    return change
