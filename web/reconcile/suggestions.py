"""Suggestions while somebody types: entities, types and properties, a page at a time."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import request

from graph.matching.entry import Entry
from graph.search_text import fold
from ontology.reconciliation import narrower, properties_of, types
from web.failures import Refused
from web.reconcile.describing import property_named, suggested, type_named
from web.reconcile.entries import Entries
from web.reconcile.names import iri_of
from web.reconcile.reading import limit_of, type_id
from web.site import Site

PAGE = 10
DEEPEST = 500
"""Suggestions that can be paged to."""
LONGEST = 200


def suggest_entities(here: Site, known: Entries, language: str) -> dict[str, Any]:
    """Entities whose name begins as typed, or whose identifier this is; of a type where one is asked for."""
    prefix, (start, limit) = _prefix(), _page()
    asked = type_id(request.args.get("type", ""))
    kinds = types()[asked].kinds if asked in types() else ("",)
    found = [*_exact(here, known, prefix, kinds)]
    for kind in kinds:
        found += known.index.suggest(prefix, kind, start + limit + 1)
    unique = list({one.iri: one for one in found}.values())
    return _paged([suggested(here, one, language) for one in unique[start : start + limit + 1]], start, limit)


def suggest_types(language: str) -> dict[str, Any]:
    """Types by a word of their name or their id; all of them for nothing."""
    listed = [type_named(one, language, broader=True) for one in types()]
    return _among(listed, lambda one: [*types()[one["id"]].name.values(), *types()[one["id"]].classes])


def suggest_properties(language: str) -> dict[str, Any]:
    """Properties by a word of their name or their id, of a type where one is asked for."""
    asked = type_id(request.args.get("type", "") or request.args.get("schema", ""))
    offered = properties_of(asked if asked in types() else "")
    names = {one.id: one.name for one in offered}
    return _among([property_named(one.id, language) for one in offered], lambda one: [*names[one["id"]].values()])


def type_described(type_id: str, language: str) -> str:
    """What falls under a type, in a line."""
    return ", ".join(types()[one].name[language] for one in narrower(type_id)[1:])


def _exact(here: Site, known: Entries, prefix: str, kinds: Sequence[str]) -> list[Entry]:
    entry = known.get(iri_of(here, prefix)) if prefix else None
    return [entry] if entry and ("" in kinds or entry.kind in kinds) else []


def _among(listed: list[dict[str, Any]], forms: Callable[[dict[str, Any]], list[str]]) -> dict[str, Any]:
    prefix, (start, limit) = fold(_prefix()), _page()
    fitting = [one for one in listed if not prefix or _begins(prefix, [one["id"], one["name"], *forms(one)])]
    return _paged(fitting[start : start + limit + 1], start, limit)


def _begins(prefix: str, forms: Sequence[str]) -> bool:
    folded = [fold(form) for form in forms]
    return any(form.startswith(prefix) or f" {prefix}" in form for form in folded)


def _paged(found: list[Any], start: int, limit: int) -> dict[str, Any]:
    more = {"cursor": start + limit} if len(found) > limit else {}
    return {"result": found[:limit], **more}


def _prefix() -> str:
    return request.args.get("prefix", "").strip()[:LONGEST]


def _page() -> tuple[int, int]:
    cursor = request.args.get("cursor", "0") or "0"
    if not (cursor.isascii() and cursor.isdigit()) or len(cursor) > 6:
        raise Refused(400, "cursor must be a whole number from 0.", "Take it from the answer before.")
    return min(int(cursor), DEEPEST), limit_of(request.args.get("limit"), "suggest", PAGE)
