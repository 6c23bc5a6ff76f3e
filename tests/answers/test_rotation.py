"""The rotation planner: its arrangement against all arrangements, and each rule it keeps."""

from datetime import date
from itertools import combinations, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.assignment import assigned
from graph.errors import QueryError
from graph.rotation import packages, plan, timetable
from graph.rotation_rules import Period, RotationRules

BASE = "https://data.jejaring.example/id/"
START = date(2026, 7, 13)  # the day after the last stage of the example's plan


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 20), min_size=4, max_size=4), min_size=n, max_size=n)
    )
)
@settings(max_examples=150, deadline=None)
def test_assignment_is_the_best_of_all(worth):
    chosen = assigned(worth)
    assert len(set(chosen)) == len(worth)
    best = max(
        sum(row[column] for row, column in zip(worth, columns, strict=True))
        for columns in permutations(range(4), len(worth))
    )
    assert sum(row[column] for row, column in zip(worth, chosen, strict=True)) == best


def test_assignment_wants_a_column_for_each_row():
    assert assigned([]) == []
    with pytest.raises(ValueError, match="more rows"):
        assigned([[1], [2]])


@pytest.mark.parametrize("rounds", [1, 2])
def test_hosts_see_as_many_new_titles_as_can_be(network, rounds):
    held = {}
    for row in network.ask("holdings-of-members", partnership="P7").rows:
        held.setdefault(row.member, set()).add(row.work)
    rules = RotationRules(network, "P7", START)
    first = Period.of(START, 50)
    ways = [
        (package, host)
        for package in packages(network, "P7", on=START)
        for host in rules.hosts
        if package.works - held[host] and rules.may_go(package.owner, package.iri, package.categories, host, first)
    ]
    periods = [
        chosen
        for count in range(len(rules.hosts) + 1)
        for chosen in combinations(ways, count)
        if len({package for package, _ in chosen}) == len({host for _, host in chosen}) == count
    ]

    def gained(stages):
        by_host = {}
        for package, host in stages:
            by_host.setdefault(host, set()).update(package.works - held[host])
        return sum(map(len, by_host.values()))

    best = max(gained([way for one in many for way in one]) for many in product(periods, repeat=rounds))
    stages = timetable(network, "P7", START, 50, rounds)
    assert gained([(stage.package, stage.host) for stage in stages]) == best == sum(stage.new for stage in stages)
    assert best >= 2


def test_a_stay_is_no_longer_than_the_agreement_allows(network):
    with pytest.raises(QueryError, match="60 days"):  # A7
        plan(network, "P7", START, 61, 1)
    assert plan(network, "P7", START, 60, 1).stages


@pytest.mark.parametrize(("days", "rounds"), [(0, 1), (10, 0), (10, 61)])
def test_impossible_periods_are_refused(network, days, rounds):
    with pytest.raises(QueryError):
        plan(network, "P7", START, days, rounds)


def test_nobody_travels_after_the_agreement(network):
    # A7 and the memberships end with 2026; the third period would end in January
    proposal = plan(network, "P7", START, 60, 3)
    assert max(stage.ends for stage in proposal.stages) == date(2026, 11, 9)
    assert {one.why for one in proposal.skipped} == {"not-a-member"}
    assert proposal.renewal is None


def test_next_year_supposes_a_renewal(network):
    assert plan(network, "P7", date(2027, 1, 1), 60, 3).renewal == date(2026, 12, 31)


def test_hosts_and_packages_on_tour_are_left_alone(network):
    # in June 2026 the example's own plan has pk1 at tirta and pk2 at wana
    proposal = plan(network, "P7", date(2026, 6, 1), 30, 1)
    assert {one.host for one in proposal.skipped if one.why == "occupied"} == {BASE + "tirta", BASE + "wana"}
    assert all(stage.package.iri not in (BASE + "pk1", BASE + "pk2") for stage in proposal.stages)


def test_a_host_closed_at_the_hand_over_is_skipped(altered):
    network = altered("""INSERT DATA { ex:suka schema:specialOpeningHoursSpecification ex:suka-closed .
      ex:suka-closed schema:validFrom "2026-07-10"^^xsd:date ; schema:validThrough "2026-07-14"^^xsd:date }""")
    proposal = plan(network, "P7", START, 50, 2)
    assert [(one.host, one.why) for one in proposal.skipped] == [(BASE + "suka", "host-closed")]
    assert all(stage.host != BASE + "suka" for stage in proposal.stages if stage.starts == START)


def test_who_left_takes_no_package(altered):
    network = altered("""DELETE { ?m schema:endDate ?e } INSERT { ?m schema:endDate "2026-08-01"^^xsd:date }
      WHERE { ?m org:member ex:suka ; org:organization ex:P7 ; schema:endDate ?e }""")
    assert all(stage.host != BASE + "suka" for stage in plan(network, "P7", START, 50, 2).stages)


def test_a_law_keeps_its_category_at_home(altered):
    # i15 (w06 in pk1) becomes rare: SET1 forbids rotation of rare items, and A7 covers general ones only
    network = altered(
        "DELETE { ex:i15 odrl:partOf ?c } INSERT { ex:i15 odrl:partOf jp:cat-rare } WHERE { ex:i15 odrl:partOf ?c }"
    )
    proposal = plan(network, "P7", START, 50, 1)
    assert (BASE + "i15", "category") in {(one.item, one.why) for one in proposal.home}
    assert all(BASE + "i15" not in stage.package.items for stage in proposal.stages)


def test_last_copies_never_travel(network):
    # w11 is held by wana alone, in two copies
    proposal = plan(network, "P7", START, 50, 2)
    assert {one.item for one in proposal.home if one.why == "last-copy"} == {BASE + "i25", BASE + "i26"}
    assert all(BASE + "w11" not in stage.package.works for stage in proposal.stages)


def test_only_the_packages_wanted_travel(network):
    assert {stage.package.iri for stage in timetable(network, "P7", START, 50, 2, ["pk1"])} == {BASE + "pk1"}
