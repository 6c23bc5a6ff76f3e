"""Evidence: what beside the name speaks for or against a heading and an entry being the same, in bits."""

import math
from functools import cache

from rapidfuzz import fuzz

from graph.matching.entry import Entry
from graph.matching.forms import latin
from graph.matching.heading import Heading
from graph.matching.schemes import family, scheme_of
from graph.matching.years import NONE, Years, agreement, years
from ontology.match_weights import weights

WEIGHTS = weights()
NEAR_KM, FAR_KM = 20.0, 100.0
LIKE = 90
"""Likeness (0 to 100, words sorted) from which two titles count as the same."""
ALIKE_KINDS = (
    {"organization", "library", "meeting", "place"},
    {"topic", "genre", "place", "meeting"},
    {"person", "work"},
)
"""Kinds that catalogues mix up; between others a different kind excludes."""


CONCEPTS = {"topic", "genre"}


@cache
def compatible(one: str, other: str) -> bool:
    """Whether two kinds may mean the same entity."""
    return not one or not other or one == other or any({one, other} <= kinds for kinds in ALIKE_KINDS)


def evidence(heading: Heading, entry: Entry, asked: Years, given: Years) -> dict[str, float]:
    """Bits by name of evidence, only what there is; ``asked`` and ``given`` are the dates found in the names."""
    found = {"kind": _kind(heading.kind, entry.kind)}
    if heading.dates or asked or entry.kind == "person":
        found["dates"] = _dates(heading, entry, asked, given)
    if heading.identifiers:
        found["identifier"] = _identifier(heading, entry)
    if heading.titles:
        found["title"] = _titles(heading, entry)
    if heading.names:
        found["names"] = WEIGHTS["names"]["same"] * bool(_common(heading.names, entry.names))
    if heading.languages:
        found["language"] = _language(heading, entry)
    if heading.roles:
        found["role"] = WEIGHTS["role"]["same"] * (not {*heading.roles}.isdisjoint(entry.roles))
    if heading.broader:
        found["broader"] = WEIGHTS["broader"]["same"] * bool(_common(heading.broader, entry.broader))
    if heading.place:
        found["place"] = _place(heading, entry)
    if heading.coordinates:
        found["coordinates"] = _coordinates(heading, entry)
    if heading.scheme:
        found["scheme"] = _scheme(heading, entry)
    return {name: bits for name, bits in found.items() if bits}


def _kind(one: str, other: str) -> float:
    if one == "work" and not other:
        return WEIGHTS["kind"]["other"]  # files that do not say what their entries are list subjects and names
    if not one or not other or one == other:
        return 0.0
    return WEIGHTS["kind"]["far" if "place" in (one, other) and {one, other} & CONCEPTS else "other"]


def _dates(heading: Heading, entry: Entry, asked: Years, given: Years) -> float:
    ours = (years(heading.dates) if heading.dates else NONE) or asked
    theirs = (years(entry.dates) if entry.dates else NONE) or given
    if theirs and not ours and entry.kind == "person":
        return WEIGHTS["dates"]["missing"]
    found = agreement(ours, theirs)
    return WEIGHTS["dates"][found] if found else 0.0


def _identifier(heading: Heading, entry: Entry) -> float:
    if not heading.identifiers:
        return 0.0
    theirs = {entry.iri, *entry.identifiers}
    if theirs & {*heading.identifiers}:
        return WEIGHTS["identifier"]["same"]
    lists = {_list(iri) for iri in theirs} & {_list(iri) for iri in heading.identifiers}
    return WEIGHTS["identifier"]["other"] if lists else 0.0


def _list(iri: str) -> str:
    return iri.rpartition("/")[0]


def _titles(heading: Heading, entry: Entry) -> float:
    if not heading.titles or not entry.titles:
        return 0.0
    shared = sum(any(_same_title(one, other) for other in entry.titles) for one in heading.titles)
    return WEIGHTS["title"]["first"] + min(shared - 1, 3) * WEIGHTS["title"]["more"] if shared else 0.0


def _same_title(one: str, other: str) -> bool:
    """Whether titles are the same, or one is the other with its subtitle."""
    ours, theirs = " ".join(latin(one)), " ".join(latin(other))
    short, long = sorted((ours, theirs), key=len)
    if short.count(" ") > 1 and long.startswith(short + " "):
        return True
    return len(short) > 8 and fuzz.token_sort_ratio(ours, theirs, score_cutoff=LIKE) > 0


def _common(ours: tuple[str, ...], theirs: tuple[str, ...]) -> set[str]:
    if not ours or not theirs:
        return set()
    return {_sorted(one) for one in ours} & {_sorted(one) for one in theirs}


def _sorted(name: str) -> str:
    return name if name.startswith("http") else " ".join(sorted(word for word in latin(name) if not word.isdigit()))


def _language(heading: Heading, entry: Entry) -> float:
    if not heading.languages or not entry.languages:
        return 0.0
    return WEIGHTS["language"]["same" if {*heading.languages} & {*entry.languages} else "other"]


def _place(heading: Heading, entry: Entry) -> float:
    if not heading.place:
        return 0.0
    ours = set(latin(heading.place))
    if entry.place:
        return WEIGHTS["place"]["same" if ours & set(latin(entry.place)) else "other"]
    named = set(latin(entry.label)) - set(latin(heading.text))
    return WEIGHTS["place"]["same"] if ours & named else 0.0


def _coordinates(heading: Heading, entry: Entry) -> float:
    if heading.coordinates is None or entry.coordinates is None:
        return 0.0
    apart = kilometres(heading.coordinates, entry.coordinates)
    return WEIGHTS["coordinates"]["near"] if apart <= NEAR_KM else WEIGHTS["coordinates"]["far"] * (apart > FAR_KM)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points given as latitude and longitude in degrees, by the haversine formula."""
    lat, long, to_lat, to_long = (math.radians(value) for value in (*one, *other))
    half = (
        math.sin((to_lat - lat) / 2) ** 2 + math.cos(lat) * math.cos(to_lat) * math.sin((to_long - long) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(math.sqrt(half))


def _scheme(heading: Heading, entry: Entry) -> float:
    if not heading.scheme:
        return 0.0
    of_entry = scheme_of(entry.iri) or entry.source
    return WEIGHTS["scheme"]["same" if family(heading.scheme) == family(of_entry) else "other"]
