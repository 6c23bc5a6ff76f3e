"""Answers at the size of a province: 126 libraries, 30,000 works, 150,000 items, about 1.8 million statements.

The example network is scaled up by a seeded generator; CQ01 should take at most 150 ms, every competency query 1 s.
``run`` asks the saved queries and prints what deriving at load time costs. ``python -m benches.network`` (with
../shared) also runs the first drafts of the queries, which takes minutes, and says whether the rows are the same.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from graph.derivation import derive
from graph.names import PREFIXES
from graph.network import Network
from graph.store import LocalStore
from ontology.queries import saved_queries

BASE = "https://data.jejaring.example"
ROOT = Path(__file__).resolve().parents[1]
LIBRARIES, WORKS, ITEMS = 116, 30_000, 150_000
LIMITS = {"cq01": 0.15}


def iri(name: str) -> str:
    """An entity's id or a prefixed name as N-Triples."""
    prefix, colon, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>" if colon else f"<{BASE}/id/{name}>"


def statement(subject: str, predicate: str, value: str) -> str:
    """One N-Triples line; a value in quotes is a literal."""
    return f"{iri(subject)} {iri(predicate)} {value if value.startswith(chr(34)) else iri(value)} ."


def day(text: str) -> str:
    """A date literal."""
    return f'"{text}"^^<{PREFIXES["xsd"]}date>'


def libraries(chance: random.Random) -> Iterator[str]:
    """More members of the network, thirty bilateral loan agreements and ten open offers."""
    for n in range(LIBRARIES):
        lib = f"lib{n}"
        for kind in ("schema:Library", "org:Organization"):
            yield statement(lib, "rdf:type", kind)
        yield statement(lib, "rdfs:label", f'"Perpustakaan {n}"')
        yield statement(lib, "org:classification", "jp:kind-public-library")
        for equipment in chance.sample(["photocopier", "scanner", "computer", "internet", "telephone"], 3):
            yield statement(lib, "jp:hasEquipment", f"jp:eq-{equipment}")
        yield from membership(f"mb-{lib}", "jpmr", lib)
    for n in range(40):
        parties = [f"lib{m}" for m in chance.sample(range(LIBRARIES), chance.randint(2, 6))]
        yield from policy(chance, n, parties)


def membership(name: str, collaboration: str, member: str) -> Iterator[str]:
    """A membership since 2025."""
    yield statement(name, "rdf:type", "org:Membership")
    yield statement(name, "org:organization", collaboration)
    yield statement(name, "org:member", member)
    yield statement(name, "org:role", "jp:role-member")
    yield statement(name, "schema:startDate", day("2025-01-01"))


def policy(chance: random.Random, n: int, parties: list[str]) -> Iterator[str]:
    """A partnership with its loan agreement, or for every fourth an open offer of its first party."""
    agreement, partnership, rule, limit = f"ag{n}", f"pt{n}", f"ag{n}-lend", f"ag{n}-lend#days"
    offer = n % 4 == 0
    yield statement(agreement, "rdf:type", "odrl:Offer" if offer else "odrl:Agreement")
    yield statement(agreement, "rdfs:label", f'"Perjanjian {n}"')
    yield statement(agreement, "schema:startDate", day("2025-01-01"))
    yield statement(agreement, "odrl:permission", rule)
    yield statement(rule, "odrl:action", "jp:lend")
    yield statement(rule, "odrl:target", chance.choice(["jp:cat-general", "jp:cat-all", "jp:cat-local"]))
    yield statement(rule, "odrl:assigner", parties[0] if offer else partnership)
    yield statement(rule, "odrl:constraint", limit)
    yield statement(limit, "odrl:leftOperand", "odrl:elapsedTime")
    yield statement(limit, "odrl:rightOperand", f'"P14D"^^<{PREFIXES["xsd"]}dayTimeDuration>')
    if offer:
        return
    yield statement(agreement, "rdf:type", "jp:CooperationAgreement")
    yield statement(agreement, "jp:signedOn", day("2024-12-01"))
    yield statement(rule, "odrl:assignee", partnership)
    yield statement(partnership, "rdf:type", "jp:Partnership")
    yield statement(partnership, "rdfs:label", f'"Kemitraan {n}"')
    yield statement(partnership, "jp:cooperationForm", "jp:form-6a-ill")
    yield statement(partnership, "jp:governedBy", agreement)
    yield statement(partnership, "schema:startDate", day("2025-01-01"))
    for member in parties:
        yield from membership(f"mb-{partnership}-{member}", partnership, member)


def works(chance: random.Random) -> Iterator[str]:
    """Works, each with one record."""
    for n in range(WORKS):
        work, record = f"work{n}", f"rec{n}"
        yield statement(work, "rdf:type", "bf:Work")
        yield statement(work, "bf:title", f"{work}#title")
        yield statement(f"{work}#title", "bf:mainTitle", f'"Judul {n}"')
        yield statement(work, "jp:subjectGroup", f"jp:subj-{chance.randint(0, 9)}")
        yield statement(work, "bf:hasInstance", record)
        yield statement(record, "rdf:type", "bf:Instance")
        yield statement(record, "bf:instanceOf", work)
        yield statement(record, "bf:identifiedBy", f"{record}#isbn")
        yield statement(f"{record}#isbn", "rdf:type", "bf:Isbn")
        yield statement(f"{record}#isbn", "rdf:value", f'"97860{n % 29000:08d}"')
        yield statement(record, "bf:adminMetadata", f"{record}#admin")
        yield statement(f"{record}#admin", "bf:assigner", f"lib{n % LIBRARIES}")


