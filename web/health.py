"""Health: is the server able to answer, what is it doing, and the same for Prometheus."""

from collections.abc import Iterator
from time import time

from flask import Blueprint, Response, jsonify

from web.site import site
from web.sparql.answering import pool

health = Blueprint("health", __name__)
_BEGAN = time()


@health.get("/health")
def state() -> Response:
    """The release being served and the state of the pool; 503 while nothing is published."""
    release = site().release
    response = jsonify(
        status="ok",
        release=release.number,
        published=release.date.isoformat(),
        queries={**pool().line.state(), "answered": pool().answered, "stopped": pool().killed},
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@health.get("/metrics")
def metrics() -> Response:
    """The same in the Prometheus text format (version 0.0.4)."""
    return Response("".join(_lines()), content_type="text/plain; version=0.0.4; charset=utf-8")


def _lines() -> Iterator[str]:
    release, queries, state = site().release, pool(), pool().line.state()
    counts = release.manifest.get("counts", {})
    yield from _metric("start_time_seconds", "gauge", "When the server started.", _BEGAN)
    yield from _metric("release_number", "gauge", "The release being served.", release.number)
    yield from _metric("release_timestamp_seconds", "gauge", "When it was published.", release.date.timestamp())
    yield from _metric("statements", "gauge", "Statements in the default graph.", counts.get("statements", 0))
    yield from _metric("sparql_children", "gauge", "Child processes allowed.", queries.line.size)
    for name in ("idle", "running", "long", "waiting"):
        yield from _metric(f"sparql_{name}", "gauge", f"SPARQL children or queries now {name}.", state[name])
    yield from _metric("sparql_answered_total", "counter", "SPARQL queries answered.", queries.answered)
    yield from _metric("sparql_stopped_total", "counter", "SPARQL queries stopped.", queries.killed)
    yield from _metric("sparql_refused_total", "counter", "SPARQL queries refused for overload.", state["refused"])
    yield from _metric("sparql_started_total", "counter", "Child processes started.", queries.started)


def _metric(name: str, kind: str, sentence: str, value: float) -> Iterator[str]:
    yield f"# HELP jejaring_{name} {sentence}\n# TYPE jejaring_{name} {kind}\njejaring_{name} {value}\n"
