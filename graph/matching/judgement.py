"""Judgement: from names and evidence to the chance that a candidate is the same, and to a verdict.

The bits of agreement stand against the number of entries that might be meant; the candidates of one heading and
"none of them" share the chance (Fellegi and Sunter's model of record linkage, with frequencies of the authority
file itself). What a chance cannot weigh is a rule: ``proven`` says which agreements are evidence at all.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.matching.candidate import Candidate, Verdict
from graph.matching.entry import Entry
from graph.matching.forms import PERSON, WORDS, Form, form, latin
from graph.matching.likeness import Likeness, Rarity, likeness
from graph.matching.years import years
from ontology.match_weights import weights

WEIGHTS = weights()
CONFIRMING = ("scheme", "broader", "place", "coordinates", "dates")
"""Evidence that confirms a name which is not the preferred one."""
STRONG = 10.0
"""Bits of evidence beside the name from which an inexact name is enough."""
UNPROVEN = 0.85
"""The most chance given to a candidate without evidence: a person must look."""
RIVAL = 6.0
"""Bits by which an entry must be likelier than another that bears the whole name, too."""
MOST = 100
"""Candidates of one heading that are told."""
CONCEPTS = ("topic", "genre")
BODIES = ("organization", "library", "meeting")
"""Kinds whose names are written with other endings and abbreviations; in subjects these make other concepts."""
PLAIN = 6.0
"""Bits that the rarest word may be below one that no other entry has, where small words differ."""
NEAR = 4.0
"""The same, where an ending, an abbreviation or a letter differs; or what the name must tell beyond enough."""
OTHER_NAME = 3.0
"""The same, where it is not the preferred name of a body that agrees: many are called a *Central Bureau*."""
SHORT = 5
"""Letters up to which a single word may be an abbreviation of anything."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One entry with one of its names, compared."""

    entry: Entry
    asked: Form
    given: Form
    preferred: bool
    name: Likeness
    found: Mapping[str, float]
    given_dates: bool
    bits: float
    rarity: Rarity

    @property
    def contrary(self) -> bool:
        """Whether the one is called the elder and the other the younger."""
        return (
            bool(self.asked.generation and self.given.generation) and self.asked.generation != self.given.generation
        )

    @property
    def other_head(self) -> bool:
        """Whether subdivided names agree in their subdivisions only."""
        if self.name.level != "alike" or not ("--" in self.asked.text or "--" in self.given.text):
            return False
        ours, theirs = (set(latin(text.partition("--")[0])) for text in (self.asked.text, self.given.text))
        return not ours & theirs

    def common(self, word: str) -> bool:
        """Whether so many names have the word that it says what a thing is rather than which one."""
        return self.rarity(word) < self.unique / 2

    @property
    def unique(self) -> float:
        """The bits of a word that no other entry has."""
        return self.rarity("")


def weigh(
    entry: Entry,
    asked: Form,
    given: Form,
    preferred: bool,
    name: Likeness,
    found: Mapping[str, float],
    rarity: Rarity,
    pieces: float = 0.0,
) -> Weighed:
    """Add up the bits for and against."""
    whole = name.level != "alike"
    bits = name.bits + sum(found.values()) - rarity("")
    of_person = asked.group == PERSON
    bits += 0.0 if preferred else WEIGHTS["name"]["variant_person" if of_person else "variant"]
    bits += WEIGHTS["given_once"].get(entry.kind or "topic", 0.0) if whole else 0.0
    bits += WEIGHTS["name"]["pieces"] * (pieces - 0.5) if pieces and not whole else 0.0
    one = Weighed(
        entry, asked, given, preferred, name, found, bool(given.years or years(entry.dates)), bits, rarity
    )
    if one.contrary:
        return replace(one, bits=bits + WEIGHTS["name"]["generation"])
    if asked.title != given.title:
        return replace(one, bits=bits + WEIGHTS["name"]["other_title"])
    return replace(one, bits=bits + WEIGHTS["name"]["other_head"]) if one.other_head else one


def judge(weighed: Iterable[Weighed]) -> list[Candidate]:
    """The candidates with their chances, the likeliest first; each entry by the name that agrees best."""
    best: dict[str, Weighed] = {}
    for one in weighed:
        if one.entry.iri not in best or one.bits > best[one.entry.iri].bits:
            best[one.entry.iri] = one
    odds = {iri: 2.0 ** min(one.bits, 60.0) for iri, one in best.items()}
    totals: dict[str, float] = {}
    for iri, one in best.items():
        totals[one.entry.source] = totals.get(one.entry.source, 1.0) + odds[iri]
    chances = sorted(((odds[iri] / totals[one.entry.source], iri) for iri, one in best.items()), reverse=True)
    shared = _shared(best)
    found = [
        _candidate(best[iri], min(chance, UNPROVEN) if iri in shared else chance) for chance, iri in chances[:MOST]
    ]
    return sorted(found, key=lambda candidate: -candidate.score)


