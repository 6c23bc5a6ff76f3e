"""Our own look-up client against our own service: two halves of one protocol, over HTTP."""

from pathlib import Path

from graph.matching.heading import Heading
from graph.settings import Settings
from ingest.lookups.asking import Lookups
from ingest.lookups.services import Service
from tests.reconcile.conftest import BASE


def test_one_network_looks_up_the_persons_of_another(served: str, tmp_path: Path) -> None:
    there = Service("there", "There", "reconcile", served, f"{BASE}/id/", "CC0", 600, ("person",),
                    types={"person": "person"})  # fmt: skip
    lookups = Lookups.open(Settings(data=str(tmp_path), lookup_seconds=60.0), online=True)
    found = lookups.ask(there, Heading("Rahmat, Dewi Lestari, 1931-1999", "person"))
    assert (found[0].iri, found[0].dates) == (f"{BASE}/id/agent/rahmat", "1931-1999")
    lookups.memory.close()
