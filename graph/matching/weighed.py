"""Weighed: an entry with one of its names, compared with a heading."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.matching.entry import Entry
from graph.matching.forms import BODIES as BODY_WORDS
from graph.matching.forms import OTHER, Form, form
from graph.matching.likeness import Likeness, Rarity
from graph.matching.phonetics import sound
from graph.matching.years import years

CONCEPTS = ("topic", "genre")
BODIES = ("organization", "library", "meeting")
"""Kinds whose names are written with other endings, abbreviated and translated; in subjects that makes other
concepts."""
KNOWN = frozenset(BODY_WORDS.means.values())
"""Words that say what a body is, or what others are as well."""
OTHER_NAME = 3.0
"""Bits that a rare word may be below one that no other entry has."""


@dataclass(slots=True)
class Weighed:
    """One entry with one of its names, compared; not frozen, since making it so takes a third of the time."""

    entry: Entry
    asked: Form
    given: Form
    preferred: bool
    name: Likeness
    found: Mapping[str, float]
    bits: float
    rarity: Rarity

    @property
    def given_dates(self) -> bool:
        """Whether the file gives dates."""
        return bool(self.given.years or years(self.entry.dates))

    @property
    def contrary(self) -> bool:
        """Whether the one is called the elder and the other the younger."""
        return (
            bool(self.asked.generation and self.given.generation) and self.asked.generation != self.given.generation
        )

    @property
    def other_head(self) -> bool:
        """Whether names agree in what follows their heads only: in subdivisions, or in what parentheses add.

        Not those of bodies in parentheses: a body may be called by what another name of it has there.
        """
        divided = "--" in self.asked.text or "--" in self.given.text
        qualified = self.entry.kind not in BODIES and bool(self.asked.qualifier or self.given.qualifier)
        return (divided or qualified) and _heads(self.asked.text).isdisjoint(_heads(self.given.text))

    @property
    def other_type(self) -> bool:
        """Whether the one is said to be something else than the other, a library and an archive."""
        ours, theirs = self.asked.types, self.given.types
        return bool(ours and theirs) and ours.isdisjoint(theirs)

    def common(self, word: str) -> bool:
        """Whether so many names have the word that it says what a thing is rather than which one."""
        return self.rarity(word) < self.unique / 2

    @property
    def unique(self) -> float:
        """The bits of a word that no other entry has."""
        return self.rarity("")

    @property
    def placed(self) -> bool:
        """Whether the place agrees."""
        return self.found.get("place", 0.0) + self.found.get("coordinates", 0.0) > 0


def is_generic(name: Form, rarity: Rarity) -> bool:
    """Whether a name has no rare word of its own: others in other places are called so, too."""
    return max((rarity(word) for word in name.roots if word not in KNOWN), default=0.0) < rarity("") - OTHER_NAME


def _heads(text: str) -> set[str]:
    """The words of a heading before subdivisions, without parentheses, by their sound."""
    return {sound(word) for word in form(text.partition("--")[0], OTHER).words}
