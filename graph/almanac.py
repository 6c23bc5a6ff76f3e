"""Days to remember as iCalendar (RFC 5545), and news as an Atom feed (RFC 4287)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lxml import etree

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Day:
    """An event of one or more whole days; ``identifier`` stays the same as long as it is the same event."""

    identifier: str
    starts: date
    ends: date
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class News:
    """One entry of a feed: ``identifier`` is an IRI, ``address`` where it can be read."""

    identifier: str
    title: str
    updated: date
    address: str
    content: str


def icalendar(days: Iterable[Day], made: date) -> str:
    """The days as all-day events; lines end in CRLF and are folded at 75 bytes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jejaring//jejaring//ID", "CALSCALE:GREGORIAN"]
    for day in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{day.identifier}@jejaring",
            f"DTSTAMP:{made:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day.starts:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day.ends + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(day.title)}",
            f"URL:{day.address}",
            "END:VEVENT",
        ]
    return "".join(_folded(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def feed(news: Iterable[News], address: str, title: str, author: str, made: date) -> bytes:
    """The news as a feed; ``address`` is the feed's own, ``made`` the day of the release it speaks of."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={"atom": _ATOM})
    _head(root, address, title, made)
    _child(_child(root, "author"), "name", author)
    _link(root, "self", address)
    for one in news:
        entry = _child(root, "entry")
        _head(entry, one.identifier, one.title, one.updated)
        _child(entry, "content", one.content)
        _link(entry, "alternate", one.address)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _head(parent: etree._Element, identifier: str, title: str, updated: date) -> None:
    _child(parent, "id", identifier)
    _child(parent, "title", title)
    _child(parent, "updated", f"{updated}T00:00:00Z")


def _link(parent: etree._Element, relation: str, address: str) -> None:
    link = _child(parent, "link")
    link.set("rel", relation)
    link.set("href", address)


def _child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = text
    return child


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
