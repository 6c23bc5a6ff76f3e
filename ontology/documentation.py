"""The ontology as documentation: classes, properties, actions and code lists with both languages, in sections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from ontology.vocabulary import NAMESPACE, RDF_TYPE, vocabulary


@dataclass(frozen=True, slots=True)
class Term:
    """One term of ours, ready to be shown. ``links`` are the terms it is tied to: (relation, IRI, shown name)."""

    iri: str
    name: str
    label: dict[str, str]
    definition: dict[str, str]
    notation: str
    links: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Terms that belong together: all classes, all properties, or one code list."""

    name: str
    title: dict[str, str]
    terms: tuple[Term, ...]


RELATIONS = (
    "rdfs:subClassOf",
    "rdfs:subPropertyOf",
    "rdfs:domain",
    "rdfs:range",
    "skos:broader",
    "skos:closeMatch",
)
KINDS = (
    ("classes", {"id": "Kelas", "en": "Classes"}, ("owl:Class",)),
    ("properties", {"id": "Properti", "en": "Properties"}, ("owl:ObjectProperty", "owl:DatatypeProperty")),
)


def sections() -> list[Section]:
    """Everything the ontology declares in our namespace, section by section."""
    ours = [iri for iri in vocabulary().terms() if iri.startswith(NAMESPACE)]
    found = [Section(name, title, _terms(_of_type(ours, types))) for name, title, types in KINDS]
    schemes = [iri for iri in ours if iri.removeprefix(NAMESPACE).startswith("scheme-")]
    for scheme in schemes:
        members = [iri for iri in ours if scheme in vocabulary().values(iri, "skos:inScheme")]
        title = {language: vocabulary().label(scheme, language) for language in ("id", "en")}
        found.append(Section(scheme.removeprefix(NAMESPACE), title, _terms(members)))
    return [section for section in found if section.terms]


def _of_type(iris: list[str], types: Iterable[str]) -> Iterator[str]:
    wanted = {vocabulary().expand(name) for name in types}
    return (iri for iri in iris if wanted & {str(value) for value in vocabulary().values(iri, RDF_TYPE)})


def _terms(iris: Iterable[str]) -> tuple[Term, ...]:
    return tuple(_term(iri) for iri in iris)


def _term(iri: str) -> Term:
    words = vocabulary()
    links = [(r, str(v), _shown(str(v))) for r in RELATIONS for v in words.values(iri, r) if isinstance(v, str)]
    notation = "".join(v.value for v in words.values(iri, "skos:notation")[:1] if isinstance(v, ox.Literal))
    return Term(
        iri,
        iri.removeprefix(NAMESPACE),
        {language: words.label(iri, language) for language in ("id", "en")},
        _by_language(iri, "skos:definition"),
        notation,
        tuple(links),
    )


def _by_language(iri: str, predicate: str) -> dict[str, str]:
    values = vocabulary().values(iri, predicate)
    return {v.language or "": v.value for v in values if isinstance(v, ox.Literal)}


def _shown(iri: str) -> str:
    for prefix, namespace in vocabulary().prefixes.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
