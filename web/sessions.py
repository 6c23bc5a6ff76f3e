"""Sessions: signing in with a token in a browser, for pages on which people decide.

The cookie holds the token's id and an end, signed with what the server keeps of the token (its hash), so nothing is
kept for a session, and a token that is revoked, rotated or expired ends it at once. Forms carry a word derived from
the cookie; together with ``SameSite=Strict`` no other site can send them.
"""

import hashlib
import hmac
from dataclasses import dataclass
from time import time

from flask import Request, Response, g, make_response, redirect, request

from web.credentials import Credentials, Token
from web.failures import Refused
from web.site import site

COOKIE = "jejaring_session"
SECONDS = 12 * 3600


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, and the word that forms must carry."""

    token: Token
    word: str


def signed_in(secret: str, scope: str, place: str, path: str) -> Response | None:
    """The way on to a place, and a session of twelve hours below a path; None when the token is not for this."""
    token = site().credentials.find(secret.strip())
    if token is None or scope not in token.scopes:
        return None
    response = make_response(redirect(place, 303))
    _begin(response, token, secure=site().public_url.startswith("https:"), path=path)
    return response


def signed_out(place: str, path: str) -> Response:
    """The way on to a place, without the session below a path."""
    response = make_response(redirect(place, 303))
    response.delete_cookie(COOKIE, path=path, httponly=True, samesite="Strict")
    return response


def _begin(response: Response, token: Token, *, secure: bool, path: str) -> None:
    value = _signed(token, int(time()) + SECONDS)
    response.set_cookie(COOKIE, value, max_age=SECONDS, path=path, secure=secure, httponly=True, samesite="Strict")


def current(request: Request, credentials: Credentials, scope: str) -> Session | None:
    """The session of a request, None when nobody is signed in with a token that allows this."""
    value = request.cookies.get(COOKIE, "")
    identifier, _, rest = value.partition(".")
    ends = rest.partition(".")[0]
    token = next((one for one in credentials.all() if one.id == identifier), None)
    if token is None or not token.valid or scope not in token.scopes or not (ends.isascii() and ends.isdigit()):
        return None
    if not hmac.compare_digest(value.encode(), _signed(token, int(ends)).encode()) or int(ends) < time():
        return None
    return Session(token, _digest(token, f"form {value}"))


def entered(scope: str, door: str, size: int) -> bool:
    """Whether the current request may go on: it has a session (``g.session``), or goes to the endpoint where one is
    begun. ``size`` bounds its body. Raises Refused for a form that is not ours, or comes without a session."""
    request.max_content_length = size
    g.session = session = current(request, site().credentials, scope)
    sent = request.method == "POST"
    if request.endpoint == door:
        if sent:
            refuse_other_sites(request)
        return True
    if sent and session is None:
        raise Refused(403, "You are not signed in (any more).", "Sign in and repeat it.")
    if sent and session is not None:
        require_own_form(request, session)
    return session is not None


def require_own_form(request: Request, session: Session) -> None:
    """Raises Refused (403) for a form that another site sent."""
    fits = hmac.compare_digest(request.form.get("word", "").encode(), session.word.encode())
    refuse_other_sites(request)
    if not fits:
        raise Refused(403, "This form was not sent from our page.", "Open the page again and repeat it there.")


def refuse_other_sites(request: Request) -> None:
    """Raises Refused (403) when the browser says that another site's page sent this."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise Refused(403, "Another site's page sent this.", "Open our own page and repeat it there.")


def _signed(token: Token, ends: int) -> str:
    return f"{token.id}.{ends}.{_digest(token, f'session {token.id} {ends}')}"


def _digest(token: Token, text: str) -> str:
    return hmac.new(token.hash.encode(), text.encode(), hashlib.sha256).hexdigest()
