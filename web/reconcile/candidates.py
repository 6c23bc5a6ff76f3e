"""Candidates: which of our entities a query may mean, by name, by identifier and by what is said of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.authority_numbers import link
from graph.matching.candidate import Candidate
from graph.matching.entry import Entry
from graph.matching.heading import Heading
from graph.search import Wanted
from graph.search_text import words_of
from ontology.reconciliation import Property, narrower, properties, type_of_kind, types, wider
from web.pages.visit import is_iri, visit
from web.reconcile.comparison import ALIKE, UNLIKE, likeness, odds, texts
from web.reconcile.entries import Entries
from web.reconcile.facts import facts
from web.reconcile.identification import identified
from web.reconcile.names import iri_of
from web.reconcile.reading import MOST_CANDIDATES, Condition, Query
from web.site import Site

SURE = 0.95
"""Chance from which the only such candidate is offered as the match, when conditions brought it there."""
OTHER_TYPE = 0.5
"""What the chance of a candidate of another type is multiplied by under ``type_strict: should``."""
LOOKED_AT = 10
"""Candidates that are looked at, also when fewer are wanted: namesakes may be among them."""
PART = 0.5
"""What the chance of a candidate for a part of a subdivided heading is multiplied by."""
BY_WORDS = 0.3
"""Chance of an entity that was found by its description alone."""
LISTS = ("titles", "names", "languages", "roles", "identifiers", "broader")


@dataclass(frozen=True, slots=True)
class Found:
    """One candidate: its chance of being meant, whether to take it without asking, what speaks for and against."""

    entry: Entry
    score: float
    match: bool
    features: dict[str, float]


class Finder:
    """Finds candidates in one release, in one language."""

    def __init__(self, here: Site, known: Entries, language: str) -> None:
        self.here, self.known, self.language = here, known, language
        self.store = here.release.store

    def find(self, query: Query) -> list[Found]:
        """The candidates of a query, likeliest first."""
        kinds = _kinds(query)
        if kinds is not None and not kinds:
            return []
        named = self._by_name(query, kinds) if query.texts else self._by_words(query, kinds)
        by_iri = {one.entry.iri: one for one in named}
        for one in self._by_identifier(query):
            if kinds is None or one.entry.kind in kinds:
                by_iri[one.entry.iri] = one
        found = self._weighed(query, _typed(query, by_iri.values()))
        ordered = sorted(found, key=lambda one: (-one.score, one.entry.label))
        return _decided(ordered, told=bool(query.conditions))[: query.limit]

    def _by_name(self, query: Query, kinds: frozenset[str] | None) -> list[Found]:
        heading = self._heading(query, kinds or frozenset())
        candidates = self.known.matcher.match(heading, max(query.limit, LOOKED_AT), sorted(kinds or ()))
        wanted = (one for one in candidates if not kinds or one.entry.kind in kinds)
        return [_named(one) for one in wanted]

    def _by_identifier(self, query: Query) -> list[Found]:
        found = identified(self.here, self.known, query)
        return [Found(entry, score, sure, {"identifier": 1.0, "score": score}) for entry, score, sure in found]

    def _by_words(self, query: Query, kinds: frozenset[str] | None) -> list[Found]:
        """Without a name: entities in whose description the values of the conditions stand."""
        words = " ".join(value for one in query.conditions if one.quantifier != "none" for value in one.values)
        results = visit().search.find(Wanted(words, limit=MOST_CANDIDATES)).results
        entries = [entry for one in results if (entry := self.known.get(one.iri)) is not None]
        return [
            Found(entry, BY_WORDS, False, {"score": BY_WORDS})
            for entry in entries
            if kinds is None or entry.kind in kinds
        ]

    def _heading(self, query: Query, kinds: frozenset[str]) -> Heading:
        """What the matcher gets to know: the name, and the conditions that are evidence to it."""
        evidence: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for one in query.conditions:
            if one.quantifier != "none":
                evidence[properties()[one.property].evidence] += tuple(self._named(value) for value in one.values)
        known: dict[str, Any] = {name: evidence[name] for name in LISTS}
        known |= {name: next(iter(evidence[name]), "") for name in ("dates", "place")}
        known["coordinates"] = _spot(next(iter(evidence["coordinates"]), ""))
        kind = next(iter(kinds)) if len(kinds) == 1 else ""
        return Heading(query.texts[0], kind, variants=query.texts[1:], **known)

    def _named(self, value: str) -> str:
        """A value that is one of our entities by its name, a number of an authority by its IRI."""
        entry = self.known.get(iri_of(self.here, value)) if "/" in value else None
        if entry is not None:
            return entry.label
        number = link(value) if is_iri(value) else None
        return number.iri if number else value

    def _weighed(self, query: Query, found: list[Found]) -> list[Found]:
        """The candidates with their chances changed by what the query says of their properties."""
        for condition in query.conditions:
            wanted = properties()[condition.property]
            values = texts(self.store, facts(self.store, wanted, [one.entry.iri for one in found]), self.language)
            weighed = [_under(one, condition, wanted, values.get(one.entry.iri, [])) for one in found]
            found = [one for one in weighed if one is not None]
        return found


def _named(candidate: Candidate) -> Found:
    """What the matcher found; the candidate for a part of a subdivided heading is never the whole."""
    whole = candidate.part is None
    score = candidate.score if whole else candidate.score * PART
    return Found(
        candidate.entry, score, whole and candidate.verdict == "same", {**candidate.features, "score": score}
    )


def _kinds(query: Query) -> frozenset[str] | None:
    """The kinds of entry that may answer; None for all."""
    if not query.types or query.strict == "should":
        return None
    known = [frozenset(types()[name].kinds) if name in types() else frozenset[str]() for name in query.types]
    return frozenset.intersection(*known) if query.strict == "all" else frozenset.union(*known)


def _typed(query: Query, found: Iterable[Found]) -> list[Found]:
    """Under ``should``, candidates of other types with less chance; with types of which we know none, all as is."""
    asked = {narrow for name in query.types if name in types() for narrow in narrower(name)}
    if query.strict != "should" or not asked:
        return list(found)
    return [_of_type(one, asked) for one in found]


def _of_type(found: Found, asked: set[str]) -> Found:
    fits = bool(asked.intersection(wider(type_of_kind(found.entry.kind)))) if found.entry.kind else False
    if fits:
        return replace(found, features={**found.features, "type": 1.0})
    return replace(found, score=found.score * OTHER_TYPE, match=False, features={**found.features, "type": 0.0})


def _under(found: Found, condition: Condition, wanted: Property, known: Sequence[str]) -> Found | None:
    """A candidate under a condition; None when it is required and not met."""
    alike = likeness(wanted, condition, known)
    if condition.required and (alike or 0.0) < ALIKE:
        return None
    if alike is None:
        return found
    score = found.score if "identifier" in found.features else _times(found.score, odds(wanted, condition, alike))
    contradicted = alike < UNLIKE and (wanted.finds or wanted.differ <= 0.5)
    return replace(
        found, score=score, match=found.match and not contradicted, features={**found.features, wanted.id: alike}
    )


def _times(chance: float, factor: float) -> float:
    chance = min(max(chance, 0.001), 0.999)
    multiplied = chance / (1 - chance) * factor
    return multiplied / (1 + multiplied)


def _words(found: Found) -> list[str]:
    return sorted(words_of(found.entry.label))


def _decided(found: list[Found], *, told: bool) -> list[Found]:
    """At most one match: the first, when the matcher says so or its chance is high and no other comes near. What
    has the same name (a work and its subject, say) keeps it from being one, unless more was told."""
    if not found:
        return []
    first, others = found[0], found[1:]
    rival = max((one.score for one in others), default=0.0)
    weighed = first.score >= SURE and len(first.features.keys() & properties().keys()) > 0
    clear = (first.match or weighed) and rival < SURE and not any(one.match for one in others)
    if not told and "identifier" not in first.features:
        clear = clear and _words(first) not in [_words(one) for one in others]
    return [replace(first, match=clear), *(replace(one, match=False) for one in others)]


def _spot(text: str) -> tuple[float, float] | None:
    try:
        north, east = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (north, east) if -90 <= north <= 90 and -180 <= east <= 180 else None
