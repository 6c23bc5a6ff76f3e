"""Numbers of authorities as records carry them, made the IRI that each has in its list.

>>> link("(DE-588)118540238").iri
'https://d-nb.info/gnd/118540238'
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ontology.authority_lists import AuthorityList, authority_lists

_CODED = re.compile(r"^\(([^()]+)\)\s*(.+)$")
_BLANKS = re.compile(r"[\s\u200b]+")
_END = re.compile(r"(?:\.html|\.rdf|\.json|\.xml|[#?].*)$")
ADDRESS = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Link:
    """A number understood: its list, the number as the list writes it, its IRI, whether its check digit fits."""

    scheme: str
    number: str
    iri: str
    sound: bool = True


@lru_cache(maxsize=1 << 16)
def link(raw: str, scheme: str = "") -> Link | None:
    """The link that ``$0``, ``$1`` or an 024 carry, or None where no list is known for it.

    ``raw`` is an IRI or other address, ``(CODE)number``, or a bare number; ``scheme`` is the code of the list that
    ``$2`` (or the second indicator) names.
    """
    text = raw.strip().strip("<>").rstrip(" .,;")
    coded = _CODED.match(text)
    if coded:
        code, text = coded[1].strip().lower(), coded[2].strip()
        if code in ("uri", "url") or text.startswith(ADDRESS):
            return _address(text)
        return _numbered(text, _of_code(code))
    of_scheme = _numbered(text, _of_code(scheme.lower()), told=True) if scheme else None
    if of_scheme is None and (text.startswith(ADDRESS) or "/" in text or text.startswith("urn:")):
        return _address(text)
    return of_scheme or _numbered(text, tuple(one for one in authority_lists().values() if one.bare))


@cache
def _of_code(code: str) -> tuple[AuthorityList, ...]:
    return tuple(one for one in authority_lists().values() if code in one.codes)


def _address(text: str) -> Link | None:
    for one in authority_lists().values():
        for start in (one.start, *one.also):
            if text.lower().startswith(start.lower()):
                number = text[len(start) :].lstrip("/").partition("/")[0]
                found = _numbered(_END.sub("", number), (one,), told=True)
                if found:
                    return found
    return None


def _numbered(text: str, lists: Iterable[AuthorityList], *, told: bool = False) -> Link | None:
    compact = _BLANKS.sub("", text)
    for one in lists:
        for form in dict.fromkeys((compact, compact.replace("-", ""), _grouped(compact))):
            number = one.number.fullmatch(form) or (_fast(form) if told and one.name == "fast" else None)
            if number:
                plain = _written(number["n"], one)
                return Link(one.name, plain, one.start + plain + one.end, checked(plain, one.check))
    return None


def _grouped(text: str) -> str:
    """Sixteen digits as an ORCID writes them."""
    return "-".join(text[at : at + 4] for at in range(0, 16, 4)) if len(text) == 16 else text


def _fast(text: str) -> re.Match[str] | None:
    """A number of FAST without its prefix, as its IRIs have it and $2 allows."""
    return re.fullmatch(r"(?:fst)?0*(?P<n>[1-9]\d*)", text)


def _written(number: str, one: AuthorityList) -> str:
    if one.check or one.name in ("wikidata", "mesh"):
        return number.upper()
    return number if one.name in ("viaf", "isil") else number.lower()


def checked(number: str, check: str) -> bool:
    """Whether the last digit fits the others; true where the list has no check digit.

    ISNI and ORCID: ISO 7064 mod 11-2. GND: weights from 2 at the right, modulo 11; numbers with a hyphen (from the
    former subject and corporate files) and without one are complemented differently (DNB, "Prüfziffern"). IdRef:
    as GND without hyphen.
    """
    digits = number.replace("-", "")
    if not check:
        return True
    if check == "isni":
        return _mod_11_2(digits[:-1]) == digits[-1]
    total = sum(weight * int(digit) for weight, digit in enumerate(reversed(digits[:-1]), 2))
    rest = total % 11 if "-" in number else -total % 11
    return ("X" if rest == 10 else str(rest)) == digits[-1]


def _mod_11_2(digits: str) -> str:
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def contradictions(links: Iterable[Link]) -> Iterator[tuple[Link, ...]]:
    """Links of one thing that cannot all be right: two numbers of one list, or one with a wrong check digit."""
    by_list: defaultdict[str, dict[str, Link]] = defaultdict(dict)
    for one in links:
        by_list[one.scheme][one.number] = one
    for found in by_list.values():
        if len(found) > 1:
            yield tuple(found.values())
        yield from ((one,) for one in found.values() if not one.sound)
