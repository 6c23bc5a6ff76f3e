"""What users wrote survives loads, and a rebuild repeats it."""

import sqlite3
from pathlib import Path

import pytest

from graph.archive import Archive
from graph.errors import InputError
from graph.settings import Settings
from ingest.order import Conditions, Order
from ingest.publication import publish
from ingest.soundness import findings
from ingest.wiring import replay_written
from ingest.writing import Writing, publish_writing
from tests.loading.stand_in import BASE, Converter, catalogue, codes, graph, load, record

OWN = "INSERT DATA { GRAPH <urn:own> { <urn:mine> <urn:p> 1 } } ; INSERT DATA { <urn:mine> <urn:p> 2 }"


def write(data: Path, *texts: str) -> int:
    return publish_writing(Settings(data=str(data), base_iri=BASE), [Writing("update", t.encode()) for t in texts])


def written(data: Path) -> set[str]:
    return {quad for quad in graph(data) if "<urn:mine>" in quad}


def test_a_write_survives_a_load(tmp_path: Path) -> None:
    load(tmp_path, catalogue("kota", [record("b1", "One")]))
    assert write(tmp_path, OWN) == 2
    load(tmp_path, catalogue("kota", [record("b1", "Two"), record("b2", "Three")]))
    assert len(written(tmp_path)) == 2


def test_a_rebuild_repeats_the_writes_in_their_order(tmp_path: Path) -> None:
    load(tmp_path, catalogue("kota", [record("b1", "One")]))
    write(tmp_path, OWN)
    write(tmp_path, "DELETE WHERE { <urn:mine> <urn:p> ?n }")
    before = graph(tmp_path)
    conditions = Conditions(tmp_path, BASE, "1", Converter, codes, workers=1, replay=replay_written)
    publish(conditions, Order(rebuild=True), kept=3)
    assert graph(tmp_path) == before
    assert len(written(tmp_path)) == 1


def test_a_failing_step_leaves_nothing(tmp_path: Path) -> None:
    load(tmp_path, catalogue("kota", [record("b1", "One")]))
    before = graph(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        write(tmp_path, OWN, "INSERT DATA { nonsense }")
    assert graph(tmp_path) == before
    archive = Archive.open(tmp_path)
    assert archive.release == 1
    archive.close()


def test_a_check_accepts_the_blank_nodes_that_people_wrote(tmp_path: Path) -> None:
    load(tmp_path, catalogue("kota", [record("b1", "One")]))
    write(tmp_path, "INSERT DATA { <urn:mine> <urn:p> [ <urn:q> 1 ] }")
    settings = Settings(data=str(tmp_path), base_iri=BASE)
    [names] = [finding for finding in findings(settings) if finding.name == "names"]
    assert (names.sound, names.message) == (True, "there are blank nodes, as writes may bring")
    with sqlite3.connect(tmp_path / "archive.sqlite") as connection:
        connection.execute("DELETE FROM written")
    assert not next(finding.sound for finding in findings(settings) if finding.name == "names")
