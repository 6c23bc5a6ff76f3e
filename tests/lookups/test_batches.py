"""Batches: as many headings in a request as the manifest allows, and one by one where that is refused."""

import json

import pytest

from graph.matching.heading import Heading
from ingest.lookups.asking import Lookups
from tests.lookups.conftest import Asked, Reply, as_json, at, serving

HEADINGS = [Heading(f"p{number}", "person", iri=f"https://x.test/id/agent/{number}") for number in range(7)]


def service(batch_size: object, most: int = 100):
    """A Reconciliation service whose manifest says ``batch_size``, and that refuses more than ``most`` queries."""

    def handler(asked: Asked) -> Reply:
        if "queries" not in asked.fields:
            said = {} if batch_size is None else {"batchSize": batch_size}
            return as_json({"versions": ["0.2"], **said})
        queries = json.loads(asked.fields["queries"])
        if len(queries) > most:
            return 413, {}, b"too many"
        return as_json({key: {"result": [_found(one["query"])]} for key, one in queries.items()})

    return handler


def _found(name: str) -> dict[str, object]:
    return {"id": f"n-{name}", "name": name.title(), "score": 50, "match": False}


def sizes(asked: list[Asked]) -> list[int]:
    return [len(json.loads(one.fields["queries"])) for one in asked if "queries" in one.fields]


@pytest.mark.parametrize(
    ("batch_size", "expected"),
    [(3, [3, 3, 1]), (100, [7]), (None, [7]), ("many", [7]), (-1, [7]), (1, [1] * 7)],
)
def test_as_many_as_the_manifest_allows(lookups: Lookups, batch_size: object, expected: list[int]) -> None:
    with serving(service(batch_size)) as served:
        outcome = lookups.run(at("gnd-reconcile", served.url), HEADINGS)
    assert (outcome.asked, outcome.found, outcome.failures) == (7, 7, [])
    assert sizes(served.asked) == expected
    found = {one.label for one in lookups.memory.entries("gnd-reconcile")}
    assert found == {f"P{number}" for number in range(7)}, "each heading has its own answer"


def test_a_refused_batch_is_asked_one_by_one(lookups: Lookups) -> None:
    with serving(service(5, most=1)) as served:
        outcome = lookups.run(at("gnd-reconcile", served.url), HEADINGS)
    assert (outcome.asked, outcome.failures) == (7, [])
    assert sizes(served.asked) == [5, *[1] * 7]


def test_a_batch_keeps_to_the_limit_and_is_not_asked_again(lookups: Lookups) -> None:
    with serving(service(5)) as served:
        one = at("gnd-reconcile", served.url)
        assert lookups.run(one, HEADINGS, limit=3).asked == 3
        assert sizes(served.asked) == [3]
        assert lookups.run(one, HEADINGS).passed == 3
        assert sum(sizes(served.asked)) == 7
        assert sum("queries" not in asked.fields for asked in served.asked) == 1, "the manifest is kept"


@pytest.mark.parametrize("body", [b"[]", b"no json", b'{"q0": 3}', b"{}"])
def test_a_batch_that_is_answered_with_nonsense_costs_nothing_but_time(lookups: Lookups, body: bytes) -> None:
    def handler(asked: Asked) -> Reply:
        if "queries" not in asked.fields:
            return as_json({"versions": ["0.2"]})
        queries = json.loads(asked.fields["queries"])
        return (
            (200, {}, body) if len(queries) > 1 else as_json({"q0": {"result": [_found(queries["q0"]["query"])]}})
        )

    with serving(handler) as served:
        outcome = lookups.run(at("gnd-reconcile", served.url), HEADINGS)
    assert (outcome.asked, outcome.found) == (7, 7)
