"""Directories of other people, whole: as many organisations as the files have entries, and nothing lost unsaid."""

from collections import Counter
from pathlib import Path

import pytest

from ingest import directories
from ingest.problems import Severity

BASE = "https://data.test"
TYPE = " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
# file, format, class, how many of it, how many lines of the report say that something was lost
FACTS = [
    ("id_memberships.csv", "indonesian-memberships", "http://www.w3.org/ns/org#Membership", 16, 0),
    ("id_agreements.csv", "indonesian-agreements", "https://w3id.org/jejaring/ns#CooperationAgreement", 4, 0),
    ("id_agreements.csv", "indonesian-agreements", "https://w3id.org/jejaring/ns#Network", 2, 0),
    ("lobid_input_dbs.csv", "lobid-dbs", "http://www.w3.org/ns/org#Organization", 33, 0),
    ("lobid_input_sigel.dat", "isil-pica", "http://www.w3.org/ns/org#Organization", 8, 0),
]


@pytest.mark.shared
@pytest.mark.parametrize(("name", "form", "kind", "count", "lost"), FACTS)
def test_every_entry_is_taken(shared: Path, name: str, form: str, kind: str, count: int, lost: int) -> None:
    path = shared / "data/directory" / name
    found = directories.recognise(path)
    assert found is not None
    assert found.name == form
    read = directories.read(path, form, BASE)
    entities = {line.partition(" ")[0] for line in read.lines if line.endswith(f"{TYPE}<{kind}> .")}
    assert len(entities) == count
    assert sum(problem.severity is Severity.LOST for problem in read.problems) == lost


@pytest.mark.shared
def test_twelve_of_the_28_indonesian_memberships_are_parties_of_agreements(shared: Path) -> None:
    lines = directories.read(shared / "data/directory/id_memberships.csv", "indonesian-memberships", BASE).lines
    assert sum("#signedBy>" in line for line in lines) == 12


@pytest.mark.shared
def test_the_australian_tiers_become_permissions(shared: Path) -> None:
    path = shared / "data/directory/au_ill_terms.csv"
    lines = directories.read(path, "crosslink-terms", BASE).lines
    actions = Counter(line.rpartition("#")[2] for line in set(lines) if "/odrl/2/action> " in line)
    assert actions["lend> ."] > 100
    assert actions["photocopy> ."] == actions["scan> ."] > 100
