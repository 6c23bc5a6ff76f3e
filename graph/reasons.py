"""Reasons in words: the sentences of ``ontology/reasons.yaml``, filled with names in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date

from graph.labels import labels
from graph.store import Store

_FILE = Path(__file__).resolve().parents[1] / "ontology" / "reasons.yaml"


@cache
def sentences() -> Mapping[str, Any]:
    """All sentences by key."""
    loaded: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence with its facts: IRIs, dates or text by the names in braces."""

    key: str
    facts: Mapping[str, str | date | None] = field(default_factory=dict)

    def iris(self) -> list[str]:
        """The IRIs among the facts."""
        return [fact for fact in self.facts.values() if isinstance(fact, str) and ":" in fact]

    def sentence(self, names: Mapping[str, str], language: str = "id") -> str:
        """What is so, in words; ``names`` are labels by IRI."""
        return self._filled(sentences()[self.key][language], names, language)

    def change(self, names: Mapping[str, str], language: str = "id") -> str:
        """What would have to change; empty when nothing."""
        return self._filled(sentences()[self.key].get("change", {}).get(language, ""), names, language)

    def _filled(self, sentence: str, names: Mapping[str, str], language: str) -> str:
        shown = {name: "…" if fact is None else _shown(fact, names, language) for name, fact in self.facts.items()}
        return sentence.format_map(shown)


def _shown(fact: str | date, names: Mapping[str, str], language: str) -> str:
    if isinstance(fact, date):
        return format_date(fact, "medium", locale=language)
    return names.get(fact, fact.rpartition("/id/")[2] or fact)


def names(store: Store, reasons: list[Reason], language: str = "id") -> dict[str, str]:
    """The labels all these reasons need, in one query."""
    return labels(store, {iri for reason in reasons for iri in reason.iris() if iri.startswith("http")}, language)
