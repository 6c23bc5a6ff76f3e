"""What follows from the agreements of the example; expectations worked out by hand from its sheets."""

from datetime import date

import pytest
from lxml import etree

from graph.agreements import atom, events, icalendar, statuses
from graph.departure import departure
from graph.reach import links, path

BASE = "https://data.jejaring.example/id/"


@pytest.mark.parametrize(
    ("agreement", "on", "status"),
    [
        ("A1", "2026-03-15", "berlaku"),  # ends 2026-12-31
        ("A1", "2026-10-02", "segera berakhir"),  # ninety days before its end
        ("A2", "2026-03-15", "segera berakhir"),  # ends 2026-05-20
        ("A2", "2026-05-21", "berakhir"),
        ("A4", "2026-05-01", "diperpanjang otomatis"),  # ended 2026-04-30, renews itself
        ("A8", "2026-03-15", "berakhir"),
        ("A11", "2025-09-01", "diakhiri"),
        ("A11", "2025-08-31", "berlaku"),
        ("A12", "2026-03-15", "rancangan"),
        ("A5", "2024-12-20", "akan berlaku"),  # signed 2024-12-15, starts 2025-01-01
        ("OF1", "2026-03-15", "berlaku"),
    ],
)
def test_status_words(network, agreement, on, status):
    assert statuses(network, on)[BASE + agreement] == status


def test_calendar_is_valid_icalendar(network):
    text = icalendar(events(network, "2026-03-15"), date(2026, 3, 15))
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert text.count("BEGIN:VEVENT") == len(events(network, "2026-03-15")) == 9
    assert "DTSTART;VALUE=DATE:20260331" in text
    unfolded = text.replace("\r\n ", "")
    assert "SUMMARY:PKS Silang Layan Tirtasari-Wanakerta: batas pemberitahuan" in unfolded


def test_calendar_as_atom_has_what_the_rfc_asks(network):
    feed = etree.fromstring(atom(events(network, "2026-03-15"), "https://x.example/feed", date(2026, 3, 15)))
    name = {"a": "http://www.w3.org/2005/Atom"}
    for node in [feed, *feed.findall("a:entry", name)]:
        assert all(len(node.findall(f"a:{child}", name)) == 1 for child in ("id", "title", "updated"))
    ids = [node.text for node in feed.findall("a:entry/a:id", name)]
    assert len(set(ids)) == 9


def test_path_by_partnerships(network):
    # karang–giri: P3 or P7 to a member of P5 or P8, then giri; agri is in no partnership
    joined = links(network, "2026-03-15")
    hops = path(joined, BASE + "karang", BASE + "giri")
    assert len(hops) == 2
    assert hops[-1].end == BASE + "giri"
    assert path(joined, BASE + "karang", BASE + "agri") is None
    assert path(joined, BASE + "kota", BASE + "kota") == []
    # before P3 and P7 (July 2025, January 2026) karang was in none
    assert path(links(network, "2025-06-30"), BASE + "karang", BASE + "giri") is None


def test_when_a_library_leaves(network):
    left = departure(network, "prov", "2026-03-15")
    # prov is no bridge: all its partners meet in P5 or P7; its offer lapses; A6 goes on between three
    assert left.separated == ()
    assert left.lapsing == (BASE + "OF1",)
    # karang borrows Laskar Pelangi (w02) nowhere needed: it holds it; nobody else loses w02, others lend it
    assert all(BASE + "w02" not in works for who, works in left.unreachable.items() if who == BASE + "kota")
    other = departure(network, "wana", "2026-03-15")
    assert {BASE + "A2", BASE + "A9"} == set(other.lapsing)
    # Cerita Rakyat Wanakerta (w11, children's, only at wana) is lost to every member of the network and partner
    assert BASE + "w11" in other.unreachable[BASE + "kota"]
