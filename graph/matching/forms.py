"""Forms: a name taken apart so that it can be compared, and the keys under which its likes are found."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from anyascii import anyascii

from graph.matching.phonetics import sound
from graph.matching.romanising import romanised, romanised_person
from graph.matching.years import NONE, Years, around
from graph.search_text import LONGEST, fold
from ontology.body_words import ENDING, body_words
from ontology.name_words import name_words

WORDS = name_words()
BODIES = body_words()
PERSON, OTHER = "p", "o"
ARTICLES = frozenset({"the", "de", "der", "den", "le", "il", "el"})
"""Words before a generation (*the Younger*, *de Oude*) that belong to it."""
_IN_PERSONS = WORDS.particles | WORDS.kinship
_IN_OTHERS = WORDS.particles | WORDS.small | WORDS.legal
_QUALIFIER = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_LIFE = re.compile(r"\b\d{4}-(?:\d{4}\b|\W*$)")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}")
_WORD = re.compile(r"[a-z0-9]+")
_ELIDED = re.compile(r"\b(l|d|dell|dall|nell|sull|all|qu)['’](?=\w)", re.IGNORECASE)
"""Articles and prepositions before vowels, in French, Italian and Catalan."""
_OCCASION = re.compile(r"\s*--.*\b\d{4}\b")
LONG = 8
"""Letters from which a word may be a compound, and one wrong letter leaves no doubt what was meant."""
ACRONYM = range(3, 9)
"""Letters that an acronym has."""


@dataclass(frozen=True, slots=True)
class Form:
    """A name taken apart. All words are folded to lower-case Latin letters and digits.

    ``words`` are the name's own in reading order (forename first), without honorifics, dates and generation;
    ``surname`` says how many of the last are the surname where a comma told (0 where unknown); ``qualifier`` are
    the words in parentheses; ``title`` what follows the dates of a person, the name of a work. ``telling`` are the
    words that carry the name, without particles, small words and legal forms; ``roots`` the same as they are
    compared: in names of no persons with compounds of what a body is taken apart, translations and abbreviations
    resolved and endings off; ``types`` those that say what a body is. ``ordered`` are the words and qualifiers in
    alphabetical order, ``joined`` the same as they stand without blanks, ``long`` the telling words that may be
    compounds. A form is compared with many others, so all this is made once.
    """

    text: str
    group: str
    words: tuple[str, ...]
    surname: int = 0
    qualifier: tuple[str, ...] = ()
    generation: str = ""
    years: Years = NONE
    title: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    ordered: tuple[str, ...] = field(init=False)
    joined: str = field(init=False)
    long: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        every = self.words + self.qualifier
        object.__setattr__(self, "ordered", tuple(sorted(every)))
        object.__setattr__(self, "joined", "".join(every))
        object.__setattr__(self, "long", tuple(word for word in self.telling if len(word) >= LONG))


def groups_of(kind: str) -> tuple[str, ...]:
    """Persons are compared in another way than all other kinds; an unknown kind in both."""
    return (PERSON,) if kind == "person" else (OTHER,) if kind else (PERSON, OTHER)


def personal(text: str) -> bool:
    """Whether a name of unknown kind looks like a person's: inverted, or with dates of a life."""
    last, comma, first = text.partition(",")
    inverted = bool(comma) and "," not in first.strip(" ,") and len(last.split()) < 3 and len(first.split()) < 4
    return bool(_LIFE.search(text)) or (inverted and not any(sign.isdigit() for sign in text))


def latin(text: str) -> list[str]:
    """The words of a text in lower-case Latin letters, without diacritics and apostrophes."""
    if text.isascii():
        return _WORD.findall(text[:LONGEST].lower().replace("'", "").replace("`", ""))
    folded = fold(text)
    return _WORD.findall(folded if folded.isascii() else anyascii(folded).lower().replace("'", ""))


@lru_cache(maxsize=1 << 16)
def form(text: str, group: str) -> Form:
    """Take a name apart, as a person's or as another's."""
    return _person(text) if group == PERSON else _other(text)


def own_name(text: str, kind: str) -> str:
    """A name of an entry without the occasion: a genre with a year and a place after it is that genre, as a
    record used it (``Ausstellungskatalog--1979--Hildesheim``), since no list has a genre for one exhibition.
    """
    return text[: found.start()] if kind == "genre" and (found := _OCCASION.search(text)) else text


