"""Access as a whole: it agrees with the answers one by one, and with what would be if."""

from datetime import date

import pytest

from graph.access import Access, Accesses, Assumption
from graph.names import expand
from graph.routes import routes

BASE = "https://data.jejaring.example/id/"
DAY = date(2026, 3, 15)
LIBRARIES = ["prov", "kota", "tirta", "wana", "samudra", "giri", "suka", "karang", "univ", "agri"]


@pytest.fixture(scope="module")
def known(network):
    return Accesses(network.store, DAY)


def given(known, library, action):
    return [one for one in known.of_library(BASE + library) if one.action == expand("jp:" + action)]


@pytest.mark.parametrize("library", LIBRARIES)
def test_agrees_with_the_routes_of_the_search(network, known, library):
    for action in ("lend", "scan", "readOnSite"):
        found = {(one.holder, one.category) for one in given(known, library, action)}
        known_routes = routes(network.store, expand("jp:" + action), BASE + library, DAY)
        assert found == {one for one in known_routes if one[0] != BASE + "jpmr" and "/P" not in one[0]}, action


@pytest.mark.parametrize("item", ["i03", "i04", "i15", "i24", "i25", "i13"])
def test_agrees_with_the_answer_for_an_item(network, known, item):
    row = network.ask("permission-item", on=DAY, thing=item, action="photocopy").rows[0]
    place = (row.holder, row.category)
    for library in LIBRARIES:
        access = {one.policy for one in given(known, library, "photocopy") if (one.holder, one.category) == place}
        findings = network.may("photocopy", item, library, DAY).findings
        allowed = {one.policy for one in findings if all(t.passed for t in one.tests if t.name != "access")}
        assert access == allowed, library


def test_a_draft_taken_as_signed_gives_access(known):
    # A12 lets giri borrow general items from univ; it is unsigned
    assumed = known.of_library(BASE + "giri", Assumption(signed=frozenset({BASE + "A12"})))
    added = assumed - known.of_library(BASE + "giri")
    assert {(one.holder, one.policy) for one in added} == {(BASE + "univ", BASE + "A12")}
    assert {one.category for one in added} == {expand("jp:cat-general"), expand("jp:cat-children")}


def test_without_a_law_its_ban_falls(known):
    # nothing lets rare items be lent even so: A1 forbids them itself
    rare = expand("jp:cat-rare")
    free = known.of_library(BASE + "kota", Assumption(without=frozenset({BASE + "SET1"})))
    assert not any(one.category == rare and one.action == expand("jp:lend") for one in free)


def test_receivers_of_an_offer_are_all_and_of_an_agreement_its_members(known):
    assert known.receivers(BASE + "A2") == {BASE + "tirta", BASE + "wana"}
    assert known.receivers(BASE + "OF1") == {BASE + name for name in LIBRARIES}
    assert known.receivers(BASE + "A12") == {BASE + "giri"}


def test_categories_are_summed_up(known):
    codes = ("all", "general", "children", "reference", "serial", "local", "rare", "av", "digital")
    every = {expand("jp:cat-" + code) for code in codes}
    assert known.summed_up(every) == [expand("jp:cat-all")]
    assert known.summed_up({expand("jp:cat-general"), expand("jp:cat-children")}) == [expand("jp:cat-general")]
    but_rare = known.summed_up(every - {expand("jp:cat-rare")})
    assert expand("jp:cat-all") not in but_rare
    assert expand("jp:cat-general") in but_rare
    assert expand("jp:cat-children") not in but_rare


def test_nobody_gets_anything_from_itself(known):
    found = {name: known.of_library(BASE + name) for name in LIBRARIES}
    assert not any(one.library == one.holder for many in found.values() for one in many)
    local = Access(BASE + "wana", expand("jp:lend"), BASE + "tirta", expand("jp:cat-local"), BASE + "A2")
    assert local in found["wana"]
