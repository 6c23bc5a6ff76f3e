"""Likeness: how far two names agree, in bits, by the rarity of the words they share."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from graph.matching.forms import LONG, PERSON, Form, acronyms, roots, shortened
from graph.matching.phonetics import sound
from graph.matching.romanising import is_told
from graph.search_text import fold
from ontology.match_weights import weights

Rarity = Callable[[str], float]
"""Word → bits: how much it tells that two names share it."""

WEIGHTS = weights()["name"]
_INVERTED = re.compile(r"[,/;:()+]|\s[-–—]\s|--")
_NOT_LATIN = re.compile("[\u0370-\u1dff\u2c00-\uffff]")
HEAD = 5
"""Letters that compounds end alike in which are of one kind (Atlas, Weltatlas)."""
TAIL = 2
"""Letters that words end alike in which may be slips of each other."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a name agrees with another.

    ``level``: ``exact`` (the same words, maybe in another order or joined otherwise), ``plain`` (the same but for
    small words and legal forms), ``near`` (but for endings, abbreviations, translations, a letter of one long word,
    a compound taken apart), or ``alike``. ``bits`` of the agreement; ``missing`` words of the heading and
    ``added`` ones of the entry that found no partner; ``slips`` inexact pairs; ``rarest`` bits of the rarest word
    they share.
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
        other = _turned(asked, given) + 2 * _other_script(asked.text, given.text)
        rarest = max(map(rarity, asked.ordered), default=0.0)
        return Likeness("alike" if other else "exact", _whole(asked, rarity), slips=other, rarest=rarest)
    if asked.joined == given.joined:
        bits = min(_whole(asked, rarity), _whole(given, rarity))
        other, rarest = _other_script(asked.text, given.text), max(map(rarity, asked.ordered), default=0.0)
        return Likeness("alike" if other else "exact", bits + WEIGHTS["joined"], slips=2 * other, rarest=rarest)
    if asked.group == PERSON:
        return _persons(asked.roots, given.roots, rarity)
    if letters := _letters(asked, given):
        return Likeness("alike", min(letters * WEIGHTS["letter"], rarity("")), slips=1)
    ours, theirs = _apart(asked, given), _apart(given, asked)
    if sorted(ours) == sorted(theirs):
        turned = int(ours != theirs and _turned(asked, given))
        plain = sorted(asked.telling) == sorted(given.telling)
        script = _other_script(asked.text, given.text)
        level = "alike" if turned or script else "plain" if plain else "near"
        return Likeness(
            level, _sum(ours, rarity), slips=turned + 2 * script, rarest=max(map(rarity, ours), default=0.0)
        )
    found = _others(ours, theirs, rarity)
    if found.slips or found.rarest or (asked.telling == asked.roots and given.telling == given.roots):
        return found
    return max(found, _others(asked.telling, given.telling, rarity), key=lambda one: one.bits)


def _whole(name: Form, rarity: Rarity) -> float:
    """What it tells that a name is borne: by its words as they stand, or as they are compared."""
    return max(_sum(name.ordered, rarity), _sum(name.roots, rarity))


def _apart(one: Form, other: Form) -> tuple[str, ...]:
    """The roots of a name, compounds that the other name has as two words taken apart."""
    long = [word for word in one.long if word not in other.telling]
    found = {word: two for word in long if (two := _two(word, other.telling))} if long else {}
    if not found:
        return one.roots
    words = (part for word in one.telling for part in found.get(word, (word,)))
    return tuple(dict.fromkeys(root for word in words for root in roots(word)))


def _two(word: str, others: tuple[str, ...]) -> tuple[str, ...]:
    """Those two of some words that a word is written together from, with or without letters that join them."""
    for first in others:
        if word[:3] == first[:3] and len(first) > 2 and word.startswith(first.removesuffix("n").removesuffix("e")):
            for second in others:
                if second != first and word.endswith(second) and -2 <= len(word) - len(first) - len(second) <= 2:
                    return first, second
    return ()


def _turned(asked: Form, given: Form) -> bool:
    """Whether the order of the words may make another name: Konrad, Josef and Josef, Konrad; Muhammad Ali and Ali
    Muhammad; University of Jinan and Jinan University. Where a comma or stroke shows that one of them is inverted,
    it does not."""
    if asked.words == given.words:
        return False
    if asked.group == PERSON:
        return bool(asked.surname) == bool(given.surname)
    return not _INVERTED.search(asked.text) and not _INVERTED.search(given.text)


def _letters(asked: Form, given: Form) -> int:
    """How many letters the acronym has which the one is of the other; 0 where neither is."""
    short, long = (asked, given) if len(asked.words) == 1 else (given, asked)
    letters = shortened(short) & acronyms(long) if len(short.words) == 1 else set()
    return max(map(len, letters), default=0)


def _other_script(one: str, other: str) -> bool:
    """Whether names that are alike in Latin letters differ in a script of their own, or one is in such a script."""
    if one.isascii() and other.isascii():
        return False
    if is_told(one) != is_told(other):
        return True
    ours, theirs = fold(one), fold(other)
    return bool(_NOT_LATIN.search(ours) and _NOT_LATIN.search(theirs)) and sorted(ours.split()) != sorted(
        theirs.split()
    )


def _sum(words: Iterable[str], rarity: Rarity) -> float:
    return sum(map(rarity, dict.fromkeys(words)))


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
    share = -WEIGHTS["unmatched"]
    return sum([max(most, share * rarity(word)) for word in words]) if words else 0.0


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


def _partner(word: str, words: list[str], *, initials: bool) -> tuple[str, float]:
    """The word most like one, and the share of its bits that the likeness keeps; 0 for an initial.

    Only words that begin or end alike are looked at, since this is what most of the time goes into.
    """
    first, last, best, share = word[0], word[-TAIL:], "", 0.0
    for other in words:
        if other[0] != first and other[-TAIL:] != last:
            continue
        if len(other) == 1 or len(word) == 1:
            if initials and other[0] == first and not best:
                best = other
        elif (found := _share(word, other)) > share:
            best, share = other, found
    return best, share


def _share(word: str, other: str) -> float:
    code = sound(word)
    if len(code) > 1 and sound(other) == code:
        return WEIGHTS["sound"]
    longest = max(len(word), len(other))
    allowed = 1 if longest < 6 else 2 if longest < 10 else 3
    near = longest > 3 and abs(len(word) - len(other)) <= allowed
    if near and DamerauLevenshtein.distance(word, other, score_cutoff=allowed) <= allowed:
        return WEIGHTS["slip"]
    if longest > 3 and word[:3] == other[:3]:
        return WEIGHTS["begins"]
    shortest = min(len(word), len(other))
    return WEIGHTS["ends"] if shortest >= HEAD and word[-HEAD:] == other[-HEAD:] else 0.0
