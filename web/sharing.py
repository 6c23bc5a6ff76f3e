"""Sharing: the headers that let scripts of other sites read what is open (CORS), and nothing more."""

from flask import Blueprint, Response

_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After, Content-Disposition",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_ASKED = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-Match, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def open_to_all(response: Response) -> Response:
    """Anybody's script may read this; credentials kept by a browser are never sent along."""
    response.headers.update(_OPEN)
    return response


def open_blueprint(name: str) -> Blueprint:
    """A blueprint all of whose answers anybody's script may read."""
    blueprint = Blueprint(name, __name__)
    blueprint.after_request(open_to_all)
    return blueprint


def preflight(*methods: str) -> Response:
    """The answer to OPTIONS."""
    response = Response(status=204, headers={"Allow": ", ".join((*methods, "OPTIONS")), **_ASKED})
    return open_to_all(response)
