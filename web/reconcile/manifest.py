"""The manifest: what this service is, what it offers, and where."""

from importlib.metadata import version
from typing import Any

from ontology.reconciliation import types
from web.reconcile.describing import type_named
from web.reconcile.reading import BATCH
from web.site import Site

VERSIONS, DRAFT = ["0.1", "0.2"], ["1.0-draft"]
PREVIEW_WIDTH, PREVIEW_HEIGHT = 430, 280
SCHEMA_SPACE = "http://id.loc.gov/ontologies/bibframe/"
_SETTINGS = {
    "en": {
        "limit": ("Limit", "How many values to fetch for each entity; 0 for all."),
        "as": ("Entities as", "Whether entities come as reconciled cells, as names or as IRIs."),
        "lang": ("Language", "The language of names."),
        "entity": "entities",
        "name": "names",
        "iri": "IRIs",
    },
    "id": {
        "limit": ("Batas", "Berapa nilai yang diambil untuk tiap entitas; 0 untuk semua."),
        "as": ("Entitas sebagai", "Entitas sebagai sel terekonsiliasi, nama, atau IRI."),
        "lang": ("Bahasa", "Bahasa nama."),
        "entity": "entitas",
        "name": "nama",
        "iri": "IRI",
    },
}


def manifest(here: Site, language: str) -> dict[str, Any]:
    """The manifest in a language."""
    root = here.url("/reconcile")
    return {
        "versions": VERSIONS,
        "name": here.settings.text("title"),
        "identifierSpace": here.iri("/id/"),
        "schemaSpace": SCHEMA_SPACE,
        "defaultTypes": [type_named(one, language, broader=True) for one in types()],
        "documentation": root,
        "logo": here.url("/static/icon.svg"),
        "serviceVersion": f"{version('jejaring')}, release {here.release.number}",
        "view": {"url": root + "/view?id={{id}}"},
        "feature_view": {"url": root + "#feature-{{id}}"},
        "preview": {"url": root + "/preview?id={{id}}", "width": PREVIEW_WIDTH, "height": PREVIEW_HEIGHT},
        "suggest": {one: _suggestion(root, one) for one in ("entity", "property", "type")},
        "extend": {
            "propose_properties": {"service_url": root, "service_path": "/extend/propose"},
            "property_settings": settings(language),
        },
        "batchSize": BATCH,
        "standardizedScore": True,
        "lang": language,
    }


def draft_manifest(here: Site, language: str) -> dict[str, Any]:
    """The manifest as the 1.0 draft has it: of services below one root, only whether they are there."""
    content = manifest(here, language)
    shared = (
        "name", "identifierSpace", "schemaSpace", "defaultTypes", "documentation", "logo", "serviceVersion", "view",
        "batchSize", "standardizedScore",
    )  # fmt: skip
    kept = {name: content[name] for name in shared}
    fetched = [_renamed(one) for one in settings(language)]
    return {
        **kept,
        "versions": DRAFT,
        "featureView": content["feature_view"],
        "preview": {"width": PREVIEW_WIDTH, "height": PREVIEW_HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {"proposeProperties": True, "propertySettings": fetched},
    }


def _renamed(setting: dict[str, Any]) -> dict[str, Any]:
    """A setting under the names that the draft gives its parts."""
    told = {"id": setting["name"], "name": setting["label"], "helpText": setting["help_text"]}
    return {**{name: setting[name] for name in ("type", "default", "choices") if name in setting}, **told}


def settings(language: str) -> list[dict[str, Any]]:
    """What can be set for a property that is fetched."""
    words = _SETTINGS[language]
    labelled = {name: {"name": name, "label": words[name][0], "help_text": words[name][1]} for name in _NAMES}
    forms = [{"value": form, "name": words[form]} for form in ("entity", "name", "iri")]
    tongues = [{"value": "id", "name": "Bahasa Indonesia"}, {"value": "en", "name": "English"}]
    return [
        {"type": "number", "default": 0, **labelled["limit"]},
        {"type": "select", "default": "entity", "choices": forms, **labelled["as"]},
        {"type": "select", "default": language, "choices": tongues, **labelled["lang"]},
    ]


_NAMES = ("limit", "as", "lang")


def _suggestion(root: str, what: str) -> dict[str, str]:
    return {
        "service_url": root,
        "service_path": f"/suggest/{what}",
        "flyout_service_url": root,
        "flyout_service_path": f"/flyout/{what}?id=${{id}}",
    }
