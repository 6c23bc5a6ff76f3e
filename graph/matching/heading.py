"""A heading: what is to be linked, with all that is known to tell it from its namesakes."""

from dataclasses import dataclass

KINDS = ("person", "organization", "meeting", "place", "topic", "genre", "work", "library")
"""Kinds of entity; an empty kind stands for any."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One of our agents, subjects, places, works or libraries, or a line of somebody's spreadsheet.

    ``kind`` is one of KINDS or "". ``dates`` is text (``1925-2006``, ``ca. 1640``). ``titles`` are works the entity
    made or is about, ``names`` the agents who made a work, ``languages`` and ``roles`` codes (``ind``, ``aut``),
    ``identifiers`` IRIs, ``broader`` labels or IRIs of wider terms, ``parts`` the links of a subdivided subject,
    ``coordinates`` latitude and longitude in degrees, ``place`` the name of the place where it is, ``scheme`` the
    list the heading was taken from (``gnd``, ``lcsh``, ``fast``) or "", ``iri`` the entity in our graph.
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
