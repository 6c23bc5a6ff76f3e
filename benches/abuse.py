"""A soak: the mix of hostile and clumsy clients for some minutes, while one client asks a light query every 200 ms.

``python -m benches abuse`` takes two minutes; ``JEJARING_SOAK_MINUTES=60`` an hour. Prints what the light client
saw, how the others were answered, the memory of the server minute by minute, and whether its processes are the ones
it may have.
"""

import os
import random
import statistics
import tempfile
import threading
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, sleep

import psutil
import requests

from benches.clumsy import run_clumsy, session_from
from benches.endpoints import PORT, STATEMENTS, make_release, serving
from web.credentials import Credentials

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
CLUMSY = 6


def run() -> None:
    """Print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        make_release(Path(folder), STATEMENTS)
        _, secret = Credentials(Path(folder)).make("soak", ("graph-store",))
        with serving(Path(folder)) as process:
            soak(psutil.Process(process.pid), secret)


def soak(server: psutil.Process, secret: str) -> None:
    """The mix against one server."""
    until = monotonic() + MINUTES * 60
    answers: Counter[str] = Counter()
    threads = [threading.Thread(target=hostile, args=(n, until, answers)) for n in range(CLIENTS)]
    threads += [threading.Thread(target=run_clumsy, args=(n, until, answers, secret)) for n in range(CLUMSY)]
    for thread in threads:
        thread.start()
    sleep(5)
    memory = [server.memory_info().rss >> 20]
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:
        asking = alone.submit(ask_lightly, until)
        while not asking.done():
            sleep(60 if until - monotonic() > 60 else 1)
            memory.append(server.memory_info().rss >> 20)
        seconds, failures = asking.result()
    for thread in threads:
        thread.join()
    sleep(2)
    children = server.children(recursive=True)
    print(f"pool: {requests.get(ADDRESS + '/health', timeout=120).json()['queries']}")
    print(f"{MINUTES:g} minutes, {CLIENTS} hostile and {CLUMSY} clumsy clients, {sum(answers.values()):,} requests")
    print(f"answers: {dict(answers.most_common())}")
    early_ones, longest = sorted(seconds)[: int(len(seconds) * 0.95)], max(seconds)
    figures = f"median {milliseconds(statistics.median(seconds))}, 95 % under {milliseconds(early_ones[-1])}"
    print(f"light client: {len(seconds)} queries, {failures} failed, {figures}, longest {milliseconds(longest)}")
    memory.append(server.memory_info().rss >> 20)
    print(f"server: memory in MiB, about every minute: {' '.join(map(str, memory))}")
    whole = all(child.status() != psutil.STATUS_ZOMBIE for child in children)
    print(f"server: same process {server.is_running()}, {len(children)} children, no zombie among them {whole}")


def ask_lightly(until: float) -> tuple[list[float], int]:
    """A light query every 200 ms, from a process of its own, so that it waits for the server and nothing else.

    Returns the seconds of each and how many were refused.
    """
    session, seconds, failures = requests.Session(), [], 0
    while monotonic() < until:
        began = monotonic()
        answer = session.get(ADDRESS + "/sparql", params={"query": LIGHT}, timeout=120)
        seconds.append(monotonic() - began)
        if answer.status_code != 200 or seconds[-1] > 1:
            failures += answer.status_code != 200
            state = session.get(ADDRESS + "/health", timeout=120).json()["queries"]
            print(
                f"{milliseconds(seconds[-1])}: {answer.status_code} load {os.getloadavg()[0]:.0f} {state}",
                flush=True,
            )
        sleep(0.2)
    return seconds, failures


def milliseconds(seconds: float) -> str:
    """For people."""
    return f"{seconds * 1000:.0f} ms"


def hostile(number: int, until: float, answers: "Counter[str]") -> None:
    """One client that asks what hurts, and sometimes leaves before the answer."""
    session, choice = session_from(f"127.0.0.{number + 10}"), random.Random(number)
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
