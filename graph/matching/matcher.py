"""The matcher: headings in, candidates out, best first, each with its score, verdict and evidence."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from graph.matching.candidate import Candidate
from graph.matching.evidence import compatible, evidence
from graph.matching.forms import (
    OTHER,
    PERSON,
    Form,
    acronym_keys,
    exact_keys,
    form,
    groups_of,
    identifier_key,
    loose_keys,
    personal,
)
from graph.matching.heading import KINDS, Heading
from graph.matching.index import Index
from graph.matching.judgement import Weighed, judge, weigh
from graph.matching.likeness import likeness

WORTH = 0.3
"""Chance below which the best candidate so far is not enough to stop searching."""
BEST = 25
"""Entries that are weighed with all their evidence."""
Found = Mapping[tuple[int, int], float]
"""Names by the numbers of their entries and their place there, with how much of their pieces is shared."""


class Matcher:
    """Compares headings with the entries of an index."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def match(self, heading: Heading, limit: int = 5, kinds: Collection[str] = ()) -> list[Candidate]:
        """Candidates for one heading, the likeliest first, at most ``limit``; ``kinds`` instead of its own.

        A subdivided heading is matched as a whole; where that gives no *same*, its parts follow, each candidate
        saying which ``part`` it is for.
        """
        found = self._whole(heading, kinds)
        parts = heading.parts or (tuple(heading.text.split("--")) if "--" in heading.text else ())
        if len(parts) > 1 and not (found and found[0].verdict == "same"):
            found = sorted([*self._parts(heading, parts), *found], key=_order)
        return found[:limit]

    def match_many(self, headings: Iterable[Heading], limit: int = 5) -> Iterator[list[Candidate]]:
        """Candidates for each heading in turn."""
        for heading in headings:
            yield self.match(heading, limit)

    def _parts(self, heading: Heading, parts: tuple[str, ...]) -> Iterator[Candidate]:
        for part in parts:
            alone = Heading(part.strip(), scheme=heading.scheme)
            for candidate in self._whole(alone, ())[:2]:
                if candidate.verdict != "no":
                    yield replace(candidate, part=part.strip())

    def _whole(self, heading: Heading, kinds: Collection[str]) -> list[Candidate]:
        asked = [
            form(text, group)
            for text in (heading.text, *heading.variants)
            for group in self._groups(heading, kinds)
        ]
        asked = [one for one in asked if one.words]
        weighed = self._identified(heading, kinds, asked) + self._weighed(heading, kinds, asked, exact_keys)
        found = judge(weighed)
        if found and found[0].verdict == "same":
            return found
        weighed += self._weighed(heading, kinds, asked, _likely_keys)
        found = judge(weighed)
        if not found or found[0].score < WORTH:
            found = judge(weighed + list(self._similar(heading, kinds, asked)))
        return found

    def _groups(self, heading: Heading, kinds: Collection[str]) -> list[str]:
        groups = {group for kind in kinds or [heading.kind] for group in groups_of(kind)}
        return [group for group in (PERSON, OTHER) if group in groups and self.index.population.get(group)]

    def _identified(self, heading: Heading, kinds: Collection[str], asked: list[Form]) -> list[Weighed]:
        keys = {identifier_key(iri) for iri in heading.identifiers}
        names = dict.fromkeys((name for key in keys for name in self.index.keyed(key)), 0.0)
        return [found for one in asked for found in self._compared(heading, kinds, one, names)] if names else []

    def _weighed(
        self, heading: Heading, kinds: Collection[str], asked: list[Form], keys: Callable[[Form], set[str]]
    ) -> list[Weighed]:
        found: list[Weighed] = []
        for one in asked:
            names = dict.fromkeys((name for key in keys(one) for name in self.index.keyed(key)), 0.0)
            found += self._compared(heading, kinds, one, names)
        return found

    def _similar(self, heading: Heading, kinds: Collection[str], asked: list[Form]) -> Iterator[Weighed]:
        without = [] if kinds or not heading.kind else [one for one in KINDS if not compatible(heading.kind, one)]
        names = self.index.similar(heading.text, without)
        for one in asked:
            yield from self._compared(heading, kinds, one, names)

    def _compared(self, heading: Heading, kinds: Collection[str], asked: Form, names: Found) -> Iterator[Weighed]:
        rarity = partial(self.index.rarity, asked.group)
        for (at, place), pieces in names.items():
            entry = self.index.entry(at)
            if not _fits(heading, kinds, asked, entry.kind):
                continue
            text = entry.every_name()[place]
            given = form(text, asked.group)
            name = likeness(asked, given, rarity)
            said = evidence(heading, entry, asked.years, form(entry.label, asked.group).years or given.years)
            yield weigh(entry, asked, given, place == 0 or text in entry.preferred, name, said, rarity, pieces)


def _likely_keys(asked: Form) -> set[str]:
    return loose_keys(asked) | acronym_keys(asked, asked=True)


def _order(candidate: Candidate) -> tuple[bool, float]:
    """What counts as the same first, in the order of the parts; then by chance."""
    return (False, 0.0) if candidate.verdict == "same" else (True, -candidate.score)


def _fits(heading: Heading, kinds: Collection[str], asked: Form, given: str) -> bool:
    """Whether an entry of a kind may be meant, by the reading of the heading that ``asked`` is."""
    if asked.group not in groups_of(given) or (given and kinds and given not in kinds):
        return False
    if not heading.kind and not given:
        return personal(heading.text) == (asked.group == PERSON)
    return bool(kinds) or compatible(heading.kind, given)