def items(chance: random.Random) -> Iterator[str]:
    """Items: held unevenly, mostly general and loanable, one in twelve on loan."""
    for n in range(ITEMS):
        yield from copy(chance, f"item{n}", min(int(chance.expovariate(1 / 9000)), WORKS - 1))


def copy(chance: random.Random, item: str, work: int) -> Iterator[str]:
    """One item of a work."""
    yield statement(item, "rdf:type", "bf:Item")
    yield statement(item, "bf:itemOf", f"rec{work}")
    yield statement(item, "bf:heldBy", f"lib{chance.randrange(LIBRARIES)}")
    yield statement(
        item, "odrl:partOf", chance.choice(["jp:cat-general"] * 7 + ["jp:cat-local", "jp:cat-reference"])
    )
    yield statement(
        item, "bf:usageAndAccessPolicy", chance.choice(["jp:access-loanable"] * 5 + ["jp:access-library-only"])
    )
    yield statement(item, "bf:status", chance.choice(["jp:status-available"] * 11 + ["jp:status-on-loan"]))
    yield statement(item, "bf:shelfMark", f"{item}#mark")
    yield statement(f"{item}#mark", "rdfs:label", f'"8{work % 99} ABC"')
    yield statement(item, "bf:immediateAcquisition", f"{item}#acquired")
    yield statement(f"{item}#acquired", "bf:date", day(f"20{chance.randint(10, 25)}-0{chance.randint(1, 9)}-15"))
    yield statement(f"{item}#acquired", "dct:type", "jp:acq-purchase")


def scaled(folder: Path) -> ox.Store:
    """The example network with everything above, derived statements included."""
    store = generated(folder)
    derive(store, BASE)
    return store


def generated(folder: Path) -> ox.Store:
    """The same without what is derived."""
    chance = random.Random(20260315)
    store = ox.Store(str(folder))
    for file in ("ontology/network/jejaring.ttl", "tests/network/network.ttl", "tests/network/catalogue.ttl"):
        store.load(path=str(ROOT / file), format=ox.RdfFormat.TURTLE)
    for part in (libraries, works, items):
        store.bulk_load("\n".join(part(chance)).encode(), ox.RdfFormat.N_TRIPLES)
    return store


def run() -> None:
    """Print the cost of deriving, each competency query's rows and best time of three, and those over the limit."""
    with tempfile.TemporaryDirectory() as folder:
        store = generated(Path(folder))
        for again in ("first", "again, nothing changed"):
            wall, busy = time.perf_counter(), time.process_time()
            made = derive(store, BASE)
            print(f"derive ({again}): {made} statements, {time.perf_counter() - wall:.1f} s, "
                  f"{time.process_time() - busy:.1f} s of CPU")  # fmt: skip
        network = Network(LocalStore(store), BASE)
        size = network.store.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")[0]["n"]
        print(f"{size.value if size else 0} statements, {_megabytes(Path(folder)):.0f} MB on disk")
        slow = [name for name in saved_queries() if name.startswith("cq") and _timed(network, name)]
        print("over the limit:", ", ".join(slow) or "none")


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.iterdir()) / 1e6


def _timed(network: Network, name: str) -> bool:
    query = saved_queries()[name]
    given = {p.name: p.example for p in query.parameters if p.example != "UNDEF"}
    seconds, busy = [], []
    for _ in range(3):
        started, begun = time.perf_counter(), time.process_time()
        rows = len(network.ask(name, **given).terms)
        seconds.append(time.perf_counter() - started)
        busy.append(time.process_time() - begun)
    limit = LIMITS.get(name[:4], 1.0)
    print(f"{name:34} {rows:6} rows {min(seconds) * 1000:8.0f} ms {min(busy) * 1000:8.0f} ms CPU")
    return min(seconds) > limit


DRAFTS = ROOT.parent / "shared" / "design" / "network" / "competency"
PATIENCE = 300
"""Seconds a draft may take; it is ended then."""


def compare() -> None:
    """Print for each competency query whether its rows are those of its first draft, and both CPU times."""
    with tempfile.TemporaryDirectory() as folder:
        scaled(Path(folder)).flush()
        for file in sorted(DRAFTS.glob("cq*.rq")):
            command = [sys.executable, "-m", "benches.network", folder, str(file)]
            try:
                subprocess.run(command, timeout=PATIENCE, check=True, cwd=ROOT)
            except subprocess.TimeoutExpired:
                print(f"{file.stem:34} draft takes more than {PATIENCE} s")


def _compare(folder: str, file: Path) -> None:
    """One query against its draft, in a process of its own, since a query cannot be stopped."""
    store = ox.Store.read_only(folder)
    (columns, ours, our_time), (drafted, theirs, draft_time) = (
        _rows(store, text) for text in (saved_queries()[file.stem].text, file.read_text(encoding="utf-8"))
    )
    places = [columns.index(column) for column in drafted]
    same = Counter(tuple(row[place] for place in places) for row in ours) == Counter(theirs)
    verdict = "same" if same else "DIFFERENT"
    print(f"{file.stem:34} {len(ours):6} rows {verdict:9} {our_time:7.3f} s, draft {draft_time:7.3f} s")


def _rows(store: ox.Store, query: str) -> tuple[list[str], list[tuple[str, ...]], float]:
    begun = time.process_time()
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    rows = [tuple(map(str, row)) for row in found]
    return [variable.value for variable in found.variables], rows, time.process_time() - begun


if __name__ == "__main__":
    _compare(sys.argv[1], Path(sys.argv[2])) if len(sys.argv) == 3 else compare()
