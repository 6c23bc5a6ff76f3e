"""Judgement: from names and evidence to the chance that a candidate is the same, and to a verdict.

The bits of agreement stand against the number of entries that might be meant; the candidates of one heading and
"none of them" share the chance (Fellegi and Sunter's model of record linkage, with frequencies of the authority
file itself). What a chance cannot weigh is a rule: graph.matching.proof says which agreements are evidence at all.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.matching.candidate import Candidate, Verdict
from graph.matching.entry import Entry
from graph.matching.forms import PERSON, Form, latin, roots
from graph.matching.likeness import Likeness, Rarity
from graph.matching.proof import proven, subordinate, within
from graph.matching.weighed import BODIES, KNOWN, Weighed, is_generic
from ontology.match_weights import weights

WEIGHTS = weights()
UNPROVEN = 0.85
"""The most chance given to a candidate without evidence: a person must look."""
RIVAL = 6.0
"""Bits by which an entry must be likelier than another that bears the whole name, too."""
MOST = 100
"""Candidates of one heading that are told."""


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
    bits += _given_once(entry.kind, name.level) if whole else 0.0
    bits += WEIGHTS["name"]["pieces"] * (pieces - 0.5) if pieces and not whole else 0.0
    one = Weighed(entry, asked, given, preferred, name, found, bits, rarity)
    one.bits += _otherness(one, whole)
    return one


def _given_once(kind: str, level: str) -> float:
    """Bits for the whole name in a file that gives each to one thing only; another ending makes another concept."""
    once = WEIGHTS["given_once"].get(kind or "topic", 0.0)
    return once * WEIGHTS["name"]["ending"] if level == "near" and kind not in BODIES else once


def of_part(one: Weighed) -> Weighed:
    """The same with what it counts that only a part of the heading was compared."""
    part = WEIGHTS["name"]["part"]
    one.found, one.bits = {**one.found, "part": part}, one.bits + part
    return one


def _otherness(one: Weighed, whole: bool) -> float:
    """Bits for what says that the one is another than the other, or the same with a little more."""
    weight = WEIGHTS["name"]
    if one.asked.group == PERSON:
        return weight["generation"] if one.contrary else weight["other_title"] * _titles_apart(one)
    if whole:
        return 0.0
    if one.other_head:
        return weight["other_head"] - weight["aside"] * max(one.name.bits, 0.0)
    return weight["other_type"] if one.other_type else weight["within"] * within(one)


def _titles_apart(one: Weighed) -> float:
    """How far a person's works differ in their words: 0 where they agree, 1 where they have nothing in common."""
    ours, theirs = set(one.asked.title), set(one.given.title)
    return 0.0 if ours == theirs else 1.0 - 2 * len(ours & theirs) / (len(ours) + len(theirs))


def judge(weighed: Iterable[Weighed], most: int = MOST) -> list[Candidate]:
    """The likeliest candidates with their chances, at most so many; each entry by the name that agrees best."""
    names: defaultdict[str, list[Weighed]] = defaultdict(list)
    for one in weighed:
        names[one.entry.iri].append(one)
    best = {iri: max(ones, key=_bits) for iri, ones in names.items()}
    shared = _shared(best) | _generic(best) | _branches(best) if len(best) > 1 else set()
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
    return next(
        (one for one in others if _odds(one) >= WEIGHTS.same / (1 - WEIGHTS.same) * rest and proven(one)), None
    )


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
    whole = (one for one in bodies if one.name.level != "alike" and not one.placed) if longer else ()
    return {one.entry.iri for one in whole if one.entry.source in longer}


def _branches(best: Mapping[str, Weighed]) -> set[str]:
    """Bodies whose name is asked without the place that theirs has in parentheses, where another body's name begins
    or ends so, too (*Zwolgen*; *Zwolgen (Japan)*, *Zwolgen Medical*): any of them may be meant."""
    more = [one for one in best.values() if one.entry.kind in BODIES and one.name.added and not one.name.missing]
    many = Counter(one.entry.source for one in more if not one.name.slips)
    return {one.entry.iri for one in more if one.given.qualifier and not one.placed and many[one.entry.source] > 1}


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
    return KNOWN.isdisjoint(extra) and not subordinate(one.asked, one.given)


def _candidate(one: Weighed, chance: float) -> Candidate:
    verdict: Verdict = "same" if chance >= WEIGHTS.same else "maybe" if chance >= WEIGHTS.maybe else "no"
    features = {"name": round(one.name.bits, 2), **{name: round(bits, 2) for name, bits in one.found.items()}}
    features |= {"exact": float(one.name.level == "exact"), "preferred": float(one.preferred)}
    return Candidate(one.entry, round(chance, 4), verdict, features, one.given.text)
