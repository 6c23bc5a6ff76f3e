"""Likeness: how far two names agree, in bits, by the rarity of the words they share."""

from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from graph.matching.forms import PERSON, Form, telling
from graph.matching.phonetics import sound
from ontology.match_weights import weights

Rarity = Callable[[str], float]
"""Word → bits: how much it tells that two names share it."""

WEIGHTS = weights()["name"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a name agrees with another: ``level`` ``exact`` (same words, maybe in another order or joined otherwise),
    ``plain`` (the same but for small words, legal forms, abbreviations), or ``alike``; ``bits`` of the agreement;
    ``missing`` and ``added`` words of the heading and of the entry that found no partner, ``slips`` inexact pairs."""

    level: str
    bits: float
    missing: int = 0
    added: int = 0
    slips: int = 0
    initials: int = 0


def likeness(asked: Form, given: Form, rarity: Rarity) -> Likeness:
    """Compare two names of the same group."""
    if asked.ordered == given.ordered:
        swapped = bool(asked.surname and given.surname) and asked.words != given.words
        return Likeness("alike" if swapped else "exact", _sum(asked.ordered, rarity), slips=int(swapped))
    if "".join(asked.words + asked.qualifier) == "".join(given.words + given.qualifier):
        return Likeness("exact", min(_sum(asked.ordered, rarity), _sum(given.ordered, rarity)))
    ours, theirs = telling(asked), telling(given)
    if asked.group != PERSON and sorted(ours) == sorted(theirs):
        return Likeness("plain", _sum(ours, rarity))
    return _aligned(ours, theirs, rarity, asked.group)


def _sum(words: tuple[str, ...], rarity: Rarity) -> float:
    return sum(rarity(word) for word in dict.fromkeys(words))


def _aligned(ours: tuple[str, ...], theirs: tuple[str, ...], rarity: Rarity, group: str) -> Likeness:
    left = list(theirs)
    alone = [word for word in ours if not _take(word, left)]
    bits = _sum(tuple(word for word in ours if word not in alone), rarity)
    missing = slips = initials = 0
    for word in alone:
        partner, share = _partner(word, left, group)
        if not partner:
            missing += 1
            continue
        left.remove(partner)
        if share:
            bits += share * min(rarity(word), rarity(partner))
            slips += 1
        else:
            bits += min(WEIGHTS["initial"], rarity(partner), rarity(word))
            initials += 1
    bits += missing * WEIGHTS["word_missing"] + len(left) * WEIGHTS["word_added"]
    return Likeness("alike", bits, missing, len(left), slips, initials)


def _take(word: str, words: list[str]) -> bool:
    if word in words:
        words.remove(word)
        return True
    return False


def _partner(word: str, words: list[str], group: str) -> tuple[str, float]:
    """The word most like one, and the share of its bits that the likeness keeps; 0 for an initial."""
    code, best, share = sound(word), "", 0.0
    for other in words:
        if len(other) == 1 or len(word) == 1:
            if group == PERSON and other[0] == word[0] and not best:
                best = other
        elif (found := _share(word, code, other)) > share:
            best, share = other, found
    return best, share


def _share(word: str, code: str, other: str) -> float:
    if sound(other) == code and len(code) > 1:
        return WEIGHTS["sound"]
    longest = max(len(word), len(other))
    allowed = 1 if longest < 6 else 2 if longest < 10 else 3
    if longest > 3 and DamerauLevenshtein.distance(word, other, score_cutoff=allowed) <= allowed:
        return WEIGHTS["slip"]
    return WEIGHTS["begins"] if longest > 3 and word[:3] == other[:3] else 0.0
