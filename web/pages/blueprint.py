"""The blueprint of all pages: what every template knows, and the page that errors are shown on."""

from contextlib import suppress
from functools import cache
from time import time
from typing import Any

from flask import Blueprint, Flask, Response, render_template, request, url_for
from flask.blueprints import BlueprintSetupState

from graph.errors import JejaringError
from ontology.display import Kind, kinds
from web.pages import pieces, speech, wording
from web.pages.visit import visit

pages = Blueprint("pages", __name__)
VARY = "Accept, Accept-Language"
STARTED = f"{time():.0f}"
"""Part of each page's ETag: another version of the program may show the same release differently."""


@pages.record_once
def _start(state: BlueprintSetupState) -> None:
    assert isinstance(state.app, Flask)
    speech.start(state.app)
    pieces.start(state.app.jinja_env)
    wording.start(state.app)
    state.app.extensions["error_page"] = error_page
    state.app.jinja_env.trim_blocks = state.app.jinja_env.lstrip_blocks = True


@pages.app_context_processor
def _everywhere() -> dict[str, Any]:
    """``here`` is the visit; templates of pages that need none are shown without it when the day asked is none."""
    tongue = speech.language()
    here = None
    with suppress(JejaringError):
        here = visit()
    return {"here": here, "language": tongue, "kinds": _kinds(), **speech.phrases(tongue)}


@cache
def _kinds() -> dict[str, Kind]:
    return {kind.kind: kind for kind in kinds()}


@pages.before_request
def _known_already() -> Response | None:
    """A page that the browser has from this release is not made again."""
    if request.method != "GET" or not request.if_none_match.contains_weak(_etag()):
        return None
    return Response(status=304, headers={"Vary": VARY, "ETag": f'W/"{_etag()}"', "Cache-Control": "no-cache"})


@pages.after_request
def _cached_by_release(response: Response) -> Response:
    """Pages may be kept by a browser but are asked for again when the release changes."""
    response.headers["Vary"] = VARY
    if response.status_code == 200 and request.method == "GET":
        response.set_etag(_etag(), weak=True)
        response.headers["Cache-Control"] = "no-cache"
    return response


def _etag() -> str:
    """What a page of a given address depends on besides the address."""
    here = visit()
    return f"{here.site.release.number}-{here.language}-{here.on}-{STARTED}"


def error_page(status: int, message: str, remedy: str) -> str:
    """An error as a page that helps: what happened, what to do, and the search box."""
    try:
        visit()
        return render_template("error.html", status=status, message=message, remedy=remedy)
    except JejaringError:
        return render_template("error_bare.html", status=status, message=message, remedy=remedy)


def static(name: str) -> str:
    """The address of a file of ours below ``static``."""
    return url_for("static", filename=name)