def _shared(best: Mapping[str, Weighed]) -> set[str]:
    """The likeliest entries of whose file another, of the same kind, bears the whole name too, nearly as likely."""
    whole: defaultdict[tuple[str, str], list[Weighed]] = defaultdict(list)
    for one in best.values():
        if one.name.level != "alike":
            whole[one.entry.source, one.entry.kind].append(one)
    ranked = (sorted(ones, key=lambda one: -one.bits) for ones in whole.values() if len(ones) > 1)
    return {ones[0].entry.iri for ones in ranked if ones[0].bits - ones[1].bits < RIVAL}


def _candidate(one: Weighed, chance: float) -> Candidate:
    chance = chance if proven(one) else min(chance, UNPROVEN)
    verdict: Verdict = "same" if chance >= WEIGHTS.same else "maybe" if chance >= WEIGHTS.maybe else "no"
    features = {"name": round(one.name.bits, 2), **{name: round(bits, 2) for name, bits in one.found.items()}}
    features |= {"exact": float(one.name.level == "exact"), "preferred": float(one.preferred)}
    return Candidate(one.entry, round(chance, 4), verdict, features, one.given.text)


def proven(one: Weighed) -> bool:
    """Whether what agrees is evidence: a name alone is one only when it is whole and could be nobody else's."""
    outside = sum(bits for name, bits in one.found.items() if name in ("dates", "identifier", "title", "names"))
    if one.found.get("scheme", 0.0) < 0 or one.contrary or one.asked.title != one.given.title:
        return False
    if "kind" in one.found and one.entry.kind in CONCEPTS:
        return False
    if outside >= STRONG or one.found.get("identifier", 0.0) > 0:
        return True
    if "kind" in one.found and not one.entry.kind:
        return False
    if one.asked.group == PERSON:
        return one.name.level == "exact" and _whole_person(one)
    if not _by_other_name(one):
        return False
    if one.name.level == "near" and not _near_body(one):
        return False
    return _whole_name(one) if one.name.level != "alike" else _within(one)


def _whole_person(one: Weighed) -> bool:
    if one.found.get("dates", 0.0) > 0 or one.found.get("title", 0.0) > 0:
        return True
    full = sum(len(word) > 1 for word in one.asked.words) >= 2 and len(one.asked.words[0]) > 1
    return full and not one.given_dates and one.asked.generation == one.given.generation


def _near_body(one: Weighed) -> bool:
    """Whether a body's name is written a little otherwise; not where the letter may make another town of it."""
    rare = one.name.rarest > one.unique - NEAR
    return one.entry.kind in BODIES and (rare or (not one.name.slips and one.name.bits > one.unique + NEAR))


def _by_other_name(one: Weighed) -> bool:
    """Whether the name that agrees is evidence though it is not the preferred one.

    Vocabularies send the seeker of a narrow concept to a wider one (*Tsunami* to *Flood*), lists of places that of
    a former state to its successor: that is the same only in the list itself, with other evidence, or where the
    name is the preferred one written otherwise. Bodies share their generic names, and short ones.
    """
    if one.preferred or any(one.found.get(name, 0.0) > 0 for name in CONFIRMING):
        return True
    if one.entry.kind in BODIES or not one.entry.kind:
        more = {"exact": -one.unique, "plain": 2 * NEAR, "near": 4 * NEAR}.get(one.name.level, 0.0)
        return one.name.bits >= one.unique + more and one.name.rarest >= one.unique - OTHER_NAME
    return likeness(one.given, form(one.entry.label, one.given.group), one.rarity).level != "alike"


def _within(one: Weighed) -> bool:
    """Whether one name of a body is the other with a little more, a word is theirs alone, and the place agrees.

    Without the place the more may be what tells a branch from the whole.
    """
    extra = one.name.missing + one.name.added
    one_sided = not (one.name.missing and one.name.added) and not one.name.slips and len(extra) <= 2
    unique = one.name.rarest >= one.unique - 0.01 and one.name.bits > one.unique + NEAR
    placed = one.found.get("place", 0.0) + one.found.get("coordinates", 0.0) > 0
    return one.entry.kind in BODIES and one_sided and unique and placed and not any(map(one.common, extra))


def _whole_name(one: Weighed) -> bool:
    if one.name.level == "plain" and one.name.rarest < one.unique - PLAIN:
        return False
    ours, theirs = (set(form.words) & WORDS.legal for form in (one.asked, one.given))
    if ours and theirs and ours != theirs:
        return False
    word = one.asked.words[0] if len(one.asked.words) == 1 else ""
    if not word:
        return True
    if not _same_marks(one.asked.text, one.given.text):
        return False
    whole = one.preferred and one.asked.text.strip(" .") == one.given.text.strip(" .")
    return whole or not (one.asked.text.isupper() or one.given.text.isupper() or len(word) <= SHORT)


def _same_marks(one: str, other: str) -> bool:
    """Whether single words agree in their diacritics, which may make another word of them (Handel, Händel)."""
    ours, theirs = (unicodedata.normalize("NFC", text).casefold().strip(" .,") for text in (one, other))
    return ours == theirs or (ours.isascii() == theirs.isascii())
