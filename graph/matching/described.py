"""Described: what headings and entries have in common, and the JSON both are kept as."""

import json
from dataclasses import fields
from typing import Any, Self


class Described:
    """A name of a kind, with what is known to tell its bearer from namesakes.

    ``kind`` is one of graph.matching.heading.KINDS or "" (any). ``dates`` is text (``1925-2006``, ``ca. 1640``),
    ``variants`` are other forms of the name. ``titles`` are works the entity made or is about, ``names`` the agents
    who made a work, ``languages`` and ``roles`` codes (``ind``, ``aut``), ``identifiers`` IRIs, ``broader`` labels
    or IRIs of wider terms, ``coordinates`` latitude and longitude in degrees, ``place`` the name of the place where
    it is. Both classes give these fields in the order in which they are usually known.
    """

    __slots__ = ()

    kind: str
    dates: str
    variants: tuple[str, ...]
    titles: tuple[str, ...]
    names: tuple[str, ...]
    languages: tuple[str, ...]
    roles: tuple[str, ...]
    identifiers: tuple[str, ...]
    broader: tuple[str, ...]
    coordinates: tuple[float, float] | None
    place: str

    def packed(self) -> str:
        """This as JSON, without what is empty."""
        every: Any = self
        filled = {one.name: value for one in fields(every) if (value := getattr(self, one.name))}
        return json.dumps(filled, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def unpacked(cls, text: str) -> Self:
        """What ``packed`` wrote."""
        raw = json.loads(text)
        given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
        return cls(**given)
