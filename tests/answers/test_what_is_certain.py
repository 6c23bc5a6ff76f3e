"""The facet *can be borrowed* and *what if it leaves* count what is certain only (docs/answers.md)."""

from graph.search_documents import documents
from graph.store import LocalStore
from tests.answers.small_network import Item, Rows
from tests.answers.test_small_networks import edited

ITEMS = (
    Item("certain", "alfa"),
    Item("stricter", "beta", stricter="access-library-only"),
    Item("both", "gama", ("cat-general", "cat-rare")),
    Item("out", "gama", ("cat-children",), status=("status-available", "status-on-loan")),
    Item("restricted", "delta", access="access-library-only"),
)


def test_the_facet_leaves_out_what_a_stricter_statement_forbids(tmp_path):
    store = Rows(edited(), ITEMS).network(tmp_path).store
    assert isinstance(store, LocalStore)
    (work,) = [one for one in documents(store) if one.kind == "work"]
    pairs = [
        [part.rpartition("/")[2].rpartition("#")[2] for part in one.split(" ")] for one in work.fields["lendable"]
    ]
    assert pairs == [["alfa", "cat-general"]]


def test_what_is_lost_by_leaving_leaves_it_out_too(tmp_path):
    rows = Rows(edited(), (*ITEMS, Item("own", "alfa"))).network(tmp_path).ask("lendable-holdings", me="alfa").rows
    found = {(str(row.holder).rpartition("/")[2], str(row.category).rpartition("#")[2]) for row in rows}
    assert found == {("alfa", "cat-general"), ("gama", "cat-children")}  # on loan today, but lent in principle
