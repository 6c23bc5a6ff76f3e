from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.derivation import derive
from graph.names import SPARQL_PREFIXES
from graph.network import Network
from graph.store import LocalStore
from ingest.sheets import read_sheets

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://data.jejaring.example"


@cache
def sheet_lines() -> bytes:
    """What the example's sheets say, read by the project's own reader; they name items of the catalogue."""
    catalogue = ox.Store()
    catalogue.load(path=str(ROOT / "tests/network/catalogue.ttl"), format=ox.RdfFormat.TURTLE)
    reading = read_sheets(sorted((ROOT / "tests/network/sheets").glob("*.csv")), BASE, LocalStore(catalogue))
    assert not reading.problems
    return "\n".join(reading.lines).encode()


def example_store() -> ox.Store:
    store = ox.Store()
    for file in ("ontology/network/jejaring.ttl", "tests/network/catalogue.ttl"):
        store.load(path=str(ROOT / file), format=ox.RdfFormat.TURTLE)
    store.load(sheet_lines(), ox.RdfFormat.N_TRIPLES)
    derive(store, BASE)
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
        store.update(prefixes + SPARQL_PREFIXES + update)
        derive(store, BASE)
        return Network(LocalStore(store), BASE)

    return change
