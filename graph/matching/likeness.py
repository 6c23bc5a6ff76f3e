"""Likeness: how far two names agree, in bits, by the rarity of the words they share."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import permutations

from rapidfuzz.distance import DamerauLevenshtein

from graph.matching.forms import PERSON, Form, acronym, root, telling
from graph.matching.phonetics import sound
from graph.search_text import fold
from ontology.match_weights import weights

Rarity = Callable[[str], float]
"""Word → bits: how much it tells that two names share it."""

WEIGHTS = weights()["name"]
_INVERTED = re.compile(r"[,/;:()+]|\s[-–—]\s|--")
_NOT_LATIN = re.compile("[\u0370-\u1dff\u2c00-\uffff]")
LONG = 8
"""Letters from which one wrong letter in a word leaves no doubt what was meant."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a name agrees with another.

    ``level``: ``exact`` (the same words, maybe in another order or joined otherwise), ``plain`` (the same but for
    small words and legal forms), ``near`` (but for endings, abbreviations, a letter of one long word, a compound
    taken apart), or ``alike``. ``bits`` of the agreement; ``missing`` words of the heading and ``added`` ones of
    the entry that found no partner; ``slips`` inexact pairs; ``rarest`` bits of the rarest word they share.
    """

    level: str
    bits: float
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    slips: int = 0
    initials: int = 0
    rarest: float = 0.0


def likeness(asked: Form, given: Form, rarity: Rarity) -> Likeness:
    """Compare two names of the same group."""
    if asked.ordered == given.ordered:
        other = _turned(asked, given) or _other_script(asked.text, given.text)
        rarest = max(map(rarity, asked.ordered), default=0.0)
        return Likeness("alike" if other else "exact", _sum(asked.ordered, rarity), slips=int(other), rarest=rarest)
    if "".join(asked.words + asked.qualifier) == "".join(given.words + given.qualifier):
        bits = min(_sum(asked.ordered, rarity), _sum(given.ordered, rarity))
        return Likeness("exact", bits + WEIGHTS["joined"], rarest=max(map(rarity, asked.ordered), default=0.0))
    ours, theirs = telling(asked), telling(given)
    if asked.group == PERSON:
        return _persons(ours, theirs, rarity)
    if letters := _letters(asked, given):
        return Likeness("alike", min(letters * WEIGHTS["letter"], rarity("")), slips=1)
    if sorted(map(root, ours)) == sorted(map(root, theirs)):
        turned = list(map(root, ours)) != list(map(root, theirs)) and _turned(asked, given)
        level = "alike" if turned else "plain" if sorted(ours) == sorted(theirs) else "near"
        rarest = max(map(rarity, set(ours) & set(theirs)), default=0.0)
        return Likeness(level, min(_sum(ours, rarity), _sum(theirs, rarity)), slips=int(turned), rarest=rarest)
    return _others(ours, theirs, rarity)


def _turned(asked: Form, given: Form) -> bool:
    """Whether the order of the words may make another name: Konrad, Josef and Josef, Konrad; University of Jinan
    and Jinan University. Where a comma or stroke shows that one of them is inverted, it does not."""
    if asked.words == given.words:
        return False
    if asked.group == PERSON:
        return bool(asked.surname and given.surname)
    return not _INVERTED.search(asked.text) and not _INVERTED.search(given.text)


def _letters(asked: Form, given: Form) -> int:
    """How many letters the acronym has which the one is of the other; 0 where neither is."""
    short, long = (asked, given) if len(asked.words) == 1 else (given, asked)
    return len(short.words[0]) if len(short.words) == 1 and acronym(long) == short.words[0] else 0


def _other_script(one: str, other: str) -> bool:
    """Whether names that are alike in Latin letters differ in a script of their own."""
    if one.isascii() or other.isascii():
        return False
    ours, theirs = fold(one), fold(other)
    return bool(_NOT_LATIN.search(ours) and _NOT_LATIN.search(theirs)) and sorted(ours.split()) != sorted(
        theirs.split()
    )


def _sum(words: Iterable[str], rarity: Rarity) -> float:
    return sum(rarity(word) for word in dict.fromkeys(words))


def _persons(ours: tuple[str, ...], theirs: tuple[str, ...], rarity: Rarity) -> Likeness:
    shared, alone, left = _shared(ours, theirs)
    bits = _sum(shared, rarity)
    missing = []
    slips = initials = 0
    for word in alone:
        partner, share = _partner(word, left, initials=True)
        if not partner:
            missing.append(word)
            continue
        left.remove(partner)
        if share:
            bits += share * min(rarity(word), rarity(partner))
            slips += 1
        else:
            bits += min(WEIGHTS["initial"], rarity(partner), rarity(word))
            initials += 1
    bits += len(missing) * WEIGHTS["word_missing"] + len(left) * WEIGHTS["word_added"]
    return Likeness("alike", bits, tuple(missing), tuple(left), slips, initials)


def _others(ours: tuple[str, ...], theirs: tuple[str, ...], rarity: Rarity) -> Likeness:
    """Names that are no persons': a word without partner speaks against them the less the more common it is."""
    shared, alone, left = _shared(ours, theirs)
    bits, rarest = _sum(shared, rarity), max(map(rarity, shared), default=0.0)
    taken_apart = _compounds(alone, left) + _compounds(left, alone)
    bits += min(_sum(taken_apart, rarity), 12.0)
    missing, slips, slight = [], 0, True
    for word in alone:
        partner, share = _partner(word, left, initials=False)
        if partner:
            left.remove(partner)
            bits += share * min(rarity(word), rarity(partner))
            slips += 1
            slight &= min(len(word), len(partner)) >= LONG and DamerauLevenshtein.distance(word, partner) == 1
        else:
            missing.append(word)
    near = not missing and not left and slips <= 1 and slight
    bits += _against(missing, WEIGHTS["word_missing"], rarity) + _against(left, WEIGHTS["word_added"], rarity)
    return Likeness("near" if near else "alike", bits, tuple(missing), tuple(left), slips, 0, rarest)


def _against(words: list[str], most: float, rarity: Rarity) -> float:
    return sum(max(most, -WEIGHTS["unmatched"] * rarity(word)) for word in words)


def _shared(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[list[str], list[str], list[str]]:
    """The words both have, and what remains of the one and of the other."""
    left, shared, alone = list(theirs), [], []
    for word in ours:
        if word in left:
            left.remove(word)
            shared.append(word)
        else:
            alone.append(word)
    return shared, alone, left


def _compounds(ones: list[str], others: list[str]) -> list[str]:
    """Take out of both lists the words of one that are two of the other written together; those words."""
    found = []
    for word in [one for one in ones if len(one) >= LONG]:
        for first, second in permutations(others, 2):
            if word.startswith(first) and word.endswith(second) and 0 <= len(word) - len(first) - len(second) <= 2:
                ones.remove(word)
                others.remove(first)
                others.remove(second)
                found.append(word)
                break
    return found


def _partner(word: str, words: list[str], *, initials: bool) -> tuple[str, float]:
    """The word most like one, and the share of its bits that the likeness keeps; 0 for an initial."""
    code, best, share = sound(word), "", 0.0
    for other in words:
        if len(other) == 1 or len(word) == 1:
            if initials and other[0] == word[0] and not best:
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
