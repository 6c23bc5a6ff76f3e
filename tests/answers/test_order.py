"""Rows come in the order a saved query asks for, the same as the store would give them."""

from graph.network import Network
from graph.queries import in_order, parameters, substituted
from ontology.queries import saved_queries


def test_order_is_that_of_the_store(network: Network) -> None:
    compared = 0
    for query in saved_queries().values():
        given = {one.name: one.example for one in query.parameters if one.example != "UNDEF"}
        text = substituted(query, parameters(network.store, query, given, network.base))
        if "ORDER BY" not in (last := text.rpartition("}")[2]):
            continue
        names = [name.strip("()") for name in last.replace("DESC", " ").split() if "?" in name]
        ours, theirs = (
            [[row.get(name.strip("()?")) for name in names] for row in rows]
            for rows in (in_order(network.store, text), network.store.select(text))
        )
        assert ours == theirs, query.name
        compared += 1
    assert compared > 70
