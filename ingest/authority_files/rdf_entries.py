"""Authority files in RDF as entries: SKOS, SKOS-XL, MADS, GND, GeoNames, schema.org (ontology/matching/rdf.yaml).

Statements come in any order, so what is said of an entity is gathered before it becomes an entry; only properties
that an entry needs are kept.
"""

import gzip
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox
import yaml

import ontology
from graph.authority_numbers import link
from graph.errors import InputError
from graph.matching.entry import Entry
from ingest.problems import Problem
from ingest.rdf import format_of

FILE = Path(ontology.__file__).parent / "matching" / "rdf.yaml"
PARTS = (
    "label",
    "variants",
    "birth",
    "death",
    "broader",
    "identifiers",
    "description",
    "place",
    "latitude",
    "longitude",
)
NAMES = ("label", "variants")
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
Said = defaultdict[str, defaultdict[str, dict[str, str]]]
"""Subject → part of an entry → value → language of the value."""


class _Terms:
    """The properties and classes that tell something, by IRI."""

    def __init__(self) -> None:
        raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
        prefixes = raw["prefixes"]

        def full(name: str) -> str:
            prefix, _, local = name.partition(":")
            return str(prefixes[prefix]) + local

        self.parts = {full(name): part for part in PARTS for name in raw[part]}
        self.withdrawn = {full(name) for name in raw["withdrawn"]}
        self.through = {full(name) for name in raw["through"]}
        self.kinds = {full(name): str(kind) for name, kind in raw["kinds"].items()}


def read(path: Path, kind: str) -> Iterator[Entry | Problem]:
    """The entries of a file. Raises InputError where it is no RDF or says nothing of authorities."""
    terms = _Terms()
    said, kinds, inner = _gather(path, terms)
    for subject, parts in said.items():
        if "label" in parts and not subject.startswith("_:"):
            yield _entry(subject, parts, kinds.get(subject, kind), inner, said)


def _gather(path: Path, terms: _Terms) -> tuple[Said, dict[str, str], dict[str, str]]:
    said: Said = defaultdict(lambda: defaultdict(dict))
    kinds: dict[str, str] = {}
    inner: dict[str, str] = {}
    gone: set[str] = set()
    for quad in _quads(path):
        predicate, subject, value = quad.predicate.value, _name(quad.subject), _name(quad.object)
        if predicate in terms.through:
            inner[subject] = value
        if value in terms.withdrawn or (predicate in terms.withdrawn and value in ("true", "1")):
            gone.add(subject)
        if predicate == TYPE:
            if value in terms.kinds:
                kinds[subject] = terms.kinds[value]
        elif part := terms.parts.get(predicate):
            said[subject][part].setdefault(value, getattr(quad.object, "language", None) or "")
    if not any("label" in parts for parts in said.values()):
        remedy = "Readable are SKOS, MADS/RDF, the GND's vocabulary, schema.org: ontology/matching/rdf.yaml."
        raise InputError(f"{path} has no labels of a vocabulary known here.", remedy)
    for subject in gone & said.keys():
        del said[subject]
    return said, kinds, inner


def _quads(path: Path) -> Iterator[ox.Quad]:
    try:
        with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as file:
            yield from ox.parse(cast(IO[bytes], file), format_of(path), base_iri=path.absolute().as_uri())
    except (SyntaxError, ValueError) as error:
        raise InputError(
            f"{path} is not valid RDF: {error}.", "Correct the place named and load it again."
        ) from error
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {error}.", "Fetch it again.") from error


def _name(term: Any) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(term.value)


def _entry(
    subject: str, parts: defaultdict[str, dict[str, str]], kind: str, inner: dict[str, str], said: Said
) -> Entry:
    labels = [inner.get(value, value) for value in parts["label"]]
    variants = [inner.get(value, value) for value in parts["variants"]]
    variants = [text for text in dict.fromkeys((*labels[1:], *variants)) if text != labels[0] and not _node(text)]
    broader = [_label(value, said) for value in parts["broader"]]
    known = link(subject)
    dates = "-".join([next(iter(parts[name]), "")[:4] for name in ("birth", "death")])
    return Entry(
        known.iri if known else subject,
        labels[0],
        kind,
        tuple(variants),
        dates if len(dates) > 3 else "",
        identifiers=tuple(found.iri for value in parts["identifiers"] if (found := link(value))),
        broader=tuple(one for one in broader if one),
        coordinates=_coordinates(parts),
        place=_label(next(iter(parts["place"]), ""), said),
        description=next(iter(parts["description"]), ""),
        tagged=tuple(f"{tag} {name}" for part in NAMES for name, tag in parts[part].items() if tag),
        preferred=tuple(labels[1:]),
    )


def _node(text: str) -> bool:
    return text.startswith(("_:", "http://", "https://"))


def _label(value: str, said: Said) -> str:
    """What a node is called; a text is its own label."""
    if not _node(value):
        return value
    return next(iter(said[value]["label"]), "") if value in said else ""


def _coordinates(parts: defaultdict[str, dict[str, str]]) -> tuple[float, float] | None:
    try:
        return float(next(iter(parts["latitude"]))), float(next(iter(parts["longitude"])))
    except (StopIteration, ValueError):
        return None
