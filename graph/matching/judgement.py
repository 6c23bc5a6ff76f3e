"""Judgement: from names and evidence to the chance that a candidate is the same, and to a verdict.

The bits of agreement stand against the number of entries that might be meant; the candidates of one heading and
"none of them" share the chance (Fellegi and Sunter's model of record linkage, with frequencies of the authority
file itself). What a chance cannot weigh is a rule: ``proven`` says which agreements are evidence at all.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.matching.candidate import Candidate, Verdict
from graph.matching.entry import Entry
from graph.matching.forms import BODIES as BODY_WORDS
from graph.matching.forms import OTHER, PERSON, WORDS, Form, form, latin, roots
from graph.matching.likeness import Likeness, Rarity, likeness
from graph.matching.phonetics import sound
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
"""Kinds whose names are written with other endings, abbreviated and translated; in subjects that makes other
concepts."""
PLAIN = 6.0
"""Bits that the rarest word may be below one that no other entry has, where small words differ."""
NEAR = 4.0
"""The same, where an ending, an abbreviation or a letter differs; or what the name must tell beyond enough."""
OTHER_NAME = 3.0
"""The same, where it is not the preferred name of a body that agrees: many are called a *Central Bureau*."""
_DIVIDED = re.compile(r"\s*(?:[/+,;:]|\s[-–—]\s)")
KNOWN = frozenset(BODY_WORDS.means.values())
"""Words that say what a body is, or what others are as well."""
MORE = 2
"""Words that the name of a body may have more than another where the place agrees."""
SHORT = 5
"""Letters up to which a single word may be an abbreviation of anything."""


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
        if self.name.level != "alike":
            return False
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
    one = Weighed(entry, asked, given, preferred, name, found, bits, rarity)
    one.bits += _otherness(one, whole)
    return one


def _heads(text: str) -> set[str]:
    """The words of a heading before subdivisions, without parentheses, by their sound."""
    return {sound(word) for word in form(text.partition("--")[0], OTHER).words}


def _otherness(one: Weighed, whole: bool) -> float:
    """Bits for what says that the one is another than the other, or the same with a little more."""
    weight = WEIGHTS["name"]
    if one.contrary:
        return weight["generation"]
    if one.asked.title != one.given.title:
        return weight["other_title"]
    if one.other_head:
        return weight["other_head"] - weight["aside"] * max(one.name.bits, 0.0)
    if whole or one.asked.group == PERSON:
        return 0.0
    return weight["other_type"] if one.other_type else weight["within"] * _within(one)


def judge(weighed: Iterable[Weighed], most: int = MOST) -> list[Candidate]:
    """The likeliest candidates with their chances, at most so many; each entry by the name that agrees best."""
    names: defaultdict[str, list[Weighed]] = defaultdict(list)
    for one in weighed:
        names[one.entry.iri].append(one)
    best = {iri: max(ones, key=_bits) for iri, ones in names.items()}
    shared = _shared(best) | _generic(best)
    of_source: defaultdict[str, list[Weighed]] = defaultdict(list)
    for one in best.values():
        of_source[one.entry.source].append(one)
    chances = [pair for ones in of_source.values() for pair in _chances(ones, shared, names)]
    chances.sort(key=lambda pair: (-pair[1], pair[0].entry.iri))
    return [_candidate(one, chance) for one, chance in chances[:most]]


def _chances(
    ones: list[Weighed], shared: set[str], names: Mapping[str, list[Weighed]]
) -> Iterator[tuple[Weighed, float]]:
    """The chances of the entries of one file, none of which may be meant.

    Where the likeliest lacks evidence, what is kept from it is shared by the others.
    """
    ones.sort(key=_bits, reverse=True)
    first, rest = ones[0], sum(map(_odds, ones[1:]), 1.0)
    chance = _odds(first) / (_odds(first) + rest)
    if chance > UNPROVEN:
        sure = None if first.entry.iri in shared else _proven_name(first, names[first.entry.iri], rest)
        first, chance = (sure, _odds(sure) / (_odds(sure) + rest)) if sure else (first, UNPROVEN)
    yield first, chance
    for one in ones[1:]:
        yield one, (1.0 - chance) * _odds(one) / rest


def _proven_name(first: Weighed, names: list[Weighed], rest: float) -> Weighed | None:
    """The likeliest name, or another one of the entry that is sure enough by itself, that is evidence."""
    if proven(first):
        return first
    others = (one for one in sorted(names, key=_bits, reverse=True) if one is not first)
    return next((one for one in others if _odds(one) >= WEIGHTS.same / (1 - WEIGHTS.same) * rest and proven(one)), None)


def _bits(one: Weighed) -> float:
    return one.bits


def _odds(one: Weighed) -> float:
    return math.exp2(min(one.bits, 60.0))


def _shared(best: Mapping[str, Weighed]) -> set[str]:
    """The likeliest entries of whose file another, of the same kind, bears the whole name too, nearly as likely."""
    whole: defaultdict[tuple[str, str], list[Weighed]] = defaultdict(list)
    for one in best.values():
        if one.name.level != "alike":
            whole[one.entry.source, one.entry.kind].append(one)
    ranked = (sorted(ones, key=lambda one: -one.bits) for ones in whole.values() if len(ones) > 1)
    return {ones[0].entry.iri for ones in ranked if ones[0].bits - ones[1].bits < RIVAL}


def _generic(best: Mapping[str, Weighed]) -> set[str]:
    """Bodies whose whole name, without a rare word of its own, begins or ends those of others (*Museum im Schloss*,
    *Museum im Schloss Lützen*): many are called so where they stand, and only there it is a name."""
    bodies = [one for one in best.values() if one.entry.kind in BODIES]
    longer = {one.entry.source for one in bodies if _longer(one)}
    whole = (one for one in bodies if one.name.level != "alike" and not _placed(one)) if longer else ()
    return {one.entry.iri for one in whole if one.entry.source in longer}


def _longer(one: Weighed) -> bool:
    """Whether a name is the generic one that is asked with more, which may be where it is; names of others than
    libraries are longer for many reasons, so theirs must end in a place, or it stand in parentheses."""
    extra = set(one.name.added)
    if one.name.level != "alike" or one.name.missing or one.name.slips or not extra:
        return False
    if not is_generic(one.asked, one.rarity):
        return False
    if one.entry.kind != "library":
        return extra <= {root for word in (*latin(one.entry.place), *one.given.qualifier) for root in roots(word)}
    return KNOWN.isdisjoint(extra) and not _subordinate(one.asked, one.given)


def is_generic(name: Form, rarity: Rarity) -> bool:
    """Whether a name has no rare word of its own: others in other places are called so, too."""
    return max((rarity(word) for word in name.roots if word not in KNOWN), default=0.0) < rarity("") - OTHER_NAME


def _placed(one: Weighed) -> bool:
    """Whether the place agrees."""
    return one.found.get("place", 0.0) + one.found.get("coordinates", 0.0) > 0


def _candidate(one: Weighed, chance: float) -> Candidate:
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
    if one.found.get("identifier", 0.0) > 0:
        return True
    if outside >= STRONG:
        return not _surname_only(one)
    if "kind" in one.found and not one.entry.kind:
        return False
    if one.asked.group == PERSON:
        return one.name.level == "exact" and _whole_person(one)
    if not _by_other_name(one) or _many_called_nearly(one):
        return False
    if one.name.level == "near" and not _near_body(one):
        return False
    return _whole_name(one) if one.name.level != "alike" else _within(one)


def _many_called_nearly(one: Weighed) -> bool:
    """Whether a body's name is written a little otherwise, and there may be one called so in every country (*Federal
    Ministry of*, *for the Interior*): such a name must agree to the letter, or the place."""
    if one.name.level not in ("plain", "near") or one.entry.kind not in ("organization", "meeting") or _placed(one):
        return False
    ours, theirs = (sorted(set(name.words) - WORDS.legal) for name in (one.asked, one.given))
    return ours != theirs and is_generic(one.asked, one.rarity)


def _surname_only(one: Weighed) -> bool:
    """Whether a person agrees with a name of one word only, and in no forename."""
    if one.asked.group != PERSON or one.name.level != "alike" or len(one.given.words) > 1:
        return False
    return len(one.asked.words) > 1 and not one.asked.title


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
    name is the preferred one written otherwise. Bodies share their generic names, and short ones: what is agreed on
    to the letter must tell more than enough, or hold a rare word.
    """
    if one.preferred or any(one.found.get(name, 0.0) > 0 for name in CONFIRMING):
        return True
    if one.entry.kind in BODIES or not one.entry.kind:
        if one.name.level == "exact" and one.name.bits >= one.unique + NEAR:
            return True
        more = {"exact": -one.unique, "plain": NEAR, "near": 2 * NEAR}.get(one.name.level, 0.0)
        return one.name.bits >= one.unique + more and one.name.rarest >= one.unique - OTHER_NAME
    return likeness(one.given, form(one.entry.label, one.given.group), one.rarity).level != "alike"


