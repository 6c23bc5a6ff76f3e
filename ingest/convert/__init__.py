"""From a MARC record to BIBFRAME as N-Triples text.

``Converter(base, source).convert(record)`` is a pure function of record, source and rules. The rules are data
(``ontology/rules``), compiled once per process; docs/writing-a-rule.md.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from pymarc import Field, Record

from ingest.carried_links import link_problems
from ingest.convert import admin, judgement, provision
from ingest.convert.classes import subject_group
from ingest.convert.draft import Draft
from ingest.convert.indexed import Indexed
from ingest.convert.labels import labelled
from ingest.convert.local import keep
from ingest.convert.scripts import linked_tag, literal_end, translation_end
from ingest.convert.text import cleaned
from ingest.convert.vocabulary import vocabulary
from ingest.items import convert_items
from ingest.other_records import convert_other
from ingest.problems import Problem
from ingest.source import Source
from ontology.compiler import Compiled, compile_rules
from ontology.rules import Rule, load_rules

CALLS_THAT_PAIR = frozenset(
    ["main_entry", "added_entry", "uniform_title", "subject", "name_subject", "traced_series", "linking_entry"]
)
"""Functions that put the other script into the entity itself: their paired 880s are not converted again."""

_TAG = attrgetter("tag")
NONE: frozenset[str] = frozenset()
NONE_USED: frozenset[int] = frozenset()


@dataclass(slots=True)
class Conversion:
    """What a record was converted to: lines of N-Triples without line end, each once; the identity keys of
    the shared entities it states something about, by IRI; problems; its instance and works."""

    lines: list[str]
    shared: dict[str, tuple[str, ...]]
    problems: list[Problem]
    instance: str
    works: list[str]


@cache
def rules() -> list[Rule]:
    """The project's rules."""
    return load_rules()


@cache
def compiled(trace: bool = False) -> Compiled:
    """The project's rules as functions by tag."""
    return compile_rules(rules(), vocabulary(), trace=trace)


@cache
def ruled() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Subfields that rules speak of, by tag; tags whose calls pair 880s."""
    known: dict[str, frozenset[str]] = {}
    pairing: set[str] = set()
    for rule in rules():
        if rule.call in CALLS_THAT_PAIR:
            pairing.update(rule.tags)
        for tag in rule.tags:
            known[tag] = known.get(tag, NONE).union(rule.codes(), rule.ignore)
    return known, frozenset(pairing)


class Converter:
    """Converts the records of one source."""

    def __init__(self, base_iri: str, source: Source, *, items: bool = True) -> None:
        self.base, self.source, self.items = base_iri.rstrip("/"), source, items
        self.functions = compiled().functions
        self.known, self.pairing = ruled()

    def convert(self, record: Record, mark: Callable[[Draft, Field | None], None] | None = None) -> Conversion:
        """The statements of a record. ``mark`` is told before each field what comes, for tracing."""
        record = Indexed.of(record)
        if (other := convert_other(self.base, self.source, record)) is not None:
            return Conversion(other[0], {}, other[1], "", [])
        draft = Draft(self.base, record)
        judgement.begin(draft, self.source.id)
        functions = self.functions
        items, used = self._items(draft)
        draft.problems += link_problems(record)
        for line in sorted(record.fields, key=_TAG):  # some records have them in another order
            if mark is not None:
                mark(draft, line)
            self._field(draft, line, functions, used)
        if mark is not None:
            mark(draft, None)
        judgement.medium(draft)
        provision.after(draft)
        subject_group(draft)
        admin.record(draft, self.source.library)
        draft.lines += items
        lines = labelled(draft.lines)
        return Conversion(lines, draft.shared, draft.problems, draft.I[1:-1], draft.works)

    def _field(self, draft: Draft, line: Field, functions: dict[str, Any], used: Set[int]) -> None:
        tag = line.tag
        if line.control_field:
            draft.tag = tag
            function = functions.get(tag)
            if function is not None:
                function(line, line.data or "", draft)
            return
        subs = cleaned(line.subfields)
        if tag == "880":
            tag, occurrence = linked_tag(line)
            if tag in self.pairing and f"{tag}-{occurrence}" in draft.paired and _partner(draft, tag, occurrence):
                return
            draft.close = literal_end(line, draft)
        elif tag == "242":
            draft.close = translation_end(line)
        draft.tag = tag
        function = functions.get(tag)
        if function is not None:
            function(line, subs, draft)
        known = self.known.get(tag, NONE)
        for code, _ in subs:
            if code not in known and id(line) not in used:
                keep(draft, line, tag, [pair for pair in subs if pair[0] not in known])
                break
        draft.close = '" .'

    def _items(self, draft: Draft) -> tuple[list[str], Set[int]]:
        """The statements about items, and the fields they say all of."""
        if not self.items:
            return [], NONE_USED
        lines, problems, used = convert_items(self.base, self.source, draft.record, draft.I[1:-1])
        draft.problems += problems
        return lines, used


def _partner(draft: Draft, tag: str, occurrence: str) -> bool:
    """Whether the field that an 880 stands for is there."""
    return any((other.get("6") or "")[4:6] == occurrence for other in draft.record.get_fields(tag))
