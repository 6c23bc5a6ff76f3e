"""The answer made from groups of like copies is that made from the copies one by one."""

import random
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.answers.conftest import BASE
from tests.answers.test_variants import DAYS, LIBRARIES, changes

DAY = "2026-03-15"
WORKS = [f"w{number:02d}" for number in range(1, 14)]


def agree(network, action, work, me, day):
    """The first finding is the same; each library and rule that would do is named, by a copy that would do."""
    whole, brief = network.may(action, work, me, day), network.best(action, work, me, day)
    assert (brief.verdict, brief.terms) == (whole.verdict, whole.terms)
    assert brief.because("en") == whole.because("en")
    assert brief.changes("id") == whole.changes("id")
    assert (brief.best and brief.best.item) == (whole.best and whole.best.item)
    allowed = [one for one in whole.findings if one.allowed]
    named = [one for one in brief.findings if one.allowed]
    assert {(one.holder, one.rule) for one in named} == {(one.holder, one.rule) for one in allowed}
    assert {(one.item, one.rule) for one in named} <= {(one.item, one.rule) for one in allowed}
    assert [one.terms.fee for one in named] == sorted(one.terms.fee for one in named)


@pytest.mark.parametrize("me", LIBRARIES)
@pytest.mark.parametrize("action", ["lend", "photocopy"])
def test_agrees_about_every_work(network, me, action):
    for work in WORKS:
        agree(network, action, work, me, DAY)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(changes, min_size=1, max_size=4), st.sampled_from(DAYS), st.sampled_from(LIBRARIES))
def test_agrees_after_changes(altered, updates, day, me):
    network = altered("".join(updates))
    for work in WORKS:
        agree(network, "lend", work, me, day)


def copies(work, number):
    """Copies of the first edition of a work, spread over libraries, categories, policies and states."""
    chance, numbers = random.Random(number), count()
    one = "INSERT {{ ex:copy{n} bf:itemOf ?e ; bf:heldBy ex:{lib} ; odrl:partOf jp:cat-{cat} ; "
    rest = "bf:usageAndAccessPolicy jp:access-{access} ; bf:status jp:status-{status} }} "
    place = "WHERE {{ ?e bf:instanceOf ex:{w} }} ;"
    return "".join(
        (one + rest + place).format(
            n=next(numbers), w=work, lib=chance.choice(LIBRARIES), cat=chance.choice(["general", "local", "rare"]),
            access=chance.choice(["loanable", "library-only"]), status=chance.choice(["available", "on-loan"]),
        )
        for _ in range(number)
    )  # fmt: skip


def test_agrees_about_a_work_of_many_copies(altered):
    network = altered(copies("w02", 150))
    for me in LIBRARIES:
        agree(network, "lend", "w02", me, DAY)


def test_copies_and_what_does_not_exist_are_answered_as_ever(network):
    agree(network, "photocopy", "i13", "giri", DAY)
    assert network.best("lend", "w01", "wana", DAY).best.chain
    assert network.best("lend", "w01", "wana", DAY).findings[0].item.startswith(BASE)


@pytest.mark.parametrize("address", ["CONCAT(STR(?i), '#retention')", "CONCAT(STR(ex:), 'promise-', STRUUID())"])
def test_how_long_a_copy_is_kept_does_not_take_it_out_of_its_group(altered, address):
    network = altered(
        copies("w02", 60) + "INSERT { ?i bf:usageAndAccessPolicy ?own . ?own a bf:RetentionPolicy } "
        f"WHERE {{ ?e bf:instanceOf ex:w02 . ?i bf:itemOf ?e BIND (IRI({address}) AS ?own) }} ;"
    )
    for me in LIBRARIES:
        agree(network, "lend", "w02", me, DAY)
        ways = [(one.holder, one.rule) for one in network.best("lend", "w02", me, DAY).findings if one.allowed]
        assert len(ways) == len(set(ways)), "one way for each library and rule"
