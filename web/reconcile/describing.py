"""Describing entries in a line, and naming types, properties and features, in the language of the request."""

from typing import Any

from graph.matching.entry import Entry
from ontology.display import code_name
from ontology.reconciliation import features, properties, type_of_kind, types, wider
from web.reconcile.names import id_of
from web.site import Site

LANGUAGE = "http://id.loc.gov/vocabulary/languages/"
SHOWN = 3


def type_named(type_id: str, language: str, *, broader: bool = False) -> dict[str, Any]:
    """A type as responses give it."""
    one = types()[type_id]
    named: dict[str, Any] = {"id": one.id, "name": one.name[language]}
    if broader and one.broader:
        named["broader"] = [type_named(one.broader, language)]
    return named


def types_of(entry: Entry, language: str) -> list[dict[str, Any]]:
    """The types of an entry, the most special first."""
    special = type_of_kind(entry.kind)
    return [type_named(one, language) for one in wider(special)] if special else []


def property_named(property_id: str, language: str) -> dict[str, str]:
    """A property as responses give it."""
    return {"id": property_id, "name": properties()[property_id].name[language]}


def feature_name(feature_id: str, language: str) -> str:
    """What a feature is called: as a property, by the file of features, or by its own name."""
    if feature_id in properties():
        return properties()[feature_id].name[language]
    names = features().get(feature_id)
    return names[language] if names else feature_id.replace("_", " ")


def description(entry: Entry, language: str) -> str:
    """What tells an entry from its namesakes: makers, dates, place, languages, titles."""
    parts = [entry.description, "; ".join(entry.names[:SHOWN])]
    if entry.dates and entry.dates not in entry.label:
        parts.append(entry.dates)
    parts.append(", ".join(dict.fromkeys(one for one in (entry.place, *entry.broader[:1]) if one)))
    if entry.kind == "work":
        parts.append(", ".join(code_name(LANGUAGE + code, language) for code in entry.languages[:SHOWN]))
    parts.append("; ".join(entry.titles[:SHOWN]))
    return " · ".join(part for part in parts if part)


def suggested(here: Site, entry: Entry, language: str) -> dict[str, Any]:
    """An entry as suggestions give it."""
    return {
        "id": id_of(here, entry.iri),
        "name": entry.label,
        "description": description(entry, language),
        "notable": types_of(entry, language)[:1],
    }
