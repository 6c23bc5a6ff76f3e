import os
import signal
import time
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import psutil

from graph import packing
from ingest.conversions import Job, Workshop
from ingest.crew import BUNDLE, INLINE, Crew
from ingest.source import Source
from tests.loading.stand_in import BASE, Converter, record

WORKSHOP = Workshop(BASE, {"a": Source("a")}, Converter)


def jobs(count: int) -> list[Job]:
    made = [record(str(n), f"Judul {n}", ["Ann" if n % 2 else "Bea"], [("k", f"b{n}")]) for n in range(count)]
    return [Job("a", number, packing.compress(packing.text(item))) for number, item in enumerate(made)]


def lines(crew: Crew, count: int) -> tuple[set[bytes], list[int]]:
    bundles = list(crew.bundles(jobs(count)))
    text = {line for bundle in bundles for line in bundle.text.splitlines()}
    return text, [told.number for bundle in bundles for told in bundle.told]


def test_processes_give_what_one_process_gives() -> None:
    count = BUNDLE * (INLINE + 3)
    with Crew(WORKSHOP, 1) as here, Crew(WORKSHOP, 2) as crew:
        assert lines(crew, count) == lines(here, count)
        assert crew._pool is not None


def test_few_records_start_no_process() -> None:
    with Crew(WORKSHOP, 2) as crew:
        assert len(lines(crew, BUNDLE)[1]) == BUNDLE
        assert crew._pool is None


def test_what_is_retracted_is_what_was_stated() -> None:
    with Crew(WORKSHOP, 1) as crew:
        stated = {told.number: told.shared for bundle in crew.bundles(jobs(5)) for told in bundle.told}
        retracted = {number: shared for bundle in crew.retracted(jobs(5)) for number, shared, _ in bundle}
    assert {number: set(shared) for number, shared in retracted.items()} == {
        number: set(shared) for number, shared in stated.items()
    }


def test_what_is_said_of_a_shared_entity_is_handed_on_once() -> None:
    with Crew(replace(WORKSHOP), 1) as crew:
        text = b"".join(bundle.text for bundle in crew.bundles(jobs(20))).splitlines()
    agents = [line for line in text if line.startswith(f"<{BASE}/id/agent/".encode())]
    assert agents
    assert len(agents) == len(set(agents))


def endless(pids: Path) -> None:
    with Crew(WORKSHOP, 2) as crew:
        for _ in crew.bundles(job for _ in range(10**6) for job in jobs(BUNDLE)):
            pids.write_text(" ".join(str(child.pid) for child in psutil.Process().children()))


def test_no_process_outlives_a_killed_load(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    parent = get_context("spawn").Process(target=endless, args=(pids,))
    parent.start()
    while not (pids.exists() and pids.read_text()):
        time.sleep(0.05)
    children = [int(pid) for pid in pids.read_text().split()]
    assert len(children) >= 2
    os.kill(parent.pid or 0, signal.SIGKILL)
    parent.join()
    _, alive = psutil.wait_procs([psutil.Process(pid) for pid in children if psutil.pid_exists(pid)], timeout=10)
    assert not alive
