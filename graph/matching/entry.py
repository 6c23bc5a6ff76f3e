"""An entry: one entity of an authority file, or one of our own, as headings are compared with it."""

import json
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One entity: its IRI, preferred label and kind (graph.matching.heading.KINDS), and what is known of it.

    ``variants`` are other forms of its name; ``source`` names the authority file; ``tagged`` repeats those names
    whose language is known, after their language tag (``de Muskatnuss``), ``preferred`` those that are the label in
    another language; the rest is as in Heading.
    """

    iri: str
    label: str
    kind: str = ""
    variants: tuple[str, ...] = ()
    dates: str = ""
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None
    place: str = ""
    source: str = ""
    description: str = ""
    tagged: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()

    def every_name(self) -> tuple[str, ...]:
        """The label and the variants, each once."""
        return tuple(dict.fromkeys((self.label, *self.variants)))

    def name_languages(self) -> dict[str, str]:
        """The language tag of each name whose language is known."""
        return {name: tag for tag, _, name in (one.partition(" ") for one in self.tagged)}

    def of_source(self, name: str) -> "Entry":
        """The entry as one of an authority file, unless it says which it is of."""
        return self if self.source else replace(self, source=name)

    def packed(self) -> str:
        """The entry as JSON, without what is empty."""
        filled = {name: value for name in _NAMES if (value := getattr(self, name))}
        return json.dumps(filled, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def unpacked(cls, text: str) -> "Entry":
        """The entry that ``packed`` wrote."""
        raw = json.loads(text)
        given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
        return cls(**given)


_NAMES = tuple(field.name for field in fields(Entry))
