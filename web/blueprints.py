"""The list of all that is served. A blueprint is added by adding one line here."""

from collections.abc import Iterable

from flask import Blueprint


def blueprints() -> Iterable[Blueprint]:
    """Every blueprint, in the order in which they are registered."""
    from web.graph_store import graph_store
    from web.health import health
    from web.sparql.endpoint import sparql

    return (health, sparql, graph_store)
