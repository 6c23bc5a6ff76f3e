"""Comparing what a query says of a property with what we know, for properties the matcher does not weigh itself."""

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from graph.authority_numbers import link
from graph.identifiers import variants
from graph.labels import labels
from graph.search_text import fold
from graph.store import Store
from ontology.reconciliation import Property
from web.pages.visit import is_iri
from web.reconcile.facts import Fact
from web.reconcile.reading import Condition

ALIKE = 0.85
"""Likeness from which two values count as agreeing."""
UNLIKE = 0.5
"""Likeness below which they count as differing; between the two nothing follows."""


def likeness(wanted: Property, condition: Condition, known: Sequence[str]) -> float | None:
    """How well known values fit a condition, 0 to 1; None when nothing is known, so that nothing follows."""
    if not known or not condition.values:
        return None
    alike = _same if condition.reconciled else _alike
    each = [max(alike(wanted, value, one) for one in known) for value in condition.values]
    if condition.quantifier == "none":
        return 1.0 - max(each)
    return min(each) if condition.quantifier == "all" else max(each)


def odds(wanted: Property, condition: Condition, alike: float | None) -> float:
    """What the odds of a candidate are multiplied by; nothing where the matcher has weighed the values as names."""
    if alike is None or UNLIKE <= alike < ALIKE or (wanted.evidence and not condition.reconciled):
        return 1.0
    if condition.reconciled:
        return max(wanted.agree, RECONCILED) if alike >= ALIKE else min(wanted.differ, 1 / RECONCILED)
    return wanted.agree if alike >= ALIKE else wanted.differ


RECONCILED = 20.0
"""What the odds are multiplied or divided by for a value that somebody has reconciled already."""


def canonical(wanted: Property, value: str) -> str:
    """The IRI of a number in the list of a property, however it is written; "" where it cannot be one.

    >>> canonical(properties()["wikidata"], "https://www.wikidata.org/wiki/Q42")
    'http://www.wikidata.org/entity/Q42'
    """
    found = link(value) or link(wanted.link + value)
    iri = found.iri if found else value if is_iri(value) else wanted.link + value
    return iri if is_iri(iri) else ""


def texts(store: Store, found: Mapping[str, list[Fact]], language: str) -> dict[str, list[str]]:
    """Facts as the texts to compare with: entities by IRI and by label."""
    iris = {fact.text for many in found.values() for fact in many if fact.is_iri}
    names = labels(store, iris, language) if iris else {}
    return {iri: list(_forms(many, names)) for iri, many in found.items()}


def _forms(many: Iterable[Fact], names: Mapping[str, str]) -> Iterable[str]:
    for fact in many:
        yield fact.text
        if fact.is_iri and fact.text in names:
            yield names[fact.text]


def _alike(wanted: Property, given: str, known: str) -> float:
    if given == known:
        return 1.0
    if wanted.values in ("number", "count"):
        return _close(given, known)
    if wanted.link:
        return float(canonical(wanted, given) == canonical(wanted, known))
    if wanted.finds:
        return float(bool({_bare(one) for one in variants(given)} & {_bare(one) for one in variants(known)}))
    if known.startswith("http") and known.rstrip("/").endswith("/" + given):
        return 1.0
    one, other = (_without_dates(fold(text)) for text in (given, known))
    return fuzz.token_sort_ratio(one, other) / 100 if one and other else 0.0


def _same(wanted: Property, given: str, known: str) -> float:
    return float(known == given or (known.startswith("http") and known.endswith("/id/" + given)))


def _without_dates(words: str) -> str:
    return re.sub(r"\b\d{3,4}\b", "", words) or words


def _bare(identifier: str) -> str:
    return re.sub(r"[\s\-:/.]", "", identifier).casefold()


def _close(given: str, known: str) -> float:
    one, other = (re.search(r"-?\d{1,9}", text) for text in (given, known))
    if one is None or other is None:
        return 0.0
    return max(0.0, 1.0 - abs(int(one[0]) - int(other[0])) * 0.3)
