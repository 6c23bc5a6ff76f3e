"""Asking many: politely, resumably, offline by default, and kept with its source."""

import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.errors import ServiceError, SettingsError
from graph.matching.authorities import Authorities
from graph.matching.heading import Heading
from graph.settings import Settings
from ingest.inputs import Input
from ingest.lookups.asking import Lookups, agent
from ingest.pipeline import Pipeline
from tests.lookups.conftest import Asked, as_json, at, serving, speaking
from web.cli import main

HEADINGS = [Heading(name, "person", iri=f"https://x.test/id/agent/{name}") for name in ("ann", "bea", "eve")]


def named(asked: Asked):
    """A Reconciliation service that knows everybody, and takes one question at a time."""
    if "queries" not in asked.fields:
        return as_json({"versions": ["0.2"], "batchSize": 1})
    name = asked.fields["queries"].partition('"query": "')[2].partition('"')[0]
    return as_json({"q0": {"result": [{"id": f"n-{name}", "name": name.title(), "score": 50, "match": False}]}})


def test_nothing_is_asked_unless_it_is_allowed(tmp_path: Path) -> None:
    offline = Lookups.open(Settings(data=str(tmp_path)))
    with serving(named) as served:
        with pytest.raises(ServiceError, match="look-ups are off"):
            offline.ask(at("gnd-reconcile", served.url), HEADINGS[0])
        assert offline.run(at("gnd-reconcile", served.url), HEADINGS).stopped
        assert served.asked == []


def test_an_answer_is_asked_for_once_and_serves_without_a_connection(lookups: Lookups) -> None:
    with serving(named) as served:
        one = at("gnd-reconcile", served.url)
        first = lookups.ask(one, HEADINGS[0])
        assert lookups.ask(one, HEADINGS[0]) == first
        assert len(served.asked) == 1
    lookups.online = False
    assert lookups.ask(one, HEADINGS[0]) == first


def test_an_old_answer_is_asked_for_again_and_better_than_none(lookups: Lookups) -> None:
    lookups.settings = lookups.settings.with_flags(lookup_days=0)
    with serving(named) as served:
        one = at("gnd-reconcile", served.url)
        first = lookups.ask(one, HEADINGS[0])
        lookups.ask(one, HEADINGS[0])
        assert len(served.asked) == 2
    assert lookups.ask(one, HEADINGS[0]) == first


def test_what_was_fetched_is_an_authority_file_with_its_source(lookups: Lookups) -> None:
    with serving(named) as served:
        one = at("gnd-reconcile", served.url)
        outcome = lookups.run(one, HEADINGS)
    assert (outcome.asked, outcome.found, outcome.failures) == (3, 3, [])
    made = lookups.authority(one)
    assert made is not None
    assert (made.name, made.entries, made.licence) == ("lookup-gnd-reconcile", 3, one.licence)
    found = Authorities(lookups.settings.data).index(made.name).get("https://d-nb.info/gnd/n-ann")
    assert (found.label, found.source) == ("Ann", "lookup-gnd-reconcile")


def test_a_run_goes_on_where_it_was_broken_off(lookups: Lookups) -> None:
    with serving(named) as served:
        one = at("gnd-reconcile", served.url)
        assert lookups.run(one, HEADINGS, limit=2).asked == 2
        again = Lookups.open(lookups.settings, online=True)
        assert (again.run(one, HEADINGS).asked, again.run(one, HEADINGS).passed) == (1, 3)
        assert sum("queries" in asked.fields for asked in served.asked) == 3


KILLED = """
import sys
from pathlib import Path
from dataclasses import replace
from graph.matching.heading import Heading
from graph.settings import Settings
from ingest.lookups.asking import Lookups
from ingest.lookups.services import service
one = replace(service("gnd-reconcile"), address=sys.argv[2], per_minute=600)
lookups = Lookups.open(Settings(data=sys.argv[1]), online=True)
lookups.run(one, [Heading(f"p{n}", "person") for n in range(200)])
"""


def test_a_run_that_is_killed_has_kept_what_it_was_told(lookups: Lookups) -> None:
    with serving(named) as served:
        child = subprocess.Popen([sys.executable, "-c", KILLED, str(lookups.settings.data), served.url])
        while len(served.asked) < 8:
            assert child.poll() is None
            time.sleep(0.02)
        child.kill()
        child.wait()
        told = len(served.asked)
        counts = lookups.memory.counts("gnd-reconcile")
        assert told - 3 <= counts["asked"] <= counts["answers"] <= told
        outcome = lookups.run(at("gnd-reconcile", served.url), [Heading(f"p{n}", "person") for n in range(12)])
        assert (outcome.passed, outcome.asked) == (min(12, counts["asked"]), max(0, 12 - counts["asked"]))


def test_what_is_linked_or_of_another_kind_is_not_asked(lookups: Lookups) -> None:
    linked = Heading("ann", "person", identifiers=("https://d-nb.info/gnd/1",), iri="https://x.test/1")
    with serving(named) as served:
        outcome = lookups.run(at("gnd-reconcile", served.url), [linked, Heading("Kota", "library")])
        assert (outcome.passed, served.asked) == (2, [])


def test_the_rate_is_kept_across_restarts(lookups: Lookups, waited: list[float]) -> None:
    with serving(named) as served:
        slow = replace(at("gnd-reconcile", served.url), per_minute=6)
        for name in ("a", "b", "c"):
            Lookups(lookups.settings, lookups.memory, True, waited.append).ask(slow, Heading(name, "person"))
    assert waited[0] == 0
    assert waited[2] == pytest.approx(20, abs=5)  # a slow machine takes some of it to get there


def busy(times: int, status: int = 503, **headers: str):
    asked: list[Asked] = []

    def answer(one: Asked):
        asked.append(one)
        return as_json({}, status, **headers) if len(asked) <= times else named(one)

    return answer


