"""How entities are shown: kinds with their addresses, and facts in their order, read from the files beside this."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from ontology import codes
from ontology.terms import iri

FOLDER = Path(__file__).parent
Names = Mapping[str, str]
_LOC = tuple(f"http://id.loc.gov/{part}/" for part in ("vocabulary", "ontologies", "authorities"))
_LABELS = ("http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entity: the classes that make it, its address segment, its name in both languages."""

    kind: str
    segment: str
    classes: tuple[str, ...]
    name: Names
    many: Names


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, most telling first; the last fits everything."""
    return tuple(
        Kind(one["kind"], one["segment"], tuple(one["classes"]), {"en": one["en"], "id": one["id"]}, one["many"])
        for one in _read("kinds.yaml")
    )


@cache
def properties() -> Mapping[str, Names]:
    """Prefixed property names in the order in which facts are shown, with their names in both languages."""
    return dict(_read("properties.yaml"))


@dataclass(frozen=True, slots=True)
class Manner:
    """How a part reads in one line, as ``parts.yaml`` explains; names have their prefix."""

    first: tuple[str, ...] = ()
    brackets: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    span: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


@cache
def manners() -> Mapping[str, Manner]:
    """How parts read, by the property that leads to them. Raises TypeError for an unknown word."""
    return {
        name: Manner(**{word: tuple(names) for word, names in said.items()})
        for name, said in _read("parts.yaml").items()
    }


@cache
def amounts() -> frozenset[str]:
    """Names of columns that are sums of money."""
    return frozenset(_read("amounts.yaml"))


@cache
def own_names() -> Mapping[str, Mapping[str, str]]:
    """Labels of our own vocabulary by IRI and language, for stores into which it was not loaded."""
    found: dict[str, dict[str, str]] = {}
    for quad in ox.parse(path=str(FOLDER.parent / "network" / "jejaring.ttl"), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value in _LABELS and isinstance(quad.object, ox.Literal):
            found.setdefault(str(getattr(quad.subject, "value", "")), {})[quad.object.language or ""] = (
                quad.object.value
            )
    return found


@cache
def classes() -> Mapping[str, Names]:
    """What classes of other vocabularies are called, by IRI and language."""
    return {
        iri(name).strip("<>"): {"en": english, "id": indonesian}
        for name, (english, indonesian) in _read("classes.yaml").items()
    }


@cache
def _notes() -> Mapping[str, str]:
    return dict(_read("notes.yaml"))


def kind_of_note(kind: str, language: str) -> str:
    """What a kind of note is called; one of which no list knows stays as it is written.

    >>> kind_of_note("library code", "id")
    'kode perpustakaan'
    """
    return _notes().get(kind, kind) if language == "id" else kind


@cache
def _authorities() -> Mapping[str, list[str]]:
    return dict(_read("authorities.yaml"))


@cache
def relations() -> Mapping[str, list[str]]:
    """How works are related: code of the Library of Congress → its name in English and in Indonesian."""
    return dict(_read("relations.yaml"))


def code_name(iri: str, language: str) -> str:
    """What to call a code that has no label in the store: of ours, of others we know, else its end; or nothing.

    >>> code_name("http://id.loc.gov/vocabulary/languages/ind", "en")
    'Indonesian'
    """
    own = own_names().get(iri) or classes().get(iri)
    if own:
        return own.get(language) or next(iter(own.values()))
    if not iri.startswith(_LOC):
        return ""
    scheme, code = iri.split("/")[-2:]
    listed = {"authorities": _authorities, "relationship": relations}.get(scheme)
    if listed and code in (names := listed()):
        return names[code][language == "id"]
    if scheme != "authorities" and "/authorities/" in iri:
        return ""
    return codes.name(scheme, code, language) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", code)


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
