import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import ODRL2 as ODRL
from rdflib.namespace import SH, SKOS

from ingest.problems import Problem, Severity
from ingest.sheets import read_sheets, validate
from ontology.vocabulary import ONTOLOGY
from tests.sheets.network import BASE, FOLDER, SHEETS, store_of
from tests.sheets.variants import PREFIXES, VARIANTS

READING = read_sheets(SHEETS, BASE)


def lines_of(store: ox.Store) -> list[str]:
    return [f"{quad.triple} ." for quad in store]


@pytest.fixture(scope="module")
def before() -> set[tuple[str, str]]:
    return {(p.place, p.message) for p in validate(lines_of(network()), READING.places)}


def network() -> ox.Store:
    store = store_of(READING.lines)
    store.load(path=str(FOLDER / "catalogue.ttl"), format=ox.RdfFormat.TURTLE)
    return store


def test_the_example_conforms_and_its_warnings_are_listed() -> None:
    found = validate(lines_of(network()), READING.places)
    assert [p for p in found if p.severity is Severity.LOST] == []
    assert any("Faktor" in p.message and p.file.endswith("perjanjian.csv") and p.record for p in found)


def test_sheets_alone_are_not_blamed_for_the_catalogues_they_cannot_know() -> None:
    messages = [p.message for p in validate(READING.lines, READING.places)]
    assert any("Syarat 4" in m for m in messages)
    assert not [m for m in messages if "Syarat 2" in m or "Syarat 3" in m]
    copy = f"<{BASE}/id/item/x> <http://id.loc.gov/ontologies/bibframe/heldBy> <{BASE}/id/kota> ."
    assert any("Syarat 2" in p.message for p in validate([*READING.lines, copy], READING.places))


def batches() -> list[list[tuple[str, str, str]]]:
    """The variants in groups that break different entities, since a validation takes two seconds."""
    groups: list[list[tuple[str, str, str]]] = []
    for variant in VARIANTS:
        free = next((g for g in groups if variant[1] not in {other[1] for other in g}), None)
        if free is None:
            groups.append([variant])
        else:
            free.append(variant)
    return groups


def test_there_are_35_and_ten_kinds() -> None:
    assert len(VARIANTS) >= 45


def _new_problems(updates: list[str], before: set[tuple[str, str]]) -> list[Problem]:
    store = network()
    for update in updates:
        store.update(PREFIXES + update)
    return [p for p in validate(lines_of(store), READING.places) if (p.place, p.message) not in before]


def _about(problems: list[Problem], focus: str, fragment: str) -> list[Problem]:
    return [p for p in problems if p.message.startswith(f"{focus}: ") and fragment in p.message]


@pytest.mark.parametrize("batch", batches())
def test_broken_variants_are_named_with_their_rows(
    batch: list[tuple[str, str, str]], before: set[tuple[str, str]]
) -> None:
    together = _new_problems([update for update, _, _ in batch], before)
    for update, focus, fragment in batch:
        hits = _about(together, focus, fragment)
        # Another variant of the batch may have taken away what this one is about.
        hits = hits or _about(_new_problems([update], before), focus, fragment)
        assert hits, focus
        if place := READING.places.get(f"{BASE}/id/{focus}"):
            assert (hits[0].file, hits[0].record) == (place[0], place[2])
            assert hits[0].place.startswith(place[1])
            assert Path(place[0]).stem == place[1]


def test_every_shape_speaks_both_languages_and_says_what_to_do() -> None:
    """No librarian reads what the checker says by itself ("Less than 1 values on <https://…>")."""
    updates = [update for update, _, _ in VARIANTS]
    messages = {
        problem.message for n in range(0, len(updates), 9) for problem in _new_problems(updates[n : n + 9], set())
    }
    assert len(messages) > 40
    for message in messages:
        said = message.partition(": ")[2]
        assert " / " in said, message
        assert not re.search(r"https?://|Literal|jps?:\w|-&gt;|->", said.replace("jp:odrl-profile", "")), message


def test_every_property_of_a_named_shape_has_a_message() -> None:
    shapes = Graph().parse(ONTOLOGY.parent / "shapes.ttl")
    of_parts = {ODRL.leftOperand, ODRL.operator, ODRL.rightOperand, SKOS.inScheme}
    silent = [
        (shape, path)
        for shape, one in shapes.subject_objects(SH.property)
        if isinstance(shape, URIRef) and not shapes.value(one, SH.message)
        and (path := shapes.value(one, SH.path)) not in of_parts and isinstance(path, URIRef)
    ]  # fmt: skip
    assert not silent
