"""The application: one Flask app per set of settings; all it serves is listed in ``web.blueprints``."""

from flask import Flask, Request, Response, g
from werkzeug.exceptions import HTTPException

from graph.settings import Settings
from web.blueprints import blueprints
from web.compression import compress
from web.failures import answer
from web.site import Site

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:%s; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=()",
}


class StrictRequest(Request):
    """A request whose form fields are bounded; files and large bodies set their own limit in their view."""

    max_form_memory_size = 1 << 20
    max_form_parts = 200


def create_app(settings: Settings) -> Flask:
    """The application for these settings; it answers 503 until a first release is published."""
    app = Flask("web", template_folder="templates", static_folder="static")
    app.request_class = StrictRequest
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.extensions["site"] = Site(settings)
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(Exception, answer)
    compress(app)
    app.after_request(_with_security_headers)
    return app


def _with_security_headers(response: Response) -> Response:
    """A view that needs another policy (the SPARQL editor, previews for frames) sets its own; all else gets the
    strict one, which a page with a map opens for images of one host (``g.images_from``, ``web.pages.maps``)."""
    images = f" {g.images_from}" if "images_from" in g else ""
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY % images)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "frame-ancestors *" in response.headers["Content-Security-Policy"]:
        del response.headers["X-Frame-Options"]
    return response
