"""``/reconcile``: the addresses of the reconciliation service."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Response, redirect, render_template, request

from graph.errors import NotFound
from ontology.reconciliation import features, properties_of, types
from web.failures import Refused
from web.linked_data.pages import page_path
from web.pages.speech import language
from web.reconcile.answering import answer, service_blueprint
from web.reconcile.candidates import Finder, Found
from web.reconcile.describing import description, feature_name, types_of
from web.reconcile.entries import entries
from web.reconcile.extension import extended, extension, proposal
from web.reconcile.manifest import draft_manifest, manifest
from web.reconcile.names import id_of, iri_of
from web.reconcile.patience import Patience
from web.reconcile.preview import flyout, preview_page
from web.reconcile.reading import LARGEST_BYTES, Query, batch, draft_batch, limit_of, parsed, query
from web.reconcile.suggestions import suggest_entities, suggest_properties, suggest_types
from web.sharing import preflight
from web.site import site

DRAFT = "/reconcile/1.0-draft"
"""The root of the services as the 1.0 draft has them; its manifest and that of 0.2 exclude each other."""
reconcile = service_blueprint()


@reconcile.route("/reconcile", methods=["GET", "POST", "OPTIONS"])
@reconcile.post("/reconcile/reconcile")
def root() -> Response | str:
    """Queries or data extension where some are sent; else the manifest, and for people a page about the service."""
    if request.method == "OPTIONS":
        return preflight("GET", "POST")
    request.max_content_length = LARGEST_BYTES * 3
    if request.is_json:
        return _of_json(parsed(request.get_data(), "The body"))
    for name, reply in _REPLIES.items():
        if name in request.values:
            return answer(reply(request.values[name]))
    if request.method == "POST":
        raise Refused(400, "Nothing was asked.", "Send queries=… or extend=… as a form, or queries as JSON.")
    return page() if _wants_page() else described()


@reconcile.get("/reconcile/manifest")
def described() -> Response:
    """The manifest."""
    response = answer(manifest(site(), language()))
    response.vary.add("Accept")
    return response


@reconcile.get(DRAFT)
def draft() -> Response:
    """The manifest of the 1.0 draft, whose services lie below this address."""
    return answer(draft_manifest(site(), language()))


@reconcile.route("/reconcile/match", methods=["POST", "OPTIONS"])
@reconcile.route(f"{DRAFT}/match", methods=["POST", "OPTIONS"])
def match() -> Response:
    """The queries of the 1.0 draft, as JSON."""
    if request.method == "OPTIONS":
        return preflight("POST")
    request.max_content_length = LARGEST_BYTES
    content = parsed(request.get_data(), "The body")
    if not isinstance(content, dict) or not isinstance(content.get("queries"), list):
        raise Refused(
            400, "The body must be an object with a list of queries.", 'Send {"queries": [{"conditions": …}]}.'
        )
    return _of_json(content)


@reconcile.post(f"{DRAFT}/extend")
@reconcile.post("/reconcile/extend")
def extend() -> Response:
    """Data extension of the 1.0 draft: the same content as JSON, rows as a list."""
    request.max_content_length = LARGEST_BYTES
    return _of_json({"extend": parsed(request.get_data(), "The body")})


@reconcile.get(f"{DRAFT}/extend/propose")
@reconcile.get("/reconcile/extend/propose")
def propose() -> Response:
    """The properties that can be fetched for entities of ``?type=``."""
    given = request.args.get("limit")
    limit = limit_of(given, "limit") if given else 0
    return answer(proposal(request.args.get("type", ""), limit, language()))


@reconcile.get(f"{DRAFT}/suggest/<any(entity, type, property):what>")
@reconcile.get("/reconcile/suggest/<any(entity, type, property):what>")
def suggest(what: str) -> Response:
    """What begins with ``?prefix=``, ten at a time from ``?cursor=``."""
    if what == "entity":
        return answer(suggest_entities(site(), entries(site()), language()))
    return answer(suggest_types(language()) if what == "type" else suggest_properties(language()))


@reconcile.get("/reconcile/flyout/<any(entity, type, property):what>")
def fly_out(what: str) -> Response:
    """A few lines about the entity, type or property ``?id=``."""
    return answer(flyout(site(), entries(site()), what, request.args.get("id", ""), language()))


@reconcile.get(f"{DRAFT}/preview")
@reconcile.get("/reconcile/preview")
def preview() -> Response:
    """The entity ``?id=`` as a small page for a frame."""
    return preview_page(site(), entries(site()), request.args.get("id", ""), language())


@reconcile.get("/reconcile/view")
def view() -> Response:
    """303 to the page of the entity ``?id=``."""
    iri = iri_of(site(), request.args.get("id", ""))
    if not iri or not site().release.store.ask(f"ASK {{ <{iri}> ?p ?o }}"):
        raise NotFound("Nothing is known under this identifier.", "Give one that this service has given.")
    return redirect(page_path(site(), iri), 303)  # type: ignore[return-value]


def page() -> str:
    """How to use the service from OpenRefine and elsewhere."""
    content = manifest(site(), language())
    ours = properties_of("")
    return render_template("reconcile.html", manifest=content, types=types(), properties=ours, features=features())


def _of_json(content: Any) -> Response:
    """The answer to a JSON body, in the form of the version it was asked in."""
    if isinstance(content, dict) and "extend" in content:
        meta, rows = extended(site(), extension(content["extend"], language()), _patience())
        return answer({"meta": meta, "rows": [_listed(one, row) for one, row in rows.items()]})
    queries = content.get("queries", content) if isinstance(content, dict) else content
    if isinstance(queries, list):
        return answer({"results": list(_results("candidates", draft_batch(queries)))})
    return answer(_batch(queries))


def _listed(one: str, row: dict[str, Any]) -> dict[str, Any]:
    return {"id": one, "properties": [{"id": name, "values": values} for name, values in row.items()]}


def _batch(content: Any) -> dict[str, Any]:
    asked = batch(content)
    return dict(zip(asked, _results("result", asked.values()), strict=True))


def _single(text: str) -> dict[str, Any]:
    """A single query, as version 0.1 had it: an object, or the bare name."""
    content = parsed(text, "query") if text.lstrip().startswith("{") else text
    return next(_results("result", [query(content, "query")]))


def _extension(text: str) -> dict[str, Any]:
    meta, rows = extended(site(), extension(parsed(text, "extend"), language()), _patience())
    return {"meta": meta, "rows": rows}


_REPLIES: dict[str, Callable[[str], dict[str, Any]]] = {
    "queries": lambda text: _batch(parsed(text, "queries")),
    "extend": _extension,
    "query": _single,
}


def _results(name: str, asked: Iterable[Query | Refused]) -> Iterator[dict[str, Any]]:
    """The candidates of each query under a name. One that cannot be understood has none, and beside them why, in
    words of RFC 9457: no version says how (reconciliation-api/specs#69), and both schemas leave room for it."""
    finder, patience = Finder(site(), entries(site()), language()), _patience()
    for one in asked:
        patience.check()
        if isinstance(one, Refused):
            yield {name: [], "error": {"status": one.status, "detail": one.message, "remedy": one.remedy}}
        else:
            yield {name: [_candidate(found) for found in finder.find(one)]}


def _patience() -> Patience:
    return Patience(site().settings.seconds("query_seconds"))


def _candidate(found: Found) -> dict[str, Any]:
    tongue = language()
    return {
        "id": id_of(site(), found.entry.iri),
        "name": found.entry.label,
        "description": description(found.entry, tongue),
        "type": types_of(found.entry, tongue),
        "score": round(found.score * 100, 1),
        "match": found.match,
        "features": [
            {"id": name, "name": feature_name(name, tongue), "value": round(value, 4)}
            for name, value in found.features.items()
        ],
    }


def _wants_page() -> bool:
    """Only browsers name HTML; programs that take anything get the manifest."""
    best = request.accept_mimetypes.best_match(["application/json", "text/html"], "application/json")
    return best == "text/html" and "text/html" in str(request.accept_mimetypes) and not request.args.get("callback")