def _other(text: str) -> Form:
    plain = romanised(text)
    plain = _ELIDED.sub(r"\1 ", plain) if "'" in plain or "’" in plain else plain
    name = _DOTTED.sub(lambda found: found[0].replace(".", "").replace(" ", ""), plain) if "." in plain else plain
    inner = tuple(word for part in _QUALIFIER.findall(name) for word in latin(part)) if "(" in name else ()
    words = tuple(latin(_QUALIFIER.sub(" ", name) if inner else name)) or inner
    telling = _telling(words, inner, _IN_OTHERS)
    compared = tuple(dict.fromkeys(one for word in telling for one in roots(word)))
    types = BODIES.types.intersection(compared)
    return Form(text, OTHER, words, 0, inner, telling=telling, roots=compared, types=types)


def _person(text: str) -> Form:
    name, years, after = around(romanised_person(text))
    qualifier = tuple(word for part in _QUALIFIER.findall(name) for word in latin(part)) if "(" in name else ()
    name = _QUALIFIER.sub(" ", name) if qualifier else name
    last, comma, first = name.partition(",")
    surname, forenames = latin(last), latin(first.replace(",", " ")) if comma else []
    inverted = bool(forenames) and bool(surname)
    every = [*forenames, *surname] if inverted else [*surname, *forenames]
    words, generation = _plain(every)
    inner, more = _plain(list(qualifier), fewest=0)
    tail = sum(word in words for word in surname) if inverted else 0
    telling = _telling(tuple(words), tuple(inner), _IN_PERSONS)
    title = tuple(latin(after))
    return Form(text, PERSON, tuple(words), tail, tuple(inner), generation or more, years, title, telling, telling)


def _plain(words: list[str], fewest: int = 2) -> tuple[list[str], str]:
    """The words without honorifics and generation, unless fewer than two would stay; and the generation."""
    kept = [word for word in words if word not in WORDS.honorifics]
    kept = kept if len(kept) >= fewest else words
    for place, word in enumerate(kept):
        if word in WORDS.generations and (fewest == 0 or (place > 0 and _numeral(word, place))):
            before = kept[: place - 1] if place > 2 and kept[place - 1] in ARTICLES else kept[:place]
            return before + kept[place + 1 :], WORDS.generations[word]
    return kept, ""


def _numeral(word: str, place: int) -> bool:
    """Whether a word outside parentheses tells the generation: neither a digit nor what may be an initial."""
    return not word[0].isdigit() and (len(word) > 1 or place > 1)


def _telling(words: tuple[str, ...], qualifier: tuple[str, ...], left_out: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words + qualifier if word not in left_out) or words


@lru_cache(maxsize=1 << 17)
def roots(word: str) -> tuple[str, ...]:
    """A word of a name that is no person's as it is compared, a compound of what a body is as two.

    >>> roots("stadtbucherei"), roots("bibliotheque"), roots("altenburger")
    (('town', 'library'), ('library',), ('altenburg',))
    """
    if known := BODIES.means.get(word) or BODIES.means.get(stem(word)) or _STEMS.get(stem(word)):
        return (known,)
    if ending := _ending(word):
        return _first_part(word.removesuffix(ending)), BODIES.means[ending]
    return (stem(word),)


def _first_part(word: str) -> str:
    """The first part of a compound, with the letter that joins it resolved (Universitätsbibliothek)."""
    found = (BODIES.means.get(one) for one in (word, word.removesuffix("s"), word + "e"))
    return next(filter(None, found), "") or stem(word)


def stem(word: str) -> str:
    """A word without the endings of German and Romance adjectives and plurals; five letters always stay."""
    if len(word) <= 6:
        return word
    return word[:-2] if word.endswith(("en", "er", "em", "es")) else word[:-1] if word[-1] in "esn" else word


_STEMS = {stem(word): first for word, first in BODIES.means.items() if len(word) > ENDING}
"""The words of bodies without their endings: other cases and genders of a word are on its line, too."""


def roots_of(text: str, kind: str) -> tuple[str, ...]:
    """The roots of a name as it is written in the index of words; those of an unknown kind as no person's."""
    return form(text, groups_of(kind)[-1]).roots


