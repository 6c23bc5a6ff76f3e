"""Answering: JSON for everybody's scripts (CORS), as a call of a named function where that is asked for (JSONP)."""

import json
import re
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from graph.errors import JejaringError
from web.failures import LOG, STATUS, Refused
from web.pages.speech import language
from web.sharing import open_blueprint

CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,99}(?:\.[A-Za-z_$][\w$]{0,99}){0,5}", re.ASCII)
_ESCAPED = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def service_blueprint() -> Blueprint:
    """A blueprint whose answers and errors are JSON that anybody's script may read."""
    made = open_blueprint("reconcile")
    made.register_error_handler(Exception, refusal)
    made.after_request(_in_language)
    return made


def _in_language(response: Response) -> Response:
    """An answer with the language of its labels, which the request chose."""
    response.headers.setdefault("Content-Language", language())
    response.vary.add("Accept-Language")
    return response


def answer(content: Any, status: int = 200) -> Response:
    """Content as JSON, or as the call the request wants. Refuses with 400 for a callback that is no name."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    callback = request.args.get("callback", "")
    if not callback:
        return Response(text, status, mimetype="application/json")
    if not CALLBACK.fullmatch(callback):
        raise Refused(400, "callback must be the name of a function.", "Letters, digits, _, $ and dots between.")
    script = f"/**/{callback}({text.translate(_ESCAPED)});"
    return Response(script, status, mimetype="application/javascript")


def refusal(error: Exception) -> Response:
    """An error as JSON with ``status: error``, which clients look for, in place of an answer."""
    status, message, remedy, headers = _told(error)
    content = {"status": "error", "code": status, "message": message, "remedy": remedy}
    try:
        response = answer(content, status)
    except Refused:
        response = Response(json.dumps(content), status, mimetype="application/json")
    response.headers.update(headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def _told(error: Exception) -> tuple[int, str, str, dict[str, str]]:
    if isinstance(error, Refused):
        return error.status, error.message, error.remedy, error.headers
    if isinstance(error, HTTPException):
        return error.code or 500, error.description or error.name, "", {}
    if isinstance(error, JejaringError):
        status = next((status for kind, status in STATUS if isinstance(error, kind)), 500)
        return status, error.message, error.remedy, {}
    LOG.exception("Unexpected failure at %s", request.path)
    return 500, "Something failed on our side.", "The operator finds the reason in the server's log.", {}
