"""Titles in sheets: an id, an ISBN or ISSN, or the words of a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.identifiers import variants
from graph.names import digest, entity
from graph.store import Store
from ingest.sheets.triples import Node, text
from ontology.sheets import Column

if TYPE_CHECKING:
    from ingest.sheets.rows import Row

WORK = "http://www.w3.org/ns/odrl/2/target"
STANDARD = re.compile(r"(?:97[89])?\d{9}[\dX]|\d{7}[\dX]", re.IGNORECASE)
NOTED = "sheet-"
"""How the local names of works and instances begin that are known from a sheet alone."""
EDITION = re.compile(r"instance/.+")
"""The id of a catalogue's edition: source and number of its record, which may have capitals, blanks and strokes."""
ID = re.compile(r"[a-z0-9][a-z0-9._~/-]*")


def cited(base: str, value: str) -> str:
    """The IRI that an id of a work or publication means."""
    return entity(base, *value.split("/", 1 if EDITION.fullmatch(value) else -1))


class Titles:
    """The instance (or work) a cell means. Catalogues are not read here: a title or number is noted as a minimal
    instance, which gives way to what the catalogues know once all is loaded (``ontology/derived``)."""

    def __init__(self, base: str, known: Store | None) -> None:
        self.base = base
        self.known = known

    def term(self, row: Row, column: Column, value: str) -> str:
        """The instance as a term, or the work in a column about works."""
        bare = re.sub(r"[\s-]", "", value)
        if not STANDARD.fullmatch(bare) and self._is_id(value):
            row.cites.append((column, value))
            return f"<{cited(self.base, value)}>"
        return self._minimal(row, value, bare, WORK in column.predicates)

    def _is_id(self, value: str) -> bool:
        """Whether a cell is an id: it is known, or looks like one (``w01``, ``instance/kota-12``). A word without
        digit or slash that nobody knows is a title (``pulang``)."""
        if EDITION.fullmatch(value):
            return True
        if re.search(r"\s", value) or not value.isascii():
            return False
        if self.known is not None and self.known.ask(f"ASK {{ <{cited(self.base, value)}> ?p ?o }}"):
            return True
        return bool(ID.fullmatch(value) and (self.known is None or re.search(r"[\d/]", value)))

    def _minimal(self, row: Row, value: str, bare: str, of_work: bool) -> str:
        name = digest("title", value.casefold())
        work = Node(entity(self.base, "work", NOTED + name), "bf:Work", lines=row.lines)
        instance = Node(entity(self.base, "instance", NOTED + name), "bf:Instance", lines=row.lines)
        for node in (work, instance):
            node.say("rdfs:label", text(value))
            node.part("title", "bf:title", "bf:Title").say("bf:mainTitle", text(value))
        instance.say("bf:instanceOf", f"<{work.subject}>")
        work.say("bf:hasInstance", f"<{instance.subject}>")
        if STANDARD.fullmatch(bare):
            kind = "bf:Issn" if len(bare) == 8 else "bf:Isbn"
            identifier = instance.part(f"number-{bare.lower()}", "bf:identifiedBy", kind)
            for number in sorted(variants(bare.upper())):
                identifier.say("rdf:value", text(number))
        return f"<{(work if of_work else instance).subject}>"
