"""The vocabulary: our ontology as a lookup of labels and codes, in Indonesian and English."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from ontology.codes import code_labels
from ontology.errors import DeclarationError

ONTOLOGY = Path(__file__).parent / "network" / "jejaring.ttl"
NAMESPACE = "https://w3id.org/jejaring/ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
NAMES = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "notation")
NEAR = 60
"""How alike (0 to 100) a label must be to be proposed for a word nobody knows."""


class UnknownCode(ValueError):
    """A word that stands for none, or for more than one, of the codes allowed; ``nearest`` may be empty."""

    def __init__(self, value: str, nearest: str) -> None:
        super().__init__(value)
        self.value = value
        self.nearest = nearest


class Vocabulary:
    """What the ontology file says, by IRI and by label."""

    def __init__(self, path: Path = ONTOLOGY) -> None:
        """Reads and checks the file. Raises DeclarationError when a code has no label in one of the languages."""
        parser = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        self._terms: defaultdict[str, defaultdict[str, list[ox.Literal | str]]]
        self._terms = defaultdict(lambda: defaultdict(list))
        for quad in parser:
            if isinstance(quad.subject, ox.NamedNode):
                value = quad.object
                self._terms[quad.subject.value][quad.predicate.value].append(
                    value if isinstance(value, ox.Literal) else str(value)[1:-1]
                )
        self.prefixes: dict[str, str] = dict(parser.prefixes)
        self._found: dict[str, dict[str, set[str]]] = {}
        self._check()

    def _check(self) -> None:
        for iri, said in self._terms.items():
            if SKOS + "inScheme" in said and not (self.label(iri, "id") and self.label(iri, "en")):
                raise DeclarationError(f"{iri} has no label in both languages.")

    def expand(self, name: str) -> str:
        """The IRI of a prefixed name; a full IRI stays. Raises KeyError for an unknown prefix."""
        if "://" in name:
            return name
        prefix, _, local = name.partition(":")
        return self.prefixes[prefix] + local

    def label(self, iri: str, language: str = "id") -> str:
        """The preferred label in a language; empty when there is none."""
        for predicate in (SKOS + "prefLabel", RDFS_LABEL, self.expand("dct:title")):
            for value in self._said(iri, predicate):
                if isinstance(value, ox.Literal) and value.language == language:
                    return value.value
        return ""

    def values(self, iri: str, predicate: str) -> list[ox.Literal | str]:
        """What a term says with a (prefixed) predicate."""
        return list(self._said(iri, self.expand(predicate)))

    def _said(self, iri: str, predicate: str) -> list[ox.Literal | str]:
        return self._terms[iri].get(predicate, []) if iri in self._terms else []

    def terms(self) -> Iterator[str]:
        """The IRIs of all terms, in the order of the file."""
        return iter(self._terms)

    def codes(self, selector: str) -> list[str]:
        """The codes a selector means: ``cat-`` by start of name, ``a odrl:Action`` by class; ``|`` joins."""
        return [iri for part in selector.split("|") for iri in self._selected(part.strip())]

    def _selected(self, selector: str) -> list[str]:
        if selector.startswith("a "):
            wanted = self.expand(selector[2:])
            return [iri for iri, said in self._terms.items() if wanted in said[RDF_TYPE]]
        start = NAMESPACE + selector
        return [iri for iri in self._terms if iri.startswith(start) and SKOS + "prefLabel" in self._terms[iri]]

    def find(self, value: str, selector: str) -> str:
        """The code a word stands for: its label in either language, another spelling, its notation or its name,
        in upper or lower case. Raises UnknownCode, with the nearest label."""
        names = self._names(selector)
        found = names.get(_folded(value), set())
        if len(found) == 1:
            return next(iter(found))
        labels = [self.label(iri) for iri in self.codes(selector)]
        near = process.extractOne(value, labels, scorer=fuzz.WRatio, score_cutoff=NEAR)
        raise UnknownCode(value, near[0] if near else "")

    def _names(self, selector: str) -> dict[str, set[str]]:
        if selector not in self._found:
            names: defaultdict[str, set[str]] = defaultdict(set)
            for iri in self.codes(selector):
                names[_folded(iri.removeprefix(NAMESPACE))].add(iri)
                for predicate in NAMES:
                    for value in self._terms[iri].get(predicate, ()):
                        names[_folded(value.value if isinstance(value, ox.Literal) else value)].add(iri)
            preferred = {
                _folded(self.label(iri, lang)): {iri} for iri in self.codes(selector) for lang in ("en", "id")
            }
            self._found[selector] = {**names, **preferred}
        return self._found[selector]

    def broader(self, iri: str) -> set[str]:
        """A code and every code above it."""
        above = {iri}
        for value in self.values(iri, "skos:broader"):
            if isinstance(value, str) and value not in above:
                above |= self.broader(value)
        return above


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the network, read once."""
    return Vocabulary()


@cache
def vocabulary_lines() -> tuple[str, ...]:
    """The whole ontology, and the labels of the codes that records use, as N-Triples lines without line end, each
    once; it has no blank nodes."""
    own = {f"{quad.triple} ." for quad in ox.parse(path=str(ONTOLOGY), format=ox.RdfFormat.TURTLE)}
    return tuple(sorted(own.union(code_labels())))
