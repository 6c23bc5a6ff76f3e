"""Previews: an entity as a small page in somebody's frame, and a few lines of it beside a suggestion."""

from typing import Any

from flask import Response, render_template

from graph.description import Fact, describe
from graph.errors import NotFound
from ontology.reconciliation import properties, types
from web.reconcile.describing import description, types_of
from web.reconcile.entries import Entries
from web.reconcile.names import id_of, iri_of
from web.reconcile.suggestions import type_described
from web.site import Site

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
"""The one page of ours that others may show in a frame; it has no scripts and no forms."""
SHOWN_FACTS, SHOWN_VALUES = 6, 3


def preview_page(here: Site, known: Entries, given: str, language: str) -> Response:
    """The page of an entity for a frame. Raises NotFound."""
    iri = iri_of(here, given)
    found = describe(here.release.store, iri, language, here.base_iri) if iri else None
    if found is None:
        raise NotFound(f"Nothing is known as {given[:200]!r}.", "Give an identifier that this service has given.")
    entry = known.get(iri)
    html = render_template(
        "preview.html",
        language=language,
        it=found,
        address=here.url("/entitas") + "?iri=",
        line=description(entry, language) if entry else "",
        kinds=types_of(entry, language)[:1] if entry else [],
        facts=[(fact.label, _values(fact)) for fact in found.facts if _values(fact)][:SHOWN_FACTS],
    )
    return Response(html, mimetype="text/html", headers={"Content-Security-Policy": POLICY})


def flyout(here: Site, known: Entries, what: str, given: str, language: str) -> dict[str, Any]:
    """A few lines about an entity, a type or a property. Raises NotFound."""
    name, line = _lines(here, known, what, given, language)
    return {"id": given, "html": render_template("flyout.html", name=name, line=line, language=language)}


def _lines(here: Site, known: Entries, what: str, given: str, language: str) -> tuple[str, str]:
    if what == "type" and given in types():
        return types()[given].name[language], type_described(given, language)
    if what == "property" and given in properties():
        return properties()[given].name[language], ", ".join(
            types()[one].name[language] for one in properties()[given].types
        )
    entry = known.get(iri_of(here, given)) if what == "entity" else None
    if entry is None:
        raise NotFound(f"Nothing is known as {given[:200]!r}.", "Give an identifier that this service has given.")
    kinds = ", ".join(one["name"] for one in types_of(entry, language)[:1])
    return entry.label, " · ".join(
        part for part in (kinds, description(entry, language), id_of(here, entry.iri)) if part
    )


def _values(fact: Fact) -> str:
    return "; ".join(value.text[:160] for value in fact.values[:SHOWN_VALUES])
