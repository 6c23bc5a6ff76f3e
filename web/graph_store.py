"""``/graph-store``: the SPARQL 1.1 Graph Store HTTP Protocol; reading is open, writing needs a token.

A graph is named by ``?graph=IRI`` or ``?default``; or directly, ``/graph-store/anything`` being the graph with
that very address. The graphs of loaded sources (``{base}/graph/{source}``) may be read; loads alone write them.
"""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import uuid4

import pyoxigraph as ox
from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState

from graph.errors import NotFound, QueryError
from graph.names import source_graph
from ingest.writing import FORMATS, Writing
from web.failures import Refused
from web.sharing import open_to_all, preflight
from web.site import site
from web.sparql.answering import ask, respond
from web.sparql.formats import TRIPLES, choose
from web.sparql.protocol import Operation
from web.sparql.writing import Writers, writers
from web.uploads import body, parts

graph_store = Blueprint("graph_store", __name__)
METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
_ALIASES = {mime: form.mime for form in TRIPLES for mime in (form.mime, *form.also)}
_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


@dataclass(frozen=True, slots=True)
class Graph:
    """What a request is about; ``iri`` None is the default graph."""

    iri: str | None

    @property
    def exists(self) -> bool:
        """Is it there? The default graph always is."""
        return self.iri is None or site().release.store.store.contains_named_graph(ox.NamedNode(self.iri))


@graph_store.record
def _attach(state: BlueprintSetupState) -> None:
    settings = state.app.extensions["site"].settings
    state.app.extensions["writers"] = Writers(settings)


@graph_store.after_request
def _shared(response: Response) -> Response:
    response.headers.add("Vary", "Accept")
    return open_to_all(response)


@graph_store.route("/graph-store", methods=["OPTIONS"], provide_automatic_options=False)
@graph_store.route("/graph-store/<path:name>", methods=["OPTIONS"], provide_automatic_options=False)
def options(name: str = "") -> Response:
    """What may be done with a graph."""
    return preflight(*METHODS)


@graph_store.get("/graph-store")
@graph_store.get("/graph-store/<path:name>")
def read(name: str = "") -> Response:
    """The statements of a graph."""
    graph = _graph(name)
    if graph is None:
        raise QueryError("Which graph?", "Add ?default or ?graph=IRI; /sparql lists graphs.")
    return _statements(graph)


@graph_store.get("/graph/<path:source>")
def read_source(source: str) -> Response:
    """The statements of the graph of a source, ``{base}/graph/{source}``."""
    return _statements(Graph(source_graph(site().base_iri, source)))


@graph_store.put("/graph-store")
@graph_store.put("/graph-store/<path:name>")
def replace(name: str = "") -> Response:
    """Make a graph hold exactly what is sent."""
    graph = _writable(name)
    existed = graph.exists
    first, *others = _sent()
    writers().write([_writing("put", graph, *first), *(_writing("post", graph, *part) for part in others)])
    return _written(graph, existed)


@graph_store.post("/graph-store")
@graph_store.post("/graph-store/<path:name>")
def merge(name: str = "") -> Response:
    """Add what is sent to a graph; to a new one when none is named."""
    _authorise()
    graph = _graph(name) or Graph(f"{site().public_url}/graph-store/{uuid4()}")
    _refuse_sources(graph)
    existed = graph.exists
    writers().write([_writing("post", graph, *part) for part in _sent()])
    return _written(graph, existed)


@graph_store.delete("/graph-store")
@graph_store.delete("/graph-store/<path:name>")
def delete(name: str = "") -> Response:
    """Remove a graph."""
    graph = _writable(name)
    if not graph.exists:
        raise NotFound(f"There is no graph <{graph.iri}>.")
    writers().write([Writing("delete", b"", graph.iri)])
    return Response(status=204)


def _statements(graph: Graph) -> Response:
    if not graph.exists:
        raise NotFound(f"There is no graph <{graph.iri}>.")
    form = choose(request.accept_mimetypes, TRIPLES, request.args.get("format", ""))
    dataset = None if graph.iri is None else (graph.iri,)
    response = respond(ask(Operation("query", _EVERYTHING, dataset, None if dataset is None else ()), form), form)
    response.headers["ETag"] = f'"{site().release.number}-{form.key}"'
    return response


def _graph(name: str) -> Graph | None:
    """The graph a request names; None when it names none. Raises QueryError when it names one wrongly."""
    if name:
        return Graph(f"{site().public_url}/graph-store/{quote(name, safe='/-._~')}")
    named = request.args.getlist("graph")
    default = "default" in request.args
    if len(named) + default > 1:
        raise QueryError("A request must name one graph.", "Send either ?default or one ?graph=IRI.")
    if not named:
        return Graph(None) if default else None
    try:
        return Graph(ox.NamedNode(named[0]).value)
    except ValueError as error:
        raise QueryError(f"{named[0]!r} is no absolute IRI.") from error


def _writable(name: str) -> Graph:
    _authorise()
    graph = _graph(name)
    if graph is None:
        raise QueryError("Which graph?", "Add ?default or ?graph=IRI.")
    _refuse_sources(graph)
    return graph


def _authorise() -> None:
    site().credentials.require(request, "graph-store")


def _refuse_sources(graph: Graph) -> None:
    if graph.iri is not None and graph.iri.startswith(source_graph(site().base_iri, "")):
        raise Refused(
            409, f"<{graph.iri}> belongs to a loaded source.", "Load its file again with `jejaring load`."
        )


def _sent() -> list[tuple[str, bytes]]:
    """Media type and content of each part that was sent. Raises Refused with 415 for what is no RDF."""
    limit = site().settings.number("upload_mb") << 20
    sent = parts(request, limit) if request.mimetype == "multipart/form-data" else []
    sent = sent or [(request.mimetype or "text/turtle", body(request, limit))]
    for mime, _ in sent:
        if mime not in _ALIASES:
            raise Refused(415, f"{mime} cannot be read here.", f"Send one of {', '.join(FORMATS)}.")
    return [(_ALIASES[mime], content) for mime, content in sent]


def _writing(kind: str, graph: Graph, mime: str, content: bytes) -> Writing:
    base = graph.iri or site().url("/graph-store?default")
    return Writing(kind, content, graph.iri, mime, base)


def _written(graph: Graph, existed: bool) -> Response:
    if existed:
        return Response(status=204)
    response = Response(status=201)
    iri = graph.iri or ""
    own = iri.startswith(site().url("/graph-store/"))
    response.headers["Location"] = iri if own else site().url(f"/graph-store?graph={quote(iri, safe='')}")
    return response
