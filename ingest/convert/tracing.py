"""Why a record became these statements: conversion with each rule telling what it wrote."""

from dataclasses import dataclass, field

from pymarc import Field, Record

from ingest.convert import Conversion, Converter, compiled, rules
from ingest.convert.draft import Draft
from ingest.source import Source
from ontology.rules import Rule

_JUDGED = frozenset({"001", "003", "005", "006", "007", "008"})


@dataclass(slots=True)
class Step:
    """One field, or what was judged of the whole record (``text`` empty), with what each rule made of it."""

    text: str
    made: list[tuple[Rule | None, list[str]]] = field(default_factory=list)

    @property
    def judged(self) -> bool:
        """Whether this is a control field, which no rule reads by itself but the judgement of the whole record."""
        return self.text[1:4] in _JUDGED and not self.made


class Tracer:
    """Collects the steps of one conversion."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._rule: Rule | None = None
        self._from = 0
        self._draft: Draft | None = None

    def field(self, draft: Draft, line: Field | None) -> None:
        """A field begins (None: the fields are over)."""
        if self._draft is None:
            self._draft = draft
            draft.mark = self.mark
            self.steps.append(Step(f"=LDR  {draft.leader}"))
        self._cut(draft)
        self._rule = None
        self.steps.append(Step(str(line) if line is not None else ""))

    def mark(self, index: int) -> None:
        """A rule begins."""
        assert self._draft is not None
        self._cut(self._draft)
        self._rule = rules()[index]

    def _cut(self, draft: Draft) -> None:
        lines = list(dict.fromkeys(draft.lines[self._from :]))
        self._from = len(draft.lines)
        if lines and self.steps:
            self.steps[-1].made.append((self._rule, lines))

    def end(self) -> None:
        """Take in what was written last."""
        if self._draft is not None:
            self._cut(self._draft)


def explain(base: str, source: Source, record: Record) -> tuple[Conversion, list[Step]]:
    """Convert a record and tell, field by field, which rule wrote which lines."""
    converter = Converter(base, source)
    converter.functions = compiled(trace=True).functions
    tracer = Tracer()
    conversion = converter.convert(record, tracer.field)
    tracer.end()
    return conversion, tracer.steps