def _within(one: Weighed) -> bool:
    """Whether one name of a body is the other with a little more or in another order, and that tells nothing.

    What both say must be rare and be more than one word, or the place agree; a library, a branch or a department
    more is another body. Of bodies that are no libraries, more words are left to a person unless the place agrees.
    """
    extra = one.name.missing + one.name.added
    turned = one.name.slips == 1 and sorted(one.asked.roots) == sorted(one.given.roots)
    placed = _placed(one)
    qualified = bool(one.name.added) and set(one.name.added) <= _qualifying(one.given) and not one.asked.qualifier
    if one.entry.kind not in (BODIES if turned or placed or qualified else ("library",)) or not (extra or turned):
        return False
    if (one.name.missing and one.name.added) or (one.name.slips and not turned):
        return False
    if one.name.bits < one.unique + NEAR or _parts_said(one.asked) != _parts_said(one.given):
        return False
    if not qualified and one.entry.kind != "library" and (len(extra) > MORE or any(map(one.common, extra))):
        return False
    return _rare(one, 1 if placed else 2) and not (
        _subordinate(one.asked, one.given) or _subordinate(one.given, one.asked)
    )


def _qualifying(name: Form) -> set[str]:
    """The words that a cataloguer added to a name in parentheses, as they are compared."""
    return {root for word in name.qualifier for root in roots(word)}


