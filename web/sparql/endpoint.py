"""``/sparql``: the SPARQL 1.1 Protocol, the service description, and for people the editor."""

from dataclasses import replace

from flask import Blueprint, Response, jsonify, request
from flask.blueprints import BlueprintSetupState

from ingest.writing import Writing
from web.linked_data.dataset import describe
from web.sharing import open_to_all, preflight
from web.site import site
from web.sparql.answering import ask, make_pool, respond
from web.sparql.editor import page, result_page
from web.sparql.formats import PAGE, SOLUTIONS, TRIPLES, choose
from web.sparql.guard import judge_query, judge_update
from web.sparql.protocol import Operation, read_operation
from web.sparql.rewriting import with_dataset
from web.sparql.writing import writers

sparql = Blueprint("sparql", __name__)
_GRAPH_FORMS = {"CONSTRUCT", "DESCRIBE"}


@sparql.record
def _attach(state: BlueprintSetupState) -> None:
    state.app.extensions["sparql_pool"] = make_pool(state.app.extensions["site"].settings)


@sparql.after_request
def _shared(response: Response) -> Response:
    response.headers.add("Vary", "Accept")
    return open_to_all(response)


@sparql.route("/sparql", methods=["OPTIONS"], provide_automatic_options=False)
def options() -> Response:
    """What may be done here."""
    return preflight("GET", "HEAD", "POST")


@sparql.route("/sparql", methods=["GET", "POST"], provide_automatic_options=False)
def endpoint() -> Response:
    """A query, an update, or without either the editor and the service description."""
    settings = site().settings
    operation = read_operation(request, max(settings.number("query_bytes"), settings.number("update_bytes")))
    if operation is None:
        return page() if _prefers_page() else describe()
    if operation.kind == "update":
        return _update(operation)
    return _query(operation)


def _query(operation: Operation) -> Response:
    judged = judge_query(operation.text, site().settings.number("query_bytes"))
    operation = replace(operation, text=judged.text)
    offered = TRIPLES if judged.form in _GRAPH_FORMS else SOLUTIONS
    form = choose(request.accept_mimetypes, (*offered, PAGE), operation.format)
    if form == PAGE:
        return result_page(operation, graph=offered is TRIPLES)
    return respond(ask(operation, form), form)


def _prefers_page() -> bool:
    best = request.accept_mimetypes.best_match(["text/turtle", "application/rdf+xml", "text/html"], "text/turtle")
    return best == "text/html"


def _update(operation: Operation) -> Response:
    site().credentials.require(request, "update")
    judged = judge_update(operation.text, site().settings.number("update_bytes"))
    text = judged.text
    if operation.default is not None:
        text = with_dataset(text, operation.default, operation.named or ())
    release = writers().write([Writing("update", text.encode(), base=site().iri("/"))])
    return jsonify(release=release)
