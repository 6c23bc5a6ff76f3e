"""Agreements in time: status words at a date, and the calendar as iCalendar (RFC 5545) and Atom (RFC 4287)."""

from datetime import date, timedelta
from hashlib import blake2b

from lxml import etree

from graph.network import Network
from graph.queries import Row

_ATOM = "http://www.w3.org/2005/Atom"


def statuses(network: Network, on: str | date | None = None) -> dict[str, str]:
    """The status word of every agreement and offer by IRI: rancangan, akan berlaku, berlaku, segera berakhir,
    diperpanjang otomatis, berakhir or diakhiri (DESIGN 5)."""
    return {str(row["policy"]): str(row["status"]) for row in network.ask("agreement-status", on).rows}


def events(network: Network, on: str | date | None = None) -> list[Row]:
    """The days to remember in the year from a day on: date, agreement, label, event."""
    return network.ask("agreement-dates", on).rows


def icalendar(rows: list[Row], made: date) -> str:
    """The days as all-day events; lines end in CRLF and are folded at 75 bytes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jejaring//perjanjian//ID", "CALSCALE:GREGORIAN"]
    for row in rows:
        day = _day(row)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_identifier(row)}@jejaring",
            f"DTSTAMP:{made:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(_title(row))}",
            f"URL:{row['agreement']}",
            "END:VEVENT",
        ]
    return "".join(_folded(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def atom(rows: list[Row], address: str, made: date) -> bytes:
    """The days as a feed; ``address`` is the feed's own IRI, ``made`` the day of the release it speaks of."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={"atom": _ATOM})
    _entry(feed, address, "Kalender perjanjian", made)
    _child(_child(feed, "author"), "name", "Jejaring")
    _child(feed, "link").set("href", address)
    feed[-1].set("rel", "self")
    for row in rows:
        entry = _child(feed, "entry")
        _entry(entry, f"{row['agreement']}#{_identifier(row)}", f"{_day(row)} {_title(row)}", made)
        _child(entry, "content", _title(row))
        _child(entry, "link").set("href", str(row["agreement"]))
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8")


def _entry(parent: etree._Element, identifier: str, title: str, made: date) -> None:
    _child(parent, "id", identifier)
    _child(parent, "title", title)
    _child(parent, "updated", f"{made}T00:00:00Z")


def _child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = text
    return child


def _title(row: Row) -> str:
    return f"{row['label']}: {row['event']}"


def _day(row: Row) -> date:
    assert isinstance(row["date"], date)
    return row["date"]


def _identifier(row: Row) -> str:
    content = f"{row['agreement']} {row['event']}".encode()
    return blake2b(content, digest_size=8).hexdigest()


def _escaped(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> str:
    folded, rest = "", line
    while len(rest.encode()) > 75:
        end = 75
        while len(rest[:end].encode()) > 75:
            end -= 1
        folded, rest = folded + rest[:end] + "\r\n", " " + rest[end:]
    return folded + rest
