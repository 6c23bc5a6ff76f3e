"""Failures: every error becomes one answer that says what is wrong and what to do, in the form asked for.

Pages set ``app.extensions["error_page"]`` to a function (status, message, remedy) -> HTML; without it, and for
programs, the answer is plain text or ``application/problem+json`` (RFC 9457).
"""

import json
import logging
from http import HTTPStatus

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException, default_exceptions

from graph.errors import InputError, JejaringError, NotFound, QueryError, QueryTimeout, StoreError

LOG = logging.getLogger("jejaring")

STATUS: tuple[tuple[type[JejaringError], int], ...] = (
    (QueryTimeout, 504),
    (QueryError, 400),
    (NotFound, 404),
    (InputError, 400),
    (StoreError, 503),
)

OF_HTTP: dict[int, tuple[str, str]] = {
    400: ("The request cannot be understood.", "Correct the address or the form."),
    404: ("There is no page at this address.", "Search for what you want, or begin at the home page."),
    405: ("This address cannot be asked in this way.", "The header Allow names the methods there are."),
    411: ("The request does not say how long it is.", "Send it with Content-Length."),
    413: ("What was sent is too large.", "Send it in parts."),
    414: ("The address is too long.", "Send the question as a form, by POST."),
    415: ("What was sent is of a kind that cannot be read here.", "Say its kind in Content-Type."),
    416: ("The file has no such part.", "Ask for the whole file."),
    429: ("Too much was asked at once.", "Try again in some seconds."),
    431: ("The headers of the request are too long.", "Send fewer or shorter ones."),
    500: ("Something failed on our side.", "The operator finds the reason in the server's log."),
    503: ("The server cannot answer just now.", "Try again in some seconds."),
}
"""What the web framework refuses by itself, in our words: what is wrong, and what to do."""


class Refused(JejaringError):
    """A request that is refused with a certain HTTP status, and perhaps headers such as Retry-After."""

    def __init__(self, status: int, message: str, remedy: str = "", **headers: str) -> None:
        super().__init__(message, remedy)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def answer(error: Exception) -> Response:
    """The response for an error raised anywhere below a view."""
    if isinstance(error, Refused):
        return failure(error.status, error.message, error.remedy, error.headers)
    if isinstance(error, HTTPException):
        return _of_http(error)
    if isinstance(error, JejaringError):
        status = next((status for kind, status in STATUS if isinstance(error, kind)), 500)
        return failure(status, error.message, error.remedy, {"Retry-After": "10"} if status == 503 else {})
    LOG.exception("Unexpected failure at %s", request.path)
    return failure(500, *OF_HTTP[500])


def failure(status: int, message: str, remedy: str = "", headers: dict[str, str] | None = None) -> Response:
    """An error as HTML, JSON or text, whichever the request accepts best."""
    kinds = ["text/plain", "application/problem+json", "application/json", "text/html"]
    best = request.accept_mimetypes.best_match(kinds, "text/plain")
    page = current_app.extensions.get("error_page")
    if best == "text/html" and page is not None:
        response = Response(page(status, message, remedy), mimetype="text/html")
    elif best.endswith("json"):
        problem = {"title": HTTPStatus(status).phrase, "status": status, "detail": message, "remedy": remedy}
        response = Response(json.dumps(problem, ensure_ascii=False), mimetype="application/problem+json")
    else:
        response = Response(f"{message} {remedy}".strip() + "\n", mimetype="text/plain")
    response.status_code = status
    response.headers.update(headers or {})
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _of_http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return current_app.make_response(error.get_response())
    headers = {name: value for name, value in error.get_headers() if name not in {"Content-Type", "Content-Length"}}
    if error.description not in (None, default_exceptions[error.code].description):
        return failure(error.code, error.description or "", "", headers)
    if error.code in OF_HTTP:
        return failure(error.code, *OF_HTTP[error.code], headers)
    return failure(error.code, f"The request was refused: {HTTPStatus(error.code).phrase}.", "", headers)
