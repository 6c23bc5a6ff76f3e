"""A record while it is being converted: what the rules' functions write to and what they may ask."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from pymarc import Field, Record

from graph.names import digest as name_of
from ingest.convert.text import HASH
from ingest.problems import Problem
from ontology.terms import TYPE, iri

Subfields = list[tuple[str, str]]
"""Codes and cleaned values of a field, in order."""


class Draft:
    """One record in conversion; slots, because rules reach into it for every statement.

    ``W``, ``I`` are the IRIs (in angle brackets) of work and instance; ``W_``, ``I_`` how the IRIs of their
    parts begin (``<…#``); ``R`` is the instance as the record's own node. ``close`` ends a literal: ``" .`` or,
    in another script, with its language tag. ``main`` is what stands in 1XX: predicate and object lines of the
    primary contribution, which the hub of 240 repeats.
    """

    __slots__ = (
        "I",
        "I_",
        "R",
        "R_",
        "W",
        "W_",
        "add",
        "admin",
        "base",
        "close",
        "coded",
        "control_number",
        "fixed",
        "language",
        "leader",
        "lines",
        "main",
        "mark",
        "material",
        "paired",
        "problems",
        "record",
        "shared",
        "tag",
        "works",
    )

    def __init__(self, base: str, record: Record) -> None:
        self.base = base
        self.record = record
        self.lines: list[str] = []
        self.add: Callable[[str], None] = self.lines.append
        self.mark: Callable[[int], None] = _no_mark
        self.problems: list[Problem] = []
        self.shared: dict[str, tuple[str, ...]] = {}
        self.works: list[str] = []
        self.close = '" .'
        self.main: list[str] = []
        self.paired: dict[str, list[Field]] = {}
        self.admin: list[str] = []
        self.W = self.W_ = self.I = self.I_ = self.R = self.R_ = ""
        self.tag = self.leader = self.fixed = self.control_number = self.language = ""
        self.material = "BK"
        self.coded = False

    def node(self, stem: str, classes: Sequence[str], parts: Sequence[str], name: str = "") -> str:
        """Write a node named by its content and give its IRI. ``classes`` are prefixed names, ``parts`` the
        second halves of lines."""
        key = tuple(classes)
        kind, types = _kinds.get(key) or _kind(key)
        # ``text.digest``, written out: some twenty nodes of each record are named here.
        content = HASH.copy()
        content.update("".join(parts).encode())
        node = f"{stem}{name or kind}-{content.hexdigest()}>"
        add = self.add
        for line in types:  # a loop, as there are one or two: lists take a third longer
            add(node + line)
        for part in parts:
            add(node + part)
        return node

    def entity(self, kind: str, *key: str) -> str:
        """The IRI of an entity that records share, by its identity key (docs/identity.md)."""
        name = f"{self.base}/id/{kind}/{_name(*key)}"
        self.shared[name] = key
        return f"<{name}>"

    def problem(self, kind: str, message: str, place: str, remedy: str = "") -> None:
        """Note something about the record that somebody should look at."""
        self.problems.append(
            Problem(kind, message, remedy, place=place, control_number=self.control_number or None)
        )


_name = lru_cache(maxsize=30_000)(name_of)

_types: dict[str, str] = {}
_kinds: dict[tuple[str, ...], tuple[str, list[str]]] = {}


def _kind(classes: tuple[str, ...]) -> tuple[str, list[str]]:
    """How a node of these classes is named, and its type lines; kept, because it is asked for every node."""
    name = classes[0].rpartition("/")[2].rpartition(":")[2].lower()
    _kinds[classes] = found = (name, [type_line(known) for known in classes])
    return found


def type_line(name: str) -> str:
    """`` rdf:type <class> .`` for a prefixed name."""
    line = _types.get(name)
    if line is None:
        line = _types[name] = f"{TYPE}{iri(name)} ."
    return line


def _no_mark(_: int) -> None:
    """Nobody traces this record."""
