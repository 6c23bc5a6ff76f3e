"""Reading requests: JSON from strangers becomes queries; what is wrong is said with the name of the query.

Both forms are read: the batches of version 0.2 (an object of queries by key) and of the 1.0 draft (a list of
queries made of conditions).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.names import PREFIXES
from ontology.reconciliation import properties, types
from web.failures import Refused

BATCH = 100
"""Queries in one batch; more are refused with 413."""
LARGEST_BYTES = 1 << 20
LONGEST = 1000
"""Characters of a name or value that are looked at."""
MOST_VALUES = 20
MOST_CONDITIONS = 20
DEFAULT_LIMIT, MOST_CANDIDATES = 10, 50
STRICTNESS = ("any", "all", "should")
QUANTIFIERS = ("any", "all", "none")

Given = str | float | bool


@dataclass(frozen=True, slots=True)
class Condition:
    """What a property is said to be. ``values`` are texts, or identifiers of entities when ``reconciled``;
    ``required`` leaves out entities that do not fit."""

    property: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: str = "any"
    reconciled: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """One query: names that may be its own, types (ids of ours, or unknown ones), conditions and a limit."""

    texts: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    strict: str = "any"
    limit: int = DEFAULT_LIMIT
    conditions: tuple[Condition, ...] = ()


def parsed(text: str | bytes, name: str) -> Any:
    """JSON from a request. Refuses with 413 when it is too large, with 400 when it cannot be read."""
    if len(text) > LARGEST_BYTES:
        raise Refused(413, f"{name} is larger than {LARGEST_BYTES:,} bytes.", "Send smaller batches.")
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise Refused(400, f"{name} is nested too deeply.", "A batch has no more than five levels.") from error
    except ValueError as error:
        raise Refused(
            400, f"{name} is not JSON: {error}.", "Send an object of queries, encoded as UTF-8."
        ) from error


def batch(content: Any) -> dict[str, Query | Refused]:
    """The queries of a 0.2 batch by their keys; in place of one that cannot be understood, why. Refuses what is no
    batch with 400 or 413."""
    if not isinstance(content, dict):
        raise Refused(
            400, "queries must be an object of queries by key.", 'Send for instance {"q0": {"query": "…"}}.'
        )
    _check_size(content)
    return {key: _or_why_not(query, raw, key) for key, raw in content.items()}


def draft_batch(content: Any) -> list[Query | Refused]:
    """The queries of a batch of the 1.0 draft, in order; in place of one that cannot be understood, why. Refuses
    with 413."""
    _check_size(content)
    return [_or_why_not(_draft_query, raw, f"query {number}") for number, raw in enumerate(content)]


def _or_why_not(read: Callable[[Any, str], Query], raw: Any, key: str) -> Query | Refused:
    try:
        return read(raw, key)
    except Refused as error:
        return error


def query(raw: Any, key: str) -> Query:
    """One query of version 0.2; a bare text is one too (0.1). Refuses with 400."""
    if isinstance(raw, str):
        raw = {"query": raw}
    raw = _object(raw, key)
    conditions = tuple(
        Condition(_property(one.get("pid"), key), _values(one.get("v"), key), reconciled=_reconciled(one.get("v")))
        for one in (_object(one, key) for one in _list(raw.get("properties"), key, "properties"))
    )
    texts = _values(raw["query"], key)[:1] if raw.get("query") not in (None, "") else ()
    strict = raw.get("type_strict") or "any"
    if strict not in STRICTNESS:
        raise Refused(400, f"{key}: type_strict must be one of {', '.join(STRICTNESS)}.")
    return _made(key, texts, raw.get("type"), strict, raw.get("limit"), conditions)


def _draft_query(raw: Any, key: str) -> Query:
    raw = _object(raw, key)
    texts: tuple[str, ...] = ()
    conditions: list[Condition] = []
    for one in (_object(one, key) for one in _list(raw.get("conditions"), key, "conditions")):
        values = _values(one.get("v"), key)
        quantifier = one.get("matchQuantifier") or "any"
        if one.get("matchType") not in ("name", "property") or quantifier not in QUANTIFIERS:
            raise Refused(400, f"{key}: matchType must be name or property, matchQuantifier any, all or none.")
        if one["matchType"] == "name":
            texts += values
        else:
            found = _property(one.get("pid"), key)
            required, reconciled = one.get("required") is True, _reconciled(one.get("v"))
            conditions.append(Condition(found, values, required, quantifier, reconciled))
    return _made(key, texts, raw.get("type"), "any", raw.get("limit"), tuple(conditions))


def _made(
    key: str, texts: tuple[str, ...], asked: Any, strict: str, limit: Any, conditions: tuple[Condition, ...]
) -> Query:
    if not texts and not conditions:
        raise Refused(400, f"{key} has neither a name nor properties to search by.", "Give query, or properties.")
    if len(conditions) > MOST_CONDITIONS:
        raise Refused(400, f"{key} has more than {MOST_CONDITIONS} properties.")
    wanted = asked if isinstance(asked, list) else [asked] if asked else []
    names = tuple(type_id(str(one.get("id", "") if isinstance(one, dict) else one)) for one in wanted[:MOST_VALUES])
    return Query(texts, names, strict, limit_of(limit, key), conditions)


def type_id(text: str) -> str:
    """The id of the type meant by an id, a class (``bf:Person``) or its IRI; as given when it is none of ours."""
    for one in types().values():
        for name in one.classes:
            prefix, _, local = name.partition(":")
            if text in (name, PREFIXES[prefix] + local):
                return one.id
    return text


def limit_of(raw: Any, key: str, default: int = DEFAULT_LIMIT) -> int:
    """A limit as a whole number above nothing, at most MOST_CANDIDATES. Refuses with 400."""
    if raw in (None, ""):
        return default
    try:
        limit = int(float(raw)) if not isinstance(raw, bool) else 0
    except (TypeError, ValueError, OverflowError):
        limit = 0
    if limit < 1:
        raise Refused(400, f"{key}: limit must be a whole number above 0.")
    return min(limit, MOST_CANDIDATES)


def _property(name: Any, key: str) -> str:
    if not isinstance(name, str) or name not in properties():
        raise Refused(
            400, f"{key}: there is no property {str(name)[:80]!r}.", "/reconcile/suggest/property lists them."
        )
    return name


def _values(raw: Any, key: str) -> tuple[str, ...]:
    many = raw if isinstance(raw, list) else [raw]
    return tuple(_text(one, key)[:LONGEST] for one in many[:MOST_VALUES])


def _reconciled(raw: Any) -> bool:
    many = raw if isinstance(raw, list) else [raw]
    return bool(many) and all(isinstance(one, dict) for one in many)


def _text(raw: Any, key: str) -> str:
    if isinstance(raw, dict):
        raw = raw.get("id")
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        if not isinstance(raw, bool):
            raise Refused(400, f"{key}: a value must be text, a number, true, false or an entity with an id.")
        return str(raw).lower()
    return str(raw).strip()


def _object(raw: Any, key: str) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise Refused(400, f"{key} must be an object.")
    return raw


def _list(raw: Any, key: str, name: str) -> list[Any]:
    if raw is not None and not isinstance(raw, list):
        raise Refused(400, f"{key}: {name} must be a list.")
    return raw or []


def _check_size(queries: Any) -> None:
    if len(queries) > BATCH:
        raise Refused(413, f"A batch of {len(queries):,} queries is too large.", f"Send at most {BATCH} at once.")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
