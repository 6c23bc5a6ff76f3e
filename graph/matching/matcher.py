"""The matcher: headings in, candidates out, best first, each with its score, verdict and evidence."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

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
    own_name,
    personal,
    sound_key,
)
from graph.matching.heading import KINDS, Heading
from graph.matching.index import Index
from graph.matching.judgement import judge, of_part, weigh
from graph.matching.likeness import likeness
from graph.matching.weighed import BODIES, Weighed, is_generic

_DIVIDED = re.compile(r"\s*--\s*|\s*\$[vxyz]\s*")
_SUBJECT = re.compile(_DIVIDED.pattern + r"|\s+[-–—]\s+")
_STROKE = re.compile(r"\s*[/+,:(]\s*|\s+[-–—]\s+")
WORTH = 0.3
"""Chance below which the best candidate so far is not enough to stop searching."""
QUEUED = 3
"""Candidates that the search for a body, subject, place or work is to find: who reviews looks at the first ones. A
person's namesakes are found by the keys."""
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
        found = self._whole(heading, kinds, limit)
        parts = heading.parts or _parts_of(heading)
        if len(parts) > 1 and not (found and found[0].verdict == "same"):
            found = sorted([*self._parts(heading, parts), *found], key=_order)
        return found[:limit]

    def match_many(self, headings: Iterable[Heading], limit: int = 5) -> Iterator[list[Candidate]]:
        """Candidates for each heading in turn."""
        for heading in headings:
            yield self.match(heading, limit)

    def _parts(self, heading: Heading, parts: tuple[str, ...]) -> Iterator[Candidate]:
        capitals = "".join(parts).isupper()
        for part in map(str.strip, parts):
            alone = Heading(part.capitalize() if capitals else part, scheme=heading.scheme)
            for candidate in self._whole(alone, (), 2):
                if candidate.verdict != "no":
                    yield replace(candidate, part=part)

    def _whole(self, heading: Heading, kinds: Collection[str], most: int) -> list[Candidate]:
        groups = self._groups(heading, kinds)
        asked = [form(text, group) for text in (heading.text, *heading.variants) for group in groups]
        asked = [one for one in asked if one.words]
        exact = [self._keyed(self._first_keys(one, heading)) for one in asked]
        weighed = self._identified(heading, kinds, asked) + self._weighed(heading, kinds, asked, exact)
        found = judge(weighed, most)
        if found and found[0].verdict == "same":
            return found
        likely = [_without(self._keyed(_likely_keys(one)), seen) for one, seen in zip(asked, exact, strict=True)]
        weighed += self._weighed(heading, kinds, asked, likely)
        weighed += self._of_parts(heading, kinds)
        found = judge(weighed, max(most, QUEUED))
        if not _enough(found, QUEUED if OTHER in groups else 1):
            names = self._similar(heading, kinds)
            found = judge(weighed + self._weighed(heading, kinds, asked, [names] * len(asked)), most)
        return found[:most]

    def _of_parts(self, heading: Heading, kinds: Collection[str]) -> Iterator[Weighed]:
        """What the parts of a body's name are the names of (a museum after the foundation that carries it)."""
        texts = _STROKE.split(heading.text) if heading.kind in BODIES else []
        rarity = self.index.rarity(OTHER)
        parts = [one for text in texts if len(texts) > 1 and not is_generic(one := form(text, OTHER), rarity)]
        found = [self._keyed(exact_keys(part)) for part in parts]
        yield from map(of_part, self._weighed(heading, kinds, parts, found))

    def _groups(self, heading: Heading, kinds: Collection[str]) -> list[str]:
        groups = {group for kind in kinds or [heading.kind] for group in groups_of(kind)}
        return [group for group in (PERSON, OTHER) if group in groups and self.index.population.get(group)]

    def _first_keys(self, asked: Form, heading: Heading) -> set[str]:
        """Keys of the same name; of a body that may have many namesakes also of longer names."""
        alike = (
            heading.kind in BODIES and not heading.identifiers and is_generic(asked, self.index.rarity(asked.group))
        )
        return exact_keys(asked) | ({sound_key(asked)} if alike else set())

    def _keyed(self, keys: Iterable[str]) -> Found:
        return dict.fromkeys((name for key in keys for name in self.index.keyed(key)), 0.0)

    def _identified(self, heading: Heading, kinds: Collection[str], asked: list[Form]) -> list[Weighed]:
        names = self._keyed({identifier_key(iri) for iri in heading.identifiers})
        return self._weighed(heading, kinds, asked, [names] * len(asked)) if names else []

    def _weighed(
        self, heading: Heading, kinds: Collection[str], asked: list[Form], found: Iterable[Found]
    ) -> list[Weighed]:
        """The names that were found for each form of the heading, compared."""
        pairs = zip(asked, found, strict=True)
        return [one for form, names in pairs for one in self._compared(heading, kinds, form, names)]

    def _similar(self, heading: Heading, kinds: Collection[str]) -> Found:
        without = [] if kinds or not heading.kind else [one for one in KINDS if not compatible(heading.kind, one)]
        return self.index.similar(heading.text, heading.kind, without)

    def _compared(self, heading: Heading, kinds: Collection[str], asked: Form, names: Found) -> Iterator[Weighed]:
        rarity = self.index.rarity(asked.group)
        for (at, place), pieces in names.items():
            entry = self.index.entry(at)
            if not _fits(heading, kinds, asked, entry.kind):
                continue
            text = entry.every_name()[place] if place else entry.label
            given = form(own_name(text, entry.kind), asked.group)
            dates = form(entry.label, PERSON).years or given.years if asked.group == PERSON else given.years
            said = evidence(heading, entry, asked.years, dates)
            name = likeness(asked, given, rarity)
            yield weigh(entry, asked, given, place == 0 or text in entry.preferred, name, said, rarity, pieces)


def _parts_of(heading: Heading) -> tuple[str, ...]:
    """The parts of a subdivided heading as catalogues and sheets write them: ``--``, ``$x``; of subjects also a
    stroke between blanks."""
    divided = _SUBJECT if heading.kind == "topic" else _DIVIDED
    parts = tuple(divided.split(heading.text)) if divided.search(heading.text) else ()
    return parts if all(map(str.strip, parts)) else ()


def _enough(found: list[Candidate], many: int) -> bool:
    """Whether the search may stop: something is likely, and so many candidates are worth a look."""
    return bool(found) and found[0].score >= WORTH and sum(one.verdict != "no" for one in found) >= many


def _without(found: Found, seen: Found) -> Found:
    return {name: pieces for name, pieces in found.items() if name not in seen}


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
