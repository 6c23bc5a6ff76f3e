"""A soak: the mix of hostile and clumsy clients for some minutes, while one client asks a light query every 200 ms.

``python -m benches abuse`` takes two minutes; ``JEJARING_SOAK_MINUTES=60`` an hour. Prints what the light client
saw, how the others were answered, the memory of the server, and whether its processes are the ones it may have.
"""

import os
import random
import statistics
import tempfile
import threading
from collections import Counter
from pathlib import Path
from time import monotonic, sleep

import psutil
import requests
from requests.adapters import HTTPAdapter

from benches.endpoints import PORT, STATEMENTS, make_release, serving

MINUTES = float(os.environ.get("JEJARING_SOAK_MINUTES", "2"))
ADDRESS = f"http://127.0.0.1:{PORT}"
LIGHT = 'ASK { ?s <urn:p> "value number 7" }'
HOSTILE = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY MD5(CONCAT(STR(?c), STR(?f)))",
    "SELECT (GROUP_CONCAT(?c) AS ?x) (COUNT(DISTINCT ?f) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
    "SELECT (COUNT(*) AS ?n) { ?a (<urn:p>|!<urn:p>)* ?b . ?b (<urn:p>|^<urn:p>)* ?c }",
    "SELECT * { ?s ?p ?o }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "SELECT * " + "{" * 4096,
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * {" + "".join(f"?a{i} ?b{i} ?c{i + 1} ." for i in range(1024)) + "}",
    "ASK { ?s ?p '" + "x" * (1 << 20) + "' }",
    "SELECT * { ?s ?p",
)
CLIENTS = 12


class From(HTTPAdapter):
    """Sends from another address of this machine, so that the server sees different clients."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args: object, **options: object) -> None:
        """See HTTPAdapter."""
        super().init_poolmanager(*args, source_address=(self.address, 0), **options)  # type: ignore[arg-type]


def run() -> None:
    """Print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        make_release(Path(folder), STATEMENTS)
        with serving(Path(folder)) as process:
            soak(psutil.Process(process.pid))


def soak(server: psutil.Process) -> None:
    """The mix against one server."""
    until = monotonic() + MINUTES * 60
    answers: Counter[str] = Counter()
    threads = [threading.Thread(target=hostile, args=(n, until, answers)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    sleep(5)
    early, seconds, failures = server.memory_info().rss, [], 0
    session = requests.Session()
    while monotonic() < until:
        began = monotonic()
        answer = session.get(ADDRESS + "/sparql", params={"query": LIGHT}, timeout=30)
        seconds.append(monotonic() - began)
        if answer.status_code != 200:
            failures += 1
            state = requests.get(ADDRESS + "/health", timeout=10).json()["queries"]
            print(f"refused after {milliseconds(seconds[-1])}: {answer.status_code} {answer.text.strip()} {state}")
        sleep(0.2)
    for thread in threads:
        thread.join()
    sleep(2)
    children = server.children(recursive=True)
    print(f"pool: {requests.get(ADDRESS + '/health', timeout=10).json()['queries']}")
    print(f"{MINUTES:g} minutes, {CLIENTS} hostile clients, {sum(answers.values()):,} requests: {dict(answers)}")
    early_ones, longest = sorted(seconds)[: int(len(seconds) * 0.95)], max(seconds)
    figures = f"median {milliseconds(statistics.median(seconds))}, 95 % under {milliseconds(early_ones[-1])}"
    print(f"light client: {len(seconds)} queries, {failures} failed, {figures}, longest {milliseconds(longest)}")
    print(f"server: memory {early >> 20} MiB at first, {server.memory_info().rss >> 20} MiB at the end")
    whole = all(child.status() != psutil.STATUS_ZOMBIE for child in children)
    print(f"server: same process {server.is_running()}, {len(children)} children, no zombie among them {whole}")


def milliseconds(seconds: float) -> str:
    """For people."""
    return f"{seconds * 1000:.0f} ms"


def hostile(number: int, until: float, answers: "Counter[str]") -> None:
    """One client that asks what hurts, and sometimes leaves before the answer."""
    session, choice = requests.Session(), random.Random(number)
    session.mount("http://", From(f"127.0.0.{number + 10}"))
    while monotonic() < until:
        patience = choice.choice((0.05, 1, 30))
        try:
            answer = session.post(
                ADDRESS + "/sparql", data={"query": choice.choice(HOSTILE)}, timeout=patience, stream=True
            )
            for _ in answer.iter_content(1 << 16):
                if choice.random() < 0.01:
                    break
            answers[str(answer.status_code)] += 1
            answer.close()
        except requests.exceptions.ChunkedEncodingError:
            answers["cut off"] += 1
        except requests.exceptions.RequestException as error:
            answers["left" if isinstance(error, requests.exceptions.Timeout) else type(error).__name__] += 1