def number(text: str) -> int:
    """The key as it is stored: 63 bits of a BLAKE2b hash."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


def identifier_key(iri: str) -> str:
    """The key of an identifier; all entries that bear it meet."""
    return f"#{iri}"


def exact_keys(found: Form) -> set[str]:
    """Keys on which only writings of one name meet: its words in any order, and its letters without blanks.

    A person with a title is a work of that person; a writer's hundred works would crowd each other out under the
    name alone.
    """
    title = "/" + " ".join(found.title) if found.title else ""
    return {f"{found.group}=" + " ".join(found.ordered) + title, f"{found.group}+{found.joined}{title}"}


def loose_keys(found: Form) -> set[str]:
    """Keys on which likes meet: by sound, by initials, with one word missing, by dates."""
    keys = set(_loose(found))
    keys.discard("")
    return keys


def acronyms(found: Form) -> set[str]:
    """The first letters of a name of three words or more, as bodies are called by them; also with two letters for a
    compound that ends in what a body is (*Hessisches Landesmuseum Darmstadt*, HLMD). None for shorter names."""
    words = [word for word in found.words if word not in WORDS.legal]
    told = [word for word in words if word not in _IN_OTHERS]
    taken_apart = "".join(word[0] + _ending(word)[:1] for word in told)
    plain = "".join(word[0] for word in told) if len(words) > 2 else ""
    return {one for one in (plain, taken_apart) if len(one) in ACRONYM}


@lru_cache(maxsize=1 << 17)
def _ending(word: str) -> str:
    """What a body is, where a compound ends in it."""
    sizes = range(len(word) - 3, ENDING - 1, -1)
    return next((word[-size:] for size in sizes if word[-size:] in BODIES.endings), "")


def _capitals(found: Form) -> str:
    """The capitals of a short name of one word that has small letters, too: first letters (*NMetAU*)."""
    text = found.text.strip()
    return "".join(filter(str.isupper, text)).lower() if text.isascii() and text.isalpha() else ""


def acronym_keys(found: Form, *, asked: bool) -> set[str]:
    """Keys on which a short name meets the names whose first letters it is; other names do not meet on them."""
    if found.group == PERSON:
        return set()
    short = shortened(found)
    one, other = (":", ".") if asked else (".", ":")
    return {f"o{one}{each}" for each in short} if short else {f"o{other}{each}" for each in acronyms(found)}


def shortened(found: Form) -> set[str]:
    """What a name of one short word may be the acronym of: its letters, or those of them that are capitals."""
    if len(found.words) != 1 or len(found.words[0]) > 2 * ACRONYM[-1]:
        return set()
    return {one for one in (found.words[0], _capitals(found)) if len(one) in ACRONYM}


def sound_key(found: Form) -> str:
    """The key on which a name meets those that sound like it, and those that have one word more."""
    return f"{found.group}~" + " ".join(sorted(map(sound, found.roots)))


def _loose(found: Form) -> Iterator[str]:
    group, words = found.group, found.telling
    if found.title:
        yield from (f"p/{found.years.birth} {sound(word)}" for word in found.title[:8] if len(word) > 1)
        return
    codes = sorted(map(sound, found.roots))
    yield sound_key(found)
    if len(words) > 2:
        for place in range(min(len(codes), 8)):
            yield f"{group}~" + " ".join(codes[:place] + codes[place + 1 :])
    if group == PERSON:
        yield from _personal(found, words)


def _personal(found: Form, words: tuple[str, ...]) -> Iterator[str]:
    for surname, first in _splits(found, words):
        yield f"p.{sound(surname)} {first[:1]}"
    years = found.years
    if years.birth and years.death:
        yield f"p-{years.birth}-{years.death}"
    if years.birth and words:
        yield f"p-{years.birth} {sound(max(words, key=len))}"


def _splits(found: Form, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """The pairs of surname and first forename that a name may have."""
    if len(words) < 2:
        return []
    if found.surname:
        own = [word for word in found.words[-found.surname :] if word in words]
        return [(own[-1], words[0])] if own and own[-1] != words[0] else []
    return [(words[-1], words[0]), (words[0], words[1])]
