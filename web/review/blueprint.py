"""The blueprint of review: who may enter, what forms must carry, and the file of decisions for each request."""

import re
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from graph.archive import Archive
from graph.errors import JejaringError
from graph.matching.decisions import Decisions
from ingest.deciding import published_decision
from web import commands, sessions
from web.pages.visit import visit
from web.site import site

SCOPE = "decisions"
PATH = "/review"
_OURS = re.compile(rf"{PATH}(?![^/?])[\w/?=&%.,:+~-]*", re.ASCII)
review = Blueprint("review", __name__, url_prefix=PATH)


@review.before_request
def _enter() -> BaseResponse | None:
    """Nobody passes without a session but to sign in; nothing is changed but by our own forms."""
    if sessions.entered(SCOPE, "review.sign_in", site().settings.number("upload_mb") << 20):
        return None
    return redirect(visit().href(f"{PATH}/sign-in", next=request.full_path.rstrip("?")), 303)


@review.after_request
def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@review.teardown_request
def _close(error: BaseException | None) -> None:
    opened: Decisions | None = g.pop("decisions", None)
    if opened is not None:
        opened.close()


@review.context_processor
def _everywhere() -> dict[str, Any]:
    session: sessions.Session | None = g.get("session")
    return {"session": session, "pending": pending() if session else 0}


@review.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response | str | tuple[str, int]:
    """A form for a token, and the session it begins."""
    wanted = request.values.get("next", "")
    wanted = wanted if _OURS.fullmatch(wanted) else visit().href(PATH)
    if request.method == "GET":
        return render_template("review_sign_in.html", next=wanted, failed=False)
    begun = sessions.signed_in(request.form.get("token", ""), SCOPE, wanted, PATH)
    return begun or (render_template("review_sign_in.html", next=wanted, failed=True), 403)


@review.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    return sessions.signed_out(visit().href("/"), PATH)


@review.post("/publish")
def publish() -> BaseResponse:
    """Publish what was decided, in a process of its own. Refused with 503 while another load is going on."""
    commands.run(site().settings, "decisions", "publish")
    return redirect(visit().href(f"{PATH}/history"), 303)


def decided() -> Decisions:
    """The decisions, opened for this request."""
    if "decisions" not in g:
        g.decisions = Decisions.open(site().settings.data, write=True)
    found: Decisions = g.decisions
    return found


def somebody() -> str:
    """Who is signed in: the name of the token."""
    session: sessions.Session = g.session
    return session.token.name


def pending() -> int:
    """How many acts the published release does not know yet."""
    try:
        archive = Archive.open(site().settings.data)
    except JejaringError:
        return decided().last
    try:
        return max(0, decided().last - published_decision(archive))
    finally:
        archive.close()
