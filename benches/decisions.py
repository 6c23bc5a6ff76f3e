"""Decisions: how fast a run of matching is taken in, the first time and again, and what a page of review costs."""

import tempfile
from pathlib import Path
from time import process_time

from graph.matching.candidate import Candidate
from graph.matching.decisions import Decision, Decisions
from graph.matching.entry import Entry
from graph.matching.heading import Heading
from graph.matching.proposals import kinds_waiting, propose, waiting

COUNT = 20_000


def _found(number: int) -> tuple[Heading, list[Candidate]]:
    """A heading with a certain or a doubtful candidate, and another doubtful one."""
    verdict = "same" if number % 2 else "maybe"
    first = Candidate(Entry(f"urn:b:{number}", "x", "person"), 0.9, verdict, {"name": 1.0}, "x")
    second = Candidate(Entry(f"urn:c:{number}", "x", "person"), 0.5, "maybe", {"name": 1.0}, "x")
    return Heading(f"n{number}", "person", iri=f"urn:a:{number}"), [first, second]


def run() -> None:
    """Print headings a CPU second, and milliseconds for a page and a decision."""
    with tempfile.TemporaryDirectory() as folder:
        decisions = Decisions.open(Path(folder), write=True)
        for name in ("first run", "run again"):
            begun = process_time()
            propose(decisions, map(_found, range(COUNT)))
            print(f"  {name}: {COUNT / (process_time() - begun):,.0f} headings a CPU second")
        begun = process_time()
        waiting(decisions), kinds_waiting(decisions), decisions.counts()
        print(f"  queue of {COUNT:,} entities, one page: {(process_time() - begun) * 1000:.1f} ms CPU")
        begun = process_time()
        decisions.record([Decision("urn:a:0", "urn:b:0", "same", "siti")])
        print(f"  one decision: {(process_time() - begun) * 1000:.2f} ms CPU")
        decisions.close()
