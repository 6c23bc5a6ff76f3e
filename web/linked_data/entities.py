"""``/id/…`` and ``/data/…``: entities of ours resolve for people and programs, also after they are gone."""

import json

from flask import Response, redirect, request

from graph.archive import Archive
from graph.errors import NotFound
from graph.merging import successor
from web.failures import Refused, failure
from web.linked_data.documents import CONTEXT_PATH, context, has_record, written
from web.linked_data.names import RECORD_SUFFIXES, SUFFIXES, data_path, requested_name, split_suffix
from web.linked_data.pages import page_path
from web.sharing import open_blueprint
from web.site import site

entities = open_blueprint("entities")
_BY_ACCEPT = {
    "text/html": "",
    "application/xhtml+xml": "",
    **{mime: suffix for suffix, mime in reversed(SUFFIXES.items())},
    "application/xml": "rdf",
    "text/plain": "nt",
}


@entities.get("/id/<path:name>")
def thing(name: str) -> Response:
    """303 to the page of an entity or to its data, by Accept or by suffix; 410 with the successor when gone."""
    name = requested_name(request, "/id/")
    iri, suffix = site().iri(f"/id/{name}"), ""
    if not _known(iri):
        stem, suffix = split_suffix(name)
        iri = site().iri(f"/id/{stem}") if suffix else iri
    if not _known(iri):
        return _gone(iri)
    if instead := successor(site().release.store.store, iri):
        return _moved(instead, site().path(instead), suffix)
    suffix = suffix or _wanted()
    path = data_path(site(), iri, suffix) if suffix else page_path(site(), iri)
    response = redirect(path, 303)
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Link"] = _links(iri)
    return response  # type: ignore[return-value]


@entities.get("/data/<path:name>")
def data(name: str) -> Response:
    """The data of an entity in the format its suffix names, or without one by Accept."""
    name, suffix = split_suffix(requested_name(request, "/data/"))
    iri = site().iri(f"/id/{name}")
    if not _known(iri):
        return _gone(iri)
    if instead := successor(site().release.store.store, iri):
        return _moved(instead, data_path(site(), instead, suffix) if suffix else None)
    chosen = suffix or _wanted() or "ttl"
    response = Response(mimetype=SUFFIXES[chosen])
    if not suffix:
        response.headers["Vary"] = "Accept"
    response.headers["Link"] = _links(iri)
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(f"{site().release.number}-{chosen}")
    if response.make_conditional(request).status_code != 304:
        response.set_data(written(site(), iri, chosen))
    return response


@entities.get(CONTEXT_PATH)
def json_ld_context() -> Response:
    """The context our JSON-LD refers to."""
    return Response(json.dumps({"@context": context()}, indent=1), mimetype="application/ld+json")


def _known(iri: str) -> bool:
    return bool(site().release.store.ask(f"ASK {{ <{iri}> ?p ?o }}"))


def _wanted() -> str:
    """The suffix that Accept asks for; empty for a page."""
    best = request.accept_mimetypes.best_match(_BY_ACCEPT, "text/html" if not request.accept_mimetypes else "")
    if not best:
        offered = ", ".join(SUFFIXES.values())
        raise Refused(406, "None of the formats you accept is on offer.", f"There are: text/html, {offered}.")
    return _BY_ACCEPT[best]


def _links(iri: str) -> str:
    """Where else this is: every format, and the licence."""
    here = site()
    recorded = has_record(here, iri)
    links = [
        f'<{here.url(data_path(here, iri, suffix))}>; rel="alternate"; type="{mime}"'
        for suffix, mime in SUFFIXES.items()
        if recorded or suffix not in RECORD_SUFFIXES
    ]
    links.append(f'<{iri}>; rel="describes"')
    links.append(f'<{here.settings.text("licence")}>; rel="license"')
    return ", ".join(links)


def _moved(iri: str, path: str | None, suffix: str = "") -> Response:
    """301 from an entity that was merged to the one that stays."""
    here = path or "/data" + (site().path(iri) or "").removeprefix("/id")
    response = redirect(here + (f".{suffix}" if suffix else ""), 301)
    response.headers["Link"] = f'<{iri}>; rel="successor-version"'
    return response  # type: ignore[return-value]


def _gone(iri: str) -> Response:
    archive_there = (site().settings.data / "archive.sqlite").exists()
    archive = Archive.open(site().settings.data) if archive_there else None
    found = archive.gone(iri) if archive else None
    if archive:
        archive.close()
    if found is None:
        raise NotFound(f"Nothing is known under {iri}.", "Search for it, or ask SPARQL.")
    release, replaced = found
    remedy = f"Its place was taken by {replaced}." if replaced else "Nothing took its place."
    headers = {"Link": f'<{replaced}>; rel="successor-version"'} if replaced else {}
    return failure(410, f"{iri} is gone since release {release}.", remedy, headers)
