"""Proof: which agreements of names and evidence are enough to call a candidate the same."""

import re
import unicodedata
from collections import Counter

from graph.matching.forms import BODIES as BODY_WORDS
from graph.matching.forms import PERSON, WORDS, Form, form, roots
from graph.matching.likeness import likeness
from graph.matching.schemes import FACETED, scheme_of
from graph.matching.weighed import BODIES, CONCEPTS, KNOWN, OTHER_NAME, Weighed, is_generic

CONFIRMING = ("scheme", "broader", "place", "coordinates", "dates")
"""Evidence that confirms a name which is not the preferred one."""
STRONG = 10.0
"""Bits of evidence beside the name from which an inexact name is enough."""
PLAIN = 6.0
"""Bits that the rarest word may be below one that no other entry has, where small words differ."""
NEAR = 4.0
"""The same, where an ending, an abbreviation or a letter differs; or what the name must tell beyond enough."""
_DIVIDED = re.compile(r"\s*(?:[/+,;:]|\s[-–—]\s)")
MORE = 2
"""Words that the name of a body may have more than another where the place agrees."""
LONGEST_CODE = 12
"""Letters and digits that a code has at most."""
SHORT = 5
"""Letters up to which a single word may be an abbreviation of anything."""


def proven(one: Weighed) -> bool:
    """Whether what agrees is evidence: a name alone is one only when it is whole and could be nobody else's."""
    outside = sum(bits for name, bits in one.found.items() if name in ("dates", "identifier", "title", "names"))
    if (
        "part" in one.found
        or one.found.get("scheme", 0.0) < 0
        or one.contrary
        or one.asked.title != one.given.title
    ):
        return False
    if "kind" in one.found and one.entry.kind in CONCEPTS and not _one_for_both(one):
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
    return _whole_name(one) if one.name.level != "alike" else within(one)


def _one_for_both(one: Weighed) -> bool:
    """Whether the heading is stated to be from the entry's list, and that has one record for subject and genre."""
    return one.found.get("scheme", 0.0) > 0 and scheme_of(one.entry.iri) not in FACETED


def _many_called_nearly(one: Weighed) -> bool:
    """Whether a body's name is written a little otherwise, and there may be one called so in every country
    (*Federal Ministry of*, *for the Interior*): such a name must agree to the letter, or the place."""
    if one.name.level not in ("plain", "near") or one.entry.kind not in ("organization", "meeting") or one.placed:
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
    if one.entry.kind in BODIES and one.name.level == "exact" and one.name.bits >= one.unique + NEAR:
        return True
    if one.entry.kind in BODIES or not one.entry.kind:
        more = {"exact": -one.unique, "plain": NEAR, "near": 2 * NEAR}.get(one.name.level, 0.0)
        return one.name.bits >= one.unique + more and one.name.rarest >= one.unique - OTHER_NAME
    return likeness(one.given, form(one.entry.label, one.given.group), one.rarity).level != "alike"


def within(one: Weighed) -> bool:
    """Whether one name of a body is the other with a little more or in another order, and that tells nothing.

    What both say must be rare and be more than one word, or the place agree; a library, a branch or a department
    more is another body. Of bodies that are no libraries, more words are left to a person unless the place agrees.
    """
    extra = one.name.missing + one.name.added
    turned = one.name.slips == 1 and sorted(one.asked.roots) == sorted(one.given.roots)
    qualified = bool(one.name.added) and set(one.name.added) <= _qualifying(one.given) and not one.asked.qualifier
    if one.entry.kind not in (BODIES if turned or one.placed or qualified else ("library",)) or not (
        extra or turned
    ):
        return False
    if (one.name.missing and one.name.added) or (one.name.slips and not turned):
        return False
    if one.name.bits < one.unique + NEAR or _parts_said(one.asked) != _parts_said(one.given) or _said_again(one):
        return False
    if not qualified and one.entry.kind != "library" and (len(extra) > MORE or any(map(one.common, extra))):
        return False
    return _rare(one, 1 if one.placed else 2) and not (
        subordinate(one.asked, one.given) or subordinate(one.given, one.asked)
    )


def _qualifying(name: Form) -> set[str]:
    """The words that a cataloguer added to a name in parentheses, as they are compared."""
    return {root for word in name.qualifier for root in roots(word)}


def _said_again(one: Weighed) -> bool:
    """Whether the shorter name has a word once more than the longer one: there it stands for another part."""
    ours, theirs = (
        Counter(root for word in name.telling for root in roots(word)) for name in (one.asked, one.given)
    )
    return any(root not in KNOWN for root in (theirs - ours if one.name.missing else ours - theirs))


def _rare(one: Weighed, fewest: int) -> bool:
    """Whether so many words of both names are their own, and one of them is rare."""
    own = [word for word in one.asked.roots if word in one.given.roots and word not in KNOWN]
    return len(own) >= fewest and max(map(one.rarity, own)) >= one.unique - OTHER_NAME


def subordinate(one: Form, other: Form) -> bool:
    """Whether a name goes on after a stroke or comma where the other ends: with what is part of it."""
    first, *rest = _DIVIDED.split(one.text, maxsplit=1)
    more = {root for text in rest for root in form(text, one.group).roots} - _qualifying(one)
    return bool(more) and more.isdisjoint(other.roots) and set(other.roots) <= set(form(first, one.group).roots)


def _parts_said(name: Form) -> list[str]:
    """All that a name says there is: libraries, archives, branches, departments."""
    said = (root for word in name.telling for root in roots(word))
    return sorted(root for root in said if root in BODY_WORDS.types or root in BODY_WORDS.parts)


def _whole_name(one: Weighed) -> bool:
    if (one.name.level != "exact" and not _tells(one)) or _other_words(one):
        return False
    word = one.asked.words[0] if len(one.asked.words) == 1 else ""
    if not word:
        return True
    if not _same_marks(one.asked.text, one.given.text):
        return False
    whole = one.preferred and one.asked.text.strip(" .") == one.given.text.strip(" .")
    return whole or not (one.asked.text.isupper() or one.given.text.isupper() or len(word) <= SHORT)


def _other_words(one: Weighed) -> bool:
    """Whether names that agree are of different words all the same.

    Legal forms that differ; in names of no bodies one that the other has not, since there it is a word as any other
    (*Limited liability*, *Liability*). Places and codes written together and apart (*New Haven*, *Newhaven*;
    *UMR 12*, *UM R12*).
    """
    ours, theirs = (set(form.words) & WORDS.legal for form in (one.asked, one.given))
    if ours != theirs and ((ours and theirs) or one.entry.kind not in ("", *BODIES)):
        return True
    if one.name.level != "exact" or one.asked.ordered == one.given.ordered:
        return False
    code = len(one.asked.joined) <= LONGEST_CODE and any(map(str.isdigit, one.asked.joined))
    return code or one.entry.kind == "place"


def _tells(one: Weighed) -> bool:
    """Whether a name tells enough though it is written otherwise: small words may make another of a short one."""
    ours, theirs = ([word for word in form.words if word not in WORDS.legal] for form in (one.asked, one.given))
    return one.name.bits >= one.unique + NEAR or (ours == theirs and one.name.rarest >= one.unique - PLAIN)


def _same_marks(one: str, other: str) -> bool:
    """Whether single words agree in their diacritics, which may make another word of them (Handel, Händel)."""
    ours, theirs = (unicodedata.normalize("NFC", text).casefold().strip(" .,") for text in (one, other))
    return ours == theirs or (ours.isascii() == theirs.isascii())
