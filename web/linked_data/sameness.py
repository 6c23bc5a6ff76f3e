"""``/sameas``: what an entity of ours is the same as elsewhere, and which entity of ours an IRI elsewhere means."""

from typing import Any

from flask import Response, jsonify, redirect, render_template, request

from graph.description import describe
from graph.errors import NotFound
from graph.links import SameAs, ours
from graph.names import source_graph
from ontology.elsewhere import list_of, local_part
from web.failures import Refused
from web.linked_data.names import requested_name
from web.pages.elsewhere import elsewhere
from web.pages.speech import language
from web.pages.visit import is_iri, visit
from web.sharing import open_blueprint
from web.site import site

sameness = open_blueprint("sameness")


@sameness.get("/sameas")
def resolve() -> Response:
    """303 to our entity that ``?uri=`` means; 300 with a list when there are several, 404 when there is none."""
    uri = request.args.get("uri", "").strip()
    if not is_iri(uri):
        raise Refused(
            400, "uri must be an absolute IRI.", "Ask for instance /sameas?uri=http://www.wikidata.org/entity/Q42"
        )
    here = site()
    if here.path(uri):
        found = [uri] if here.release.store.ask(f"ASK {{ <{uri}> ?p ?o }}") else []
        path = "/sameas/" + uri.partition("/id/")[2]
    else:
        found = ours(here.release.store, uri)
        path = (here.path(found[0]) or "") if found else ""
    if not found:
        raise NotFound(f"No entity of ours is known to be the same as {uri[:300]}.", "Search for it by name.")
    return redirect(path, 303) if len(found) == 1 else _choice(uri, found)  # type: ignore[return-value]


@sameness.get("/sameas/<path:name>")
def identifiers(name: str) -> Response:
    """The identifiers of an entity elsewhere, with names there and the decisions behind: a page, or JSON."""
    here = site()
    iri = here.iri("/id/" + requested_name(request, "/sameas/"))
    found = describe(here.release.store, iri, language(), here.base_iri) if is_iri(iri) else None
    if found is None:
        raise NotFound(f"Nothing is known under {name[:200]}.", "Search for it by name or identifier.")
    links = elsewhere(iri).links
    if _wants_json():
        return _varying(jsonify({"id": iri, "label": found.label, "sameAs": [_told(one) for one in links]}))
    stem = source_graph(here.base_iri, "")
    return _varying(
        Response(render_template("sameas.html", it=found, links=links, stem=stem), mimetype="text/html")
    )


def _choice(uri: str, found: list[str]) -> Response:
    if _wants_json():
        response = jsonify({"uri": uri, "entities": found})
    else:
        visit().know(found)
        response = Response(render_template("sameas_several.html", uri=uri, found=found), mimetype="text/html")
    response.status_code = 300
    response.headers["Link"] = ", ".join(f'<{one}>; rel="alternate"' for one in found)
    return _varying(response)


def _told(link: SameAs) -> dict[str, Any]:
    known = list_of(link.iri)
    told: dict[str, Any] = {
        "id": link.iri,
        "list": known.name["en"] if known else "",
        "number": local_part(link.iri),
    }
    told["names"] = [
        {"text": one.text, "language": one.language, "preferred": one.preferred, "source": one.source}
        for one in link.names
    ]
    if link.by:
        told["decision"] = {"by": link.by, "at": link.at, "score": link.score, "person": link.person}
    return told


def _wants_json() -> bool:
    if request.args.get("format"):
        return request.args["format"] == "json"
    return request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html") == "application/json"


def _varying(response: Response) -> Response:
    response.headers["Vary"] = "Accept, Accept-Language"
    return response
