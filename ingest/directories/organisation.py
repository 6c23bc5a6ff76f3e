"""An organisation as other people's directories describe it, and what we state of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

import ontology
from graph.names import entity
from ingest.problems import Problem, Severity
from ingest.sheets.cells import CellError, coordinate, link, plain
from ingest.sheets.triples import Node, iri, text, typed
from ontology.vocabulary import vocabulary

KINDS = Path(ontology.__file__).parent / "network" / "kinds.yaml"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NOT_STATED = "1900-01-01"
"""Stands in for a start date the source does not give, together with ``jp:notStated jp:term-start``."""


@cache
def kinds(directory: str) -> Mapping[str, str]:
    """What a directory's words for kinds of organisation mean (``ontology/network/kinds.yaml``)."""
    content = yaml.safe_load(KINDS.read_text(encoding="utf-8"))
    return {str(word): str(kind) for word, kind in content[directory].items()}


@dataclass(slots=True)
class Reading:
    """A directory being read: its lines, and what was not understood.
    ``library`` is the id of the library the file is said to be of."""

    file: str
    base: str
    library: str = ""
    lines: list[str] = field(default_factory=list)
    noted: list[Problem] = field(default_factory=list)
    unknown_kinds: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, kind: str, message: str, record: int | None = None, place: str = "", lost: bool = False) -> None:
        """Something that was not understood or is missing in the source."""
        severity = Severity.LOST if lost else Severity.WARNING
        self.noted.append(Problem(kind, message, "", severity, self.file, record, None, place))

    def problems(self) -> list[Problem]:
        """The report: all that was noted (who shows it, counts it by kind); words for kinds of organisation that
        nobody listed, each with its count."""
        return [self._unlisted(*word, count) for word, count in sorted(self.unknown_kinds.items())] + self.noted

    def _unlisted(self, directory: str, word: str, count: int) -> Problem:
        message = f"{word!r} is no kind of organisation known here; {count} entries have it and became 'other'."
        remedy = f"List it under {directory!r} in ontology/network/kinds.yaml."
        return Problem("unknown-kind", message, remedy, Severity.WARNING, self.file)

    def kind(self, directory: str, word: str) -> str:
        """Our kind for a directory's word; a word nobody listed is counted and becomes ``other``."""
        found = kinds(directory).get(word)
        if found is None:
            self.unknown_kinds[directory, word] += 1
        return found or "kind-other"


@dataclass(slots=True)
class Organisation:
    """One entry of a directory. ``parent`` is an id, ``parent_name`` a name; ``hours`` by English day name."""

    id: str
    name: str
    kind: str = "kind-library"
    language: str = ""
    isil: str = ""
    npp: str = ""
    parent: str = ""
    parent_name: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    postcode: str = ""
    lat: str = ""
    lon: str = ""
    email: str = ""
    telephone: str = ""
    url: str = ""
    catalogue: str = ""
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    hours: Mapping[str, str] = field(default_factory=dict)
    hours_text: str = ""

    def state(self, reading: Reading, record: int) -> Node:
        """Add the statements to a reading; gives the node, for what else its format says."""
        above = vocabulary().broader(vocabulary().expand(f"jp:{self.kind}"))
        library = vocabulary().expand("jp:kind-library") in above
        node = Node(
            entity(reading.base, self.id),
            "schema:Library" if library else "schema:Organization",
            "org:Organization",
            "bf:Agent",
            lines=reading.lines,
        )
        for predicate in ("schema:name", "rdfs:label"):
            node.say(predicate, text(self.name, self.language))
        node.say("org:classification", iri(f"jp:{self.kind}"))
        self._identify(node)
        self._place(node, reading, record)
        self._contact(node, reading, record)
        self._hours(node, reading, record)
        return node

    def _identify(self, node: Node) -> None:
        node.say("jp:isil", _text(self.isil))
        node.say("jp:npp", _text(self.npp))
        for code in dict.fromkeys(self.codes):
            node.say("jp:localCode", _text(code))
        for name in self.names:
            node.say("schema:alternateName", _text(name))
        if self.parent:
            node.say("schema:parentOrganization", f"<{entity(node.subject.partition('/id/')[0], self.parent)}>")
        elif self.parent_name:
            part = node.part("parent", "schema:parentOrganization", "schema:Organization")
            part.say("schema:name", text(self.parent_name, self.language))

    def _place(self, node: Node, reading: Reading, record: int) -> None:
        address = {
            "streetAddress": self.street,
            "addressLocality": self.city,
            "addressRegion": self.region,
            "addressCountry": self.country,
            "postalCode": self.postcode,
        }
        if any(address.values()):
            part = node.part("address", "schema:address", "schema:PostalAddress")
            for name, value in address.items():
                part.say(f"schema:{name}", _text(value))
        if self.lat and self.lon:
            try:
                lat, lon = (typed(plain(coordinate(value)), "decimal") for value in (self.lat, self.lon))
            except CellError as error:
                reading.note("bad-coordinate", error.message, record)
                return
            part = node.part("geo", "schema:geo", "schema:GeoCoordinates")
            part.say("schema:latitude", lat)
            part.say("schema:longitude", lon)

    def _contact(self, node: Node, reading: Reading, record: int) -> None:
        node.say("schema:email", _text(self.email.removeprefix("mailto:")))
        node.say("schema:telephone", _text(self.telephone))
        links = [("schema:url", self.url), ("jp:catalogue", self.catalogue)]
        links += [("rdfs:seeAlso", address) for address in self.see_also]
        links += [("schema:sameAs", address) for address in self.same_as]
        for predicate, address in links:
            if address:
                try:
                    node.say(predicate, iri(link(address)))
                except CellError as error:
                    reading.note("bad-link", error.message, record)

    def _hours(self, node: Node, reading: Reading, record: int) -> None:
        for day, said in self.hours.items():
            opens, _, closes = said.partition("-")
            if not said or said == "closed":
                continue
            if not closes or opens >= closes:
                reading.note("bad-hours", f"{self.name}, {day}: {said!r} ends before it begins; left out.", record)
                continue
            part = node.part(f"hours-{day.casefold()}", "schema:openingHoursSpecification")
            part.lines.append(f"<{part.subject}> {iri('rdf:type')} {iri('schema:OpeningHoursSpecification')} .")
            part.say("schema:dayOfWeek", iri(f"schema:{day}"))
            part.say("schema:opens", typed(f"{opens}:00", "time"))
            part.say("schema:closes", typed(f"{closes}:00", "time"))
        node.say("schema:openingHours", _text(self.hours_text))


def _text(value: str) -> str:
    return text(value.strip()) if value.strip() else ""


def membership(reading: Reading, body: str, member: str, *, role: str = "role-member", since: str = "") -> Node:
    """State that an organisation is a member of a network; without a date, that the source gives none."""
    node = Node(entity(reading.base, f"{body}-{member}"), "org:Membership", lines=reading.lines)
    node.say("org:organization", f"<{entity(reading.base, body)}>")
    node.say("org:member", f"<{entity(reading.base, member)}>")
    node.say("org:role", iri(f"jp:{role}"))
    begins(node, since)
    return node


def begins(node: Node, since: str = "") -> None:
    """State the start date, or that there is none."""
    node.say("schema:startDate", typed(since or NOT_STATED, "date"))
    if not since:
        node.say("jp:notStated", iri("jp:term-start"))
