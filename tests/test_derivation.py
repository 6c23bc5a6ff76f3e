from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.derivation import derive, queries
from graph.errors import QueryError

BASE = "https://example.org"


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    store.update("INSERT DATA { <urn:a> <urn:p> <urn:b> . <urn:b> <urn:p> <urn:c> . <urn:x> <urn:knows> <urn:y> }")
    return store


def test_results_are_in_both_graphs_and_feed_the_next_query(store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "1-link.rq").write_text("CONSTRUCT { ?a <urn:knows> ?b } WHERE { ?a <urn:p> ?b }")
    (tmp_path / "2-back.rq").write_text("CONSTRUCT { ?b <urn:knownBy> ?a } WHERE { ?a <urn:knows> ?b }")
    assert derive(store, BASE, tmp_path) == 5
    assert store.query("ASK { <urn:y> <urn:knownBy> <urn:x> }")
    assert store.query(f"ASK {{ GRAPH <{BASE}/graph/derived> {{ <urn:a> <urn:knows> <urn:b> }} }}")
    assert derive(store, BASE, tmp_path) == 0


def test_what_is_stated_is_not_derived(store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "same.rq").write_text("CONSTRUCT { ?a <urn:p> ?b } WHERE { ?a <urn:p> ?b }")
    assert derive(store, BASE, tmp_path) == 0


@pytest.mark.parametrize(("query", "message"), [("CONSTRUCT nonsense", "cannot be"), ("ASK { }", "no CONSTRUCT")])
def test_a_bad_query_is_named(store: ox.Store, tmp_path: Path, query: str, message: str) -> None:
    (tmp_path / "bad.rq").write_text(query)
    with pytest.raises(QueryError, match=rf"bad\.rq.*{message}"):
        derive(store, BASE, tmp_path)


def test_the_projects_own_queries_are_valid() -> None:
    for _, _ in queries():
        derive(ox.Store(), BASE)
