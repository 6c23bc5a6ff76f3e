"""The line: turns, long queries, and who is turned away."""

from typing import cast

import pytest

from web.failures import Refused
from web.sparql.line import Line
from web.sparql.process import Child


def children(count: int) -> list[Child]:
    return cast(list[Child], [object() for _ in range(count)])


def line(size: int = 4, places: int = 4, idle: int | None = None) -> Line:
    made = Line(size, places)
    for child in children(size if idle is None else idle):
        made.add(child)
    return made


def test_idle_children_are_handed_out_at_once() -> None:
    assert line().enter("a").ready.is_set()


def run(made: Line, client: str, seconds: float) -> None:
    """A query of this client that took so long."""
    ticket = made.enter(client)
    ticket.since -= seconds
    child = ticket.child
    made.leave(ticket)
    assert child is not None
    made.add(child)


def test_light_clients_go_before_unknown_ones_and_those_before_heavy_ones() -> None:
    made = line(size=1)
    run(made, "heavy", 5)
    run(made, "light", 0.001)
    running = made.enter("other")
    tickets = {client: made.enter(client) for client in ("heavy", "unknown", "light")}
    for ticket in tickets.values():
        ticket.since -= 1
    served = []
    for _ in tickets:
        child = running.child
        made.leave(running)
        assert child is not None
        made.add(child)
        client, running = next((c, t) for c, t in tickets.items() if t.ready.is_set() and c not in served)
        served.append(client)
    assert served == ["light", "unknown", "heavy"]


def test_nobody_waits_for_ever() -> None:
    made = line(size=1)
    run(made, "heavy", 5)
    run(made, "light", 0.01)
    running, heavy = made.enter("other"), made.enter("heavy")
    heavy.since -= 100
    light = made.enter("light")
    child = running.child
    made.leave(running)
    assert child is not None
    made.add(child)
    assert heavy.ready.is_set()
    assert not light.ready.is_set()


def test_one_query_that_was_held_up_does_not_make_a_heavy_client() -> None:
    made = line(size=1)
    for seconds in (0.002, 0.002, 15, 0.002, 0.002):
        run(made, "light", seconds)
    assert made._expected("light") < 0.03


def test_the_client_with_fewer_running_goes_first() -> None:
    made = line(size=2, idle=1)
    made.enter("many")
    second, other = made.enter("many"), made.enter("one")
    made.add(children(1)[0])
    assert other.ready.is_set()
    assert not second.ready.is_set()


def test_half_may_be_long() -> None:
    made = line(size=4)
    tickets = [made.enter("a") for _ in range(4)]
    made.enter("b")
    assert [made.lengthen(ticket) for ticket in tickets] == [True, True, False, False]


def test_the_rest_may_stay_while_nobody_waits_unless_they_would_hold_a_reader() -> None:
    made = line(size=2)
    long, other = made.enter("a"), made.enter("a")
    assert made.lengthen(long)
    assert made.lengthen(other)
    assert not made.lengthen(other, firmly=True)


def test_a_long_query_waits_for_a_long_place() -> None:
    made = line(size=2)
    running = made.enter("a")
    assert made.lengthen(running)
    again = made.enter_long("b")
    assert not again.ready.is_set()
    made.leave(running)
    assert again.ready.is_set()


def test_a_client_that_fills_the_line_makes_room_for_others() -> None:
    made = line(size=1, places=3, idle=0)
    flood = [made.enter("flood") for _ in range(3)]
    with pytest.raises(Refused) as refused:
        made.enter("flood")
    assert refused.value.status == 429
    assert refused.value.headers["Retry-After"]
    made.enter("other")
    assert flood[-1].ready.is_set()
    assert flood[-1].child is None
    assert flood[-1].refusal is not None


def test_a_light_client_finds_room_in_a_line_of_unknown_ones() -> None:
    made = line(size=1, places=2)
    run(made, "light", 0.001)
    for client in "abc":
        made.enter(client)
    with pytest.raises(Refused):
        made.enter("d")
    made.enter("light")


def test_long_queries_do_not_fill_the_line_for_others() -> None:
    made = line(size=1, places=2, idle=0)
    made.enter_long("a")
    made.enter_long("b")
    with pytest.raises(Refused):
        made.enter_long("c")
    made.enter("d")


def test_a_line_full_of_equals_refuses() -> None:
    made = line(size=1, places=2, idle=0)
    made.enter("a")
    made.enter("b")
    with pytest.raises(Refused) as refused:
        made.enter("c")
    assert refused.value.status == 503


def test_what_leaves_waiting_is_not_served() -> None:
    made = line(size=1, idle=0)
    ticket = made.enter("a")
    made.leave(ticket)
    made.add(children(1)[0])
    assert not ticket.ready.is_set()
    assert made.state()["idle"] == 1


def test_those_who_wait_with_a_text_that_shows_to_be_long_let_the_others_pass() -> None:
    made = line(size=1)
    running = made.enter("a", "heavy")
    waiting = made.enter("b", "heavy")
    light = made.enter("c", "light")
    light.since += 0.1
    made.prolong("heavy")
    made.leave(running, stopped=True)
    assert waiting.long
    assert not light.long
    made.enter_long("d")
    for child in children(1):
        made.add(child)
    assert made.state()["waiting"] == 2
