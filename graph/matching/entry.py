"""An entry: one entity of an authority file, or one of our own, as headings are compared with it."""

from dataclasses import dataclass, replace

from graph.matching.described import Described


@dataclass(frozen=True, slots=True)
class Entry(Described):
    """One entity: its IRI, preferred label and kind, and what is known of it.

    ``source`` names the authority file; ``tagged`` repeats those names whose language is known, after their tag
    (``de Muskatnuss``), ``preferred`` those that are the label in another language; the rest is as in Described.
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
