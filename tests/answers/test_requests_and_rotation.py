import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from graph.errors import QueryError
from graph.lending_request import message, prepared
from graph.rotation import packages, timetable
from web.cli import ask as verbs
from web.cli import main

BASE = "https://data.jejaring.example/id/"
NAME = {"i": "http://illtransactions.org/2013/iso18626"}
NOW = datetime(2026, 3, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def request_message(network):
    return message(prepared(network, network.may("lend", "i04", "kota", "2026-03-15"), "r1", NOW))


def test_message_names_agencies_title_and_service_but_no_patron(request_message):
    root = etree.fromstring(request_message)
    values = {tag: root.find(f".//i:{tag}", NAME).text for tag in ("title", "author", "serviceType")}
    assert values == {"title": "Bumi Manusia", "author": "Pramoedya Ananta Toer", "serviceType": "Loan"}
    assert root.find(".//i:supplyingAgencyId/i:agencyIdValue", NAME).text == "ID-UM1"
    assert root.find(".//i:requestingAgencyId/i:agencyIdValue", NAME).text == "kota"
    assert root.find(".//i:patronInfo", NAME) is None


@pytest.mark.shared
def test_message_is_valid_against_the_schema(request_message, shared: Path):
    schema = etree.XMLSchema(etree.parse(str(shared / "data" / "vocabularies" / "iso18626_v1_2.xsd")))
    schema.assertValid(etree.fromstring(request_message))


def test_nothing_is_requested_on_a_no(network):
    with pytest.raises(QueryError, match="nothing to request"):
        prepared(network, network.may("lend", "i19", "kota", "2026-03-15"), "r1", NOW)


def test_last_copies_stay_at_home(network):
    travelling = {work for package in packages(network, "P7") for work in package.works}
    # w11 is held by wana alone; w01, w02 and w06 are held elsewhere too
    assert BASE + "w11" not in travelling
    assert BASE + "w02" in travelling


def test_no_host_gets_its_own_package_or_two_at_once(network):
    stages = timetable(network, "P7", date(2027, 1, 1), 60, 3)
    assert stages
    assert all(stage.host != stage.package.owner for stage in stages)
    assert len({(stage.host, stage.starts) for stage in stages}) == len(stages)
    assert stages[0].ends == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("calendar", "--on", "2026-03-15"), "BEGIN:VCALENDAR"),
        (("calendar", "--on", "2026-03-15", "--format", "atom"), "<atom:feed"),
        (("request", "lend", "w01", "--for", "wana", "--on", "2026-03-15"), "ISO18626Message"),
        (("plan-rotation", "P7", "--from", "2027-01-01"), "2027-03-01"),
        (("what-if", "wana", "--on", "2026-03-15"), '"lapsing"'),
    ],
)
def test_verbs(monkeypatch, network, tmp_path, words, part):
    monkeypatch.setattr(verbs, "published", lambda settings: network.store)
    result = CliRunner().invoke(main, ["--data", str(tmp_path), "--base", network.base, *words])
    assert result.exit_code == 0, result.output
    assert part in result.output


def test_a_timetable_beyond_the_calendar_is_refused_and_hosts_are_named_by_id(monkeypatch, network, tmp_path):
    monkeypatch.setattr(verbs, "published", lambda settings: network.store)
    words = ["--data", str(tmp_path), "--base", network.base, "plan-rotation", "P7", "--from"]
    assert "after the year 9999" in CliRunner().invoke(main, [*words, "9999-12-01"]).output
    assert BASE not in CliRunner().invoke(main, [*words, "2027-01-01"]).stdout


def test_what_if_is_json(monkeypatch, network, tmp_path):
    monkeypatch.setattr(verbs, "published", lambda settings: network.store)
    result = CliRunner().invoke(main, ["--data", str(tmp_path), "--base", network.base, "what-if", "prov"])
    assert json.loads(result.output)["library"] == BASE + "prov"
