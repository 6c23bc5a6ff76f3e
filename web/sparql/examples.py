"""Examples for the editor: the saved queries of ``ontology/queries``, with their titles and example parameters."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A query to start from; ``titles`` by language."""

    titles: dict[str, str]
    query: str


def examples() -> Iterator[Example]:
    """All of them, in the order of the saved queries."""
    yield Example(
        {"en": "How many entities of each class", "id": "Jumlah entitas tiap kelas"},
        "SELECT ?class (COUNT(?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n)",
    )
