"""What may be chosen on a page: libraries, partnerships, subjects … as lists, and what was chosen."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask import request

from graph.dates import day, moved
from graph.errors import QueryError
from graph.search import Wanted
from ontology.operations import Operation
from web.pages.visit import LISTED_LIBRARIES, Link, Visit, is_iri

_CODES = {"subject": "jp:scheme-subject", "action": "jp:scheme-action", "kind": "jp:scheme-organisation-kind"}
_OTHERS = {"package": "jp:RotationPackage"}


def choices(here: Visit, choice: str) -> list[Link] | None:
    """The things to choose from, ``href`` being the value; None for what is typed or too many to list."""
    if choice == "library":
        return here.libraries() or None
    if choice in ("network", "partnership", "agreement"):
        wanted = Wanted(chosen={"kind": choice}, limit=LISTED_LIBRARIES)
        found = here.search.find(wanted, facets=False)
        many = found.total > LISTED_LIBRARIES
        return None if many else _named(here, [one.iri for one in found.results])
    if choice in _CODES:
        return _named(here, _column(here, f"?one skos:inScheme {_CODES[choice]}"))
    if choice in _OTHERS:
        return _named(here, _column(here, f"?one a {_OTHERS[choice]}"))
    return None


def _column(here: Visit, pattern: str) -> list[str]:
    rows = here.select(f"SELECT DISTINCT ?one WHERE {{ {pattern} }} LIMIT 200")
    return [row["one"].value for row in rows]


def _named(here: Visit, iris: list[str]) -> list[Link]:
    here.know(iris)
    codes = "https://w3id.org/jejaring/ns#"
    links = [Link(iri, here.link(iri).text, here.local(iri).removeprefix(codes)) for iri in iris]
    return sorted(links, key=lambda one: one.text)


def chosen(here: Visit, operation: Operation) -> dict[str, str]:
    """The values of a page's fields, from the address or by default; a month or year gives ``from`` and ``to``."""
    values: dict[str, str] = {}
    for one in operation.fields:
        value = request.args.get(one.name, "").strip() or _default(here, one.default)
        if one.choice == "month" and value:
            values |= _month(value)
        if one.choice == "year" and value:
            values |= _year(here, value)
        values[one.name] = value
    return {name: value for name, value in values.items() if value}


def _default(here: Visit, rule: str) -> str:
    if rule == "my library":
        return here.asked_library
    if rule == "this year":
        return str(here.on.year)
    if rule == "last month":
        return f"{here.on.replace(day=1) - timedelta(days=1):%Y-%m}"
    if rule == "today":
        return here.on.isoformat()
    return rule


def _month(value: str) -> Mapping[str, str]:
    """First and last day of ``2026-02``. Raises QueryError."""
    first = day(value + "-01")
    return {"from": first.isoformat(), "to": (moved(first, 1, "m") - timedelta(days=1)).isoformat()}


def _year(here: Visit, value: str) -> Mapping[str, str]:
    """First day of a year, and its last or that of the visit. Raises QueryError."""
    if not (value.isdigit() and 1900 <= int(value) <= 2200):
        raise QueryError(f"{value!r} is no year.", "Write it with four digits.")
    first, last = date(int(value), 1, 1), date(int(value), 12, 31)
    return {"from": first.isoformat(), "to": max(first, min(last, here.on)).isoformat()}


def known_iri(here: Visit, value: str) -> str:
    """The IRI of an id or IRI that was chosen, empty when it cannot be one."""
    iri = value if is_iri(value) else here.site.iri("/id/" + value)
    return iri if value and is_iri(iri) else ""
