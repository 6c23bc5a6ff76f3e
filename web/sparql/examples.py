"""Examples for the editor: the saved queries of ``ontology/queries``, with their titles and example parameters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.settings import SETTINGS
from ontology.queries import saved_queries

_OVERVIEW = "SELECT ?class (COUNT(?s) AS ?n)\nWHERE { ?s a ?class }\nGROUP BY ?class\nORDER BY DESC(?n)"
_WRITTEN_FOR = next(str(setting.default) for setting in SETTINGS if setting.name == "base_iri")


@dataclass(frozen=True, slots=True)
class Example:
    """A query to start from; ``titles`` by language."""

    titles: Mapping[str, str]
    query: str


def examples(base: str) -> Iterator[Example]:
    """An overview, then the saved queries in their order; names of the example network are below ``base``."""
    yield Example({"en": "How many entities of each class", "id": "Jumlah entitas tiap kelas"}, _OVERVIEW)
    for saved in saved_queries().values():
        lines = saved.text.splitlines()
        text = "\n".join(line for line in lines if not line.startswith("#")).strip()
        yield Example(saved.title, text.replace(f"{_WRITTEN_FOR}/", f"{base}/"))
