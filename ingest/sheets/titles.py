"""Titles in sheets: an id, an ISBN or ISSN, or the words of a title; found in the catalogue where it has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.names import SPARQL_PREFIXES, digest, entity
from graph.store import Store
from ingest.problems import Severity
from ingest.sheets.triples import Node, text
from ontology.sheets import Column

if TYPE_CHECKING:
    from ingest.sheets.rows import Row

WORK = "http://www.w3.org/ns/odrl/2/target"
STANDARD = re.compile(r"(?:97[89])?\d{9}[\dX]|\d{7}[\dX]", re.IGNORECASE)


class Titles:
    """Finds the instance (or work) a cell means; what the catalogue lacks is stated as a minimal instance."""

    def __init__(self, base: str, known: Store | None) -> None:
        self.base = base
        self.known = known

    def term(self, row: Row, column: Column, value: str) -> str:
        """The instance as a term, or the work in a column about works."""
        of_work = WORK in column.predicates
        bare = re.sub(r"[\s-]", "", value)
        if STANDARD.fullmatch(bare):
            found = self._by_number(bare.upper(), of_work)
        elif re.fullmatch(r"[a-z0-9][a-z0-9._~/-]*", value) or (value.isascii() and self._known(value)):
            return f"<{entity(self.base, *value.split('/'))}>"
        else:
            found = self._by_title(value, of_work)
        if found:
            return found
        if self.known is not None:
            message = (
                f"{value!r} is no id known so far; it is noted, and matched with the catalogues by title or number."
            )
            remedy = "Write the ISBN or the id of the instance where that does not find it."
            row.refuse("title-not-held", column.id, message, remedy, Severity.WARNING)
        return self._minimal(row, value, bare, of_work)

    def _known(self, value: str) -> bool:
        if self.known is None or re.search(r"\s", value):
            return False
        return self.known.ask(f"ASK {{ <{entity(self.base, *value.split('/'))}> ?p ?o }}")

    def _by_number(self, number: str, of_work: bool) -> str:
        return self._single(f"?i bf:identifiedBy ?n . ?n rdf:value {text(number)} .", of_work)

    def _by_title(self, words: str, of_work: bool) -> str:
        return self._single(f"?t bf:mainTitle {text(words)} . ?i bf:title ?t .", of_work)

    def _single(self, pattern: str, of_work: bool) -> str:
        """The one instance (or its work) that a pattern finds; empty when there is none, or more than one."""
        if self.known is None:
            return ""
        what = "?i bf:instanceOf ?found" if of_work else "BIND(?i AS ?found) ?i a bf:Instance"
        query = f"{SPARQL_PREFIXES}SELECT DISTINCT ?found WHERE {{ {pattern} {what} }} LIMIT 2"
        rows = [row["found"] for row in self.known.select(query)]
        return str(rows[0]) if len(rows) == 1 and isinstance(rows[0], ox.NamedNode) else ""

    def _minimal(self, row: Row, value: str, bare: str, of_work: bool) -> str:
        name = digest("title", value.casefold())
        work = Node(entity(self.base, "work", f"sheet-{name}"), "bf:Work", lines=row.lines)
        instance = Node(entity(self.base, "instance", f"sheet-{name}"), "bf:Instance", lines=row.lines)
        for node in (work, instance):
            node.say("rdfs:label", text(value))
            node.part("title", "bf:title", "bf:Title").say("bf:mainTitle", text(value))
        instance.say("bf:instanceOf", f"<{work.subject}>")
        work.say("bf:hasInstance", f"<{instance.subject}>")
        if STANDARD.fullmatch(bare):
            kind = "bf:Issn" if len(bare) == 8 else "bf:Isbn"
            instance.part(f"number-{bare.lower()}", "bf:identifiedBy", kind).say("rdf:value", text(bare.upper()))
        return f"<{(work if of_work else instance).subject}>"
