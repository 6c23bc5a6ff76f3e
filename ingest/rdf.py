"""RDF files as documents: Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD; gzipped too.

Blank nodes get names made from what is said about them, so that loading the file again gives the same
statements. Nothing is fetched: a JSON-LD file whose context is an address is refused.
"""

import gzip
import zlib
from collections import defaultdict
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from graph.errors import InputError
from graph.names import digest
from ingest.record import Statements

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
    "owl": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
DEEPEST = 50
"""Blank nodes nested deeper than this are told apart by what is near them only."""


def recognise(path: Path) -> bool:
    """Whether the name says that this is an RDF file."""
    return format_of(path) is not None


def format_of(path: Path) -> ox.RdfFormat | None:
    """The syntax that the name of a file tells; None where it tells none."""
    name = path.name.lower().removesuffix(".gz")
    return FORMATS.get(name.rpartition(".")[2])


def read(path: Path, base: str) -> Statements:
    """The statements of a file, whatever graphs they are in; ``base`` is where names for blank nodes begin.
    Raises InputError."""
    try:
        with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as file:
            quads = ox.parse(cast(IO[bytes], file), format_of(path), base_iri=path.absolute().as_uri())
            triples = list(dict.fromkeys(quad.triple for quad in quads))
    except (SyntaxError, ValueError) as error:
        raise InputError(
            f"{path} is not valid RDF: {error}.", "Correct the place named and load it again."
        ) from error
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {error}.") from error
    if not triples:
        raise InputError(f"{path} holds no statement.", "Is it the right file?")
    return Statements([f"{triple} ." for triple in _Names(triples, base).renamed()])


class _Names:
    """Names for the blank nodes of one file."""

    def __init__(self, triples: list[ox.Triple], base: str) -> None:
        self.triples = triples
        self.base = base
        self.said: defaultdict[ox.BlankNode, list[ox.Triple]] = defaultdict(list)
        self.pointing: defaultdict[ox.BlankNode, list[str]] = defaultdict(list)
        for triple in triples:
            if isinstance(triple.subject, ox.BlankNode):
                self.said[triple.subject].append(triple)
            elif isinstance(triple.object, ox.BlankNode):
                self.pointing[triple.object].append(f"{triple.subject} {triple.predicate}")
        self.known: dict[ox.BlankNode, ox.NamedNode] = {}

    def renamed(self) -> list[ox.Triple]:
        """The triples without blank nodes."""
        return [
            ox.Triple(self._name(triple.subject), triple.predicate, self._name(triple.object))
            for triple in self.triples
        ]

    def _name(self, term: Any) -> Any:
        if not isinstance(term, ox.BlankNode):
            return term
        if term not in self.known:
            name = digest(*sorted(self.pointing[term]), self._content(term, ()))
            self.known[term] = ox.NamedNode(f"{self.base}/.well-known/genid/{name}")
        return self.known[term]

    def _content(self, node: ox.BlankNode, path: tuple[ox.BlankNode, ...]) -> str:
        if node in path or len(path) > DEEPEST:
            return f"^{len(path) - path.index(node)}" if node in path else "…"
        parts = []
        for triple in self.said[node]:
            value = triple.object
            inner = self._content(value, (*path, node)) if isinstance(value, ox.BlankNode) else str(value)
            parts.append(f"{triple.predicate} {inner}")
        return digest(*sorted(parts))
