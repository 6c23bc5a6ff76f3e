"""``/sparql``: the SPARQL 1.1 Protocol, the service description, and for people the editor."""

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState

from web.failures import failure
from web.sharing import open_to_all, preflight
from web.site import site
from web.sparql.answering import ask, make_pool, respond
from web.sparql.formats import PAGE, SOLUTIONS, TRIPLES, choose
from web.sparql.guard import judge_query
from web.sparql.protocol import Operation, read_operation

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
    operation = read_operation(request, site().settings.number("query_bytes"))
    if operation is None:
        return failure(400, "no query")
    if operation.kind == "update":
        return failure(403, "no updates")
    return _query(operation)


def _query(operation: Operation) -> Response:
    judged = judge_query(operation.text, site().settings.number("query_bytes"))
    offered = TRIPLES if judged.form in _GRAPH_FORMS else SOLUTIONS
    form = choose(request.accept_mimetypes, (*offered, PAGE), operation.format)
    return respond(ask(operation, form), form)
