"""Data extension: values of properties of entities, to be fetched into somebody's table."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.labels import labels
from ontology.reconciliation import Property, properties, properties_of, types
from web.failures import Refused
from web.pages.speech import LANGUAGES
from web.reconcile.describing import property_named, type_named
from web.reconcile.facts import Fact, facts
from web.reconcile.names import id_of, iri_of
from web.reconcile.patience import Patience
from web.reconcile.reading import type_id
from web.site import Site

MOST_IDS, MOST_PROPERTIES = 200, 30
FORMS = ("entity", "name", "iri")
_WHOLE = re.compile(r"[+-]?\d{1,15}")


@dataclass(frozen=True, slots=True)
class Column:
    """A property to fetch: how many values, entities in which form, names in which language."""

    property: Property
    limit: int
    form: str
    language: str


@dataclass(frozen=True, slots=True)
class Extension:
    """What is to be fetched, of which entities (identifiers as given)."""

    ids: tuple[str, ...]
    columns: tuple[Column, ...]


def extension(content: Any, language: str) -> Extension:
    """What a data extension query asks for. Refuses with 400 or 413."""
    if not isinstance(content, dict):
        raise Refused(400, "extend must be an object with ids and properties.")
    ids, wanted = content.get("ids"), content.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids) or not isinstance(wanted, list):
        raise Refused(400, "extend must have ids, a list of texts, and properties, a list of objects.")
    if len(ids) > MOST_IDS or len(wanted) > MOST_PROPERTIES:
        raise Refused(413, f"At most {MOST_IDS} ids and {MOST_PROPERTIES} properties can be asked for at once.")
    return Extension(tuple(dict.fromkeys(ids)), tuple(_column(one, language) for one in wanted))


def extended(
    here: Site, wanted: Extension, patience: Patience
) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """The metadata of the columns, and the values by identifier and property. Refuses with 413 when it takes too
    long."""
    rows: dict[str, dict[str, Any]] = {one: {} for one in wanted.ids}
    iris = {one: iri_of(here, one) for one in wanted.ids}
    for column in wanted.columns:
        patience.check()
        found = facts(here.release.store, column.property, {iri for iri in iris.values() if iri})
        cut = {iri: many[: column.limit or None] for iri, many in found.items()}
        names = labels(here.release.store, _iris(cut.values()), column.language)
        for one, iri in iris.items():
            cells = (_cell(here, column, fact, names) for fact in cut.get(iri, []))
            rows[one][column.property.id] = list(cells)
    return [_described(column) for column in wanted.columns], rows


def proposal(given: str, limit: int, language: str) -> dict[str, Any]:
    """The properties proposed for a type. Refuses with 404 for a type there is not."""
    asked = type_id(given)
    if asked and asked not in types():
        raise Refused(404, f"There is no type {given[:80]!r}.", f"There are: {', '.join(types())}.")
    found = [property_named(one.id, language) for one in properties_of(asked)]
    told: dict[str, Any] = {"limit": limit} if limit else {}
    return {"type": given, "properties": found[: limit or None], **told}


def _column(raw: Any, language: str) -> Column:
    name = str(raw.get("id")) if isinstance(raw, dict) else ""
    if name not in properties():
        raise Refused(400, f"There is no property {name[:80]!r}.", "/reconcile/suggest/property lists them.")
    settings = raw.get("settings") or {}
    if not isinstance(settings, dict):
        raise Refused(400, f"{name}: settings must be an object.")
    limit, form, tongue = (str(settings.get(key) or "") for key in ("limit", "as", "lang"))
    return Column(
        properties()[name],
        int(float(limit)) if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", limit) else 0,
        form if form in FORMS else "entity",
        tongue if tongue in LANGUAGES else language,
    )


def _described(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = property_named(column.property.id, column.language)
    if column.property.of and column.form == "entity":
        described["type"] = type_named(column.property.of, column.language)
    return described


def _iris(found: Iterable[Iterable[Fact]]) -> set[str]:
    return {fact.text for many in found for fact in many if fact.is_iri}


def _cell(here: Site, column: Column, fact: Fact, names: Mapping[str, str]) -> dict[str, Any]:
    if not fact.is_iri:
        whole = column.property.values in ("number", "count") and _WHOLE.fullmatch(fact.text)
        return {"int": int(fact.text)} if whole else {"str": fact.text}
    if column.form == "iri":
        return {"str": fact.text}
    name = names.get(fact.text, "")
    if column.form == "name" or not fact.text.startswith(here.iri("/id/")):
        return {"str": name or fact.text}
    return {"id": id_of(here, fact.text), "name": name or id_of(here, fact.text)}