def test_a_busy_service_is_given_the_time_it_asks_for(lookups: Lookups, waited: list[float]) -> None:
    with serving(busy(1, 429, **{"Retry-After": "7"})) as served:
        assert lookups.ask(at("gnd-reconcile", served.url), HEADINGS[0])
    assert max(waited) == pytest.approx(7, abs=3)


def test_a_date_is_understood_too(lookups: Lookups, waited: list[float]) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    with serving(busy(1, 503, **{"Retry-After": until})) as served:
        assert lookups.ask(at("gnd-reconcile", served.url), HEADINGS[0])
    assert 17 < max(waited) < 21


@pytest.mark.parametrize("nonsense", ["soon", "-5", "\xb2", "Mon, 99 Foo 2026"])
def test_nonsense_is_answered_with_patience(lookups: Lookups, waited: list[float], nonsense: str) -> None:
    with serving(busy(1, 503, **{"Retry-After": nonsense})) as served:
        assert lookups.ask(at("gnd-reconcile", served.url), HEADINGS[0])
    assert 1 < max(waited) < 5


def test_who_wants_to_be_left_alone_is(lookups: Lookups, waited: list[float]) -> None:
    with serving(busy(1, 429, **{"Retry-After": "3600"})) as served:
        one = at("gnd-reconcile", served.url)
        outcome = lookups.run(one, HEADINGS)
        assert "left alone until" in outcome.stopped
        assert Lookups.open(lookups.settings, online=True).run(one, HEADINGS).stopped
        assert len(served.asked) == 1
    assert max(waited) < 60


def test_a_dead_service_is_left_after_a_few_tries_and_nothing_is_lost(lookups: Lookups) -> None:
    with serving(named) as served:
        one = at("gnd-reconcile", served.url)
        lookups.run(one, HEADINGS[:1])
    many = [Heading(f"p{n}", "person") for n in range(50)]
    outcome = lookups.run(one, many)
    assert len(outcome.failures) == 3
    assert outcome.stopped
    made = lookups.authority(one)
    assert made is not None
    assert made.entries == 1


@pytest.mark.parametrize("content", [b"<html>login</html>", b"", b"[1]", b'{"q0": 3}', b"[" * 100_000, b"\xff\xfe"])
def test_a_lying_service_leaves_nothing_behind(lookups: Lookups, content: bytes) -> None:
    with serving(lambda _: (200, {"Content-Type": "application/json"}, content)) as served:
        one = at("gnd-reconcile", served.url)
        with pytest.raises(ServiceError):
            lookups.ask(one, HEADINGS[0])
    assert lookups.memory.counts(one.name) == {"answers": 0, "entries": 0, "asked": 0}
    assert lookups.authority(one) is None


def test_a_refusal_is_not_repeated(lookups: Lookups) -> None:
    with serving(lambda _: (404, {}, b"")) as served:
        with pytest.raises(ServiceError, match="status 404"):
            lookups.ask(at("gnd-reconcile", served.url), HEADINGS[0])
        assert len(served.asked) == 1


def test_entries_that_are_not_theirs_are_not_taken(lookups: Lookups) -> None:
    evil = {"q0": {"result": [{"id": "https://x.test/id/agent/ann", "name": "Ann"}, {"id": "1> <x", "name": "B"}]}}
    with serving(lambda _: as_json(evil)) as served:
        assert lookups.ask(at("gnd-reconcile", served.url), HEADINGS[0]) == []


def test_a_slow_service_costs_no_more_than_its_time(lookups: Lookups) -> None:
    lookups.settings = lookups.settings.with_flags(lookup_seconds=0.2)
    with speaking(lambda wire, over: over.wait(20)) as served:
        outcome = lookups.run(at("gnd-reconcile", served.url), HEADINGS)
    assert outcome.stopped


def test_we_say_who_we_are() -> None:
    said = agent(Settings(contact="desk@kota.test", public_url="https://kota.test"))
    assert said.startswith("Jejaring/")
    assert said.endswith("(https://kota.test; desk@kota.test)")
    assert agent(Settings(contact="désa@kota.test")).endswith("(d?sa@kota.test)")
    with pytest.raises(SettingsError):
        agent(Settings(contact="desk@kota.test\r\nX-Evil: 1"))


AGENTS = """@prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://x.test/id/agent/ann> a bf:Person ; rdfs:label "ann" ."""


def test_the_verbs(tmp_path: Path) -> None:
    (tmp_path / "agents.ttl").write_text(AGENTS)
    data = tmp_path / "data"
    Pipeline(Settings(data=str(data), base_iri="https://x.test")).load([Input(tmp_path / "agents.ttl")])

    def run(*arguments: str, status: int = 0) -> str:
        result = CliRunner().invoke(main, ["--data", str(data), "--base", "https://x.test", "lookup", *arguments])
        assert result.exit_code == status, result.output
        return result.output

    with serving(named) as served:
        declared = f"""services: {{kota: {{title: Kota, protocol: reconcile, address: '{served.url}', licence: CC0,
            iri: 'https://kota.test/', per_minute: 600, kinds: [person]}}}}"""
        (data / "lookups.yaml").write_text(declared)
        assert "look-ups are off" in run("ask", "kota", "ann", status=1)
        assert '"iri":"https://kota.test/n-ann"' in run("ask", "kota", "ann", "--online")
        assert "1 headings asked" in run("run", "kota", "--online")
    assert "1 passed over" in run("run", "kota")
    assert "kota\tKota\treconcile" in run("services")
    assert run("forget", "kota").startswith("What Kota said")
    assert "The run stopped" in run("run", "kota", status=1)
    assert "no service 'nobody'" in run("ask", "nobody", "x", status=1)