def _rare(one: Weighed, fewest: int) -> bool:
    """Whether so many words of both names are their own, and one of them is rare."""
    own = [word for word in one.asked.roots if word in one.given.roots and word not in KNOWN]
    return len(own) >= fewest and max(map(one.rarity, own)) >= one.unique - OTHER_NAME


def _subordinate(one: Form, other: Form) -> bool:
    """Whether a name goes on after a stroke or comma where the other ends: with what is part of it."""
    first, *rest = _DIVIDED.split(one.text, maxsplit=1)
    more = {root for text in rest for root in form(text, one.group).roots}
    return bool(more) and more.isdisjoint(other.roots) and set(other.roots) <= set(form(first, one.group).roots)


def _parts_said(name: Form) -> list[str]:
    """All that a name says there is: libraries, archives, branches, departments."""
    said = (root for word in name.telling for root in roots(word))
    return sorted(root for root in said if root in BODY_WORDS.types or root in BODY_WORDS.parts)


def _whole_name(one: Weighed) -> bool:
    if one.name.level != "exact" and not _tells(one):
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


def _tells(one: Weighed) -> bool:
    """Whether a name tells enough though it is written otherwise: small words may make another of a short one."""
    ours, theirs = ([word for word in form.words if word not in WORDS.legal] for form in (one.asked, one.given))
    return one.name.bits >= one.unique + NEAR or (ours == theirs and one.name.rarest >= one.unique - PLAIN)


def _same_marks(one: str, other: str) -> bool:
    """Whether single words agree in their diacritics, which may make another word of them (Handel, Händel)."""
    ours, theirs = (unicodedata.normalize("NFC", text).casefold().strip(" .,") for text in (one, other))
    return ours == theirs or (ours.isascii() == theirs.isascii())
