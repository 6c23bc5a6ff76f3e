"""The operations of a network at the size of a province: queries without a number, access, departure, planner.

CPU seconds of this process, so that other work on the machine does not count.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benches.network import BASE, scaled
from graph.access import Accesses
from graph.departure import departure
from graph.network import Network
from graph.rotation import plan
from graph.store import LocalStore
from ontology.queries import saved_queries

DAY = date(2026, 3, 15)
SLOW = 0.2


def run() -> None:
    """Print what takes longer than a fifth of a second, and the computed operations."""
    with tempfile.TemporaryDirectory() as folder:
        network = Network(LocalStore(scaled(Path(folder) / "store")), BASE)
        asked = {name: query for name, query in saved_queries().items() if not name.startswith("cq")}
        for name, query in asked.items():
            given = {p.name: p.example for p in query.parameters if p.example != "UNDEF"}
            seconds, rows = timed(lambda name=name, given=given: network.ask(name, **given).rows)  # type: ignore[misc]
            if seconds > SLOW:
                print(f"{seconds:6.2f} s {name}: {len(rows)} rows")
        print(f"{len(asked)} queries asked")
        computed(network)


def computed(network: Network) -> None:
    """Print the operations that are more than a query."""
    seconds, known = timed(lambda: Accesses(network.store, DAY))
    libraries = sorted(known.libraries)
    more, found = timed(lambda: known.of_library(libraries[60]))
    print(f"{seconds + more:6.2f} s all access of one of {len(libraries)} libraries: {len(found)}")
    seconds, lost = timed(lambda: departure(network, libraries[60], DAY))
    print(f"{seconds:6.2f} s what if it leaves: {sum(map(len, lost.unreachable.values()))} titles lost")
    seconds, proposal = timed(lambda: plan(network, "P7", date(2026, 7, 13), 30, 5))
    print(f"{seconds:6.2f} s a rotation of five periods: {len(proposal.stages)} stages")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of some work, and what it gives."""
    before = time.process_time()
    result = work()
    return time.process_time() - before, result
