"""A heading: what is to be linked, with all that is known to tell it from its namesakes."""

from dataclasses import dataclass

from graph.matching.described import Described

KINDS = ("person", "organization", "meeting", "place", "topic", "genre", "work", "library")
"""Kinds of entity; an empty kind stands for any."""


@dataclass(frozen=True, slots=True)
class Heading(Described):
    """One of our agents, subjects, places, works or libraries, or a line of somebody's spreadsheet.

    ``parts`` are the links of a subdivided subject, ``scheme`` the list the heading was taken from (``gnd``,
    ``lcsh``, ``fast``) or "", ``iri`` the entity in our graph; the rest is as in Described.
    """

    text: str
    kind: str = ""
    dates: str = ""
    variants: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None
    place: str = ""
    iri: str = ""
    scheme: str = ""
