"""JSON lines of lobid-gnd (also a JSON array, or a search result with ``member``): one entity per line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.authority_numbers import link
from graph.matching.entry import Entry
from ingest.authority_files.text import opened
from ingest.problems import Problem, Severity

KINDS = {
    "Person": "person",
    "CorporateBody": "organization",
    "ConferenceOrEvent": "meeting",
    "PlaceOrGeographicName": "place",
    "SubjectHeading": "topic",
    "Work": "work",
    "Family": "organization",
}
"""Types of lobid-gnd → kind."""
BROADER = ("broaderTermGeneral", "broaderTermGeneric", "broaderTermPartitive", "broaderTermInstantial")


def read(path: Path, kind: str) -> Iterator[Entry | Problem]:
    """The entries of a file; a line that is no entity is a problem, the rest goes on."""
    with opened(path) as file:
        for number, line in enumerate(file, 1):
            text = line.strip().rstrip(",")
            if not text or text in "[]":
                continue
            try:
                found = json.loads(text)
            except ValueError as error:
                yield _lost(path, number, f"This line is no JSON: {error}.")
                continue
            yield from _entities(found, path, number, kind)


def _entities(found: Any, path: Path, number: int, kind: str) -> Iterator[Entry | Problem]:
    if isinstance(found, dict) and isinstance(found.get("member"), list):
        found = found["member"]
    for one in found if isinstance(found, list) else [found]:
        entry = entity(one, kind) if isinstance(one, dict) else None
        yield entry or _lost(path, number, "This line has no id or no preferredName.")


def _lost(path: Path, number: int, message: str) -> Problem:
    remedy = "The other lines are taken."
    return Problem("no-label", message, remedy, Severity.LOST, str(path), number)


def entity(raw: dict[str, Any], kind: str) -> Entry | None:
    """An entity of lobid-gnd as an entry, None when it has no IRI or no name."""
    iri, label = str(raw.get("id") or ""), raw.get("preferredName")
    if not iri or not isinstance(label, str) or not label:
        return None
    known = link(iri)
    types = raw.get("type") or []
    said = next((KINDS[one] for one in types if one in KINDS), kind) if isinstance(types, list) else kind
    dates = "-".join([_first(raw, "dateOfBirth")[:4], _first(raw, "dateOfDeath")[:4]]).rstrip("-")
    return Entry(
        known.iri if known else iri,
        label,
        said,
        tuple(_texts(raw, "variantName")),
        dates + "-" * (len(dates) == 4),
        tuple(_texts(raw, "publication")),
        identifiers=tuple(found.iri for one in _ids(raw, "sameAs") if (found := link(one))),
        roles=tuple(_texts(raw, "professionOrOccupation")),
        broader=tuple(one for name in BROADER for one in _texts(raw, name)),
        place=_first(raw, "placeOfBusiness") or _first(raw, "placeOfBirth"),
        description=_first(raw, "definition") or _first(raw, "biographicalOrHistoricalInformation"),
    )


def _texts(raw: dict[str, Any], name: str) -> list[str]:
    value = raw.get(name)
    values = value if isinstance(value, list) else [value] if value else []
    found = [one.get("label") if isinstance(one, dict) else one for one in values]
    return [one for one in found if isinstance(one, str) and one]


def _first(raw: dict[str, Any], name: str) -> str:
    return next(iter(_texts(raw, name)), "")


def _ids(raw: dict[str, Any], name: str) -> list[str]:
    values = raw.get(name)
    return [str(one.get("id", "")) for one in values if isinstance(one, dict)] if isinstance(values, list) else []
