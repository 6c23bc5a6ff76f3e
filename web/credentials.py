"""Credentials: tokens made by the command line, kept hashed, scoped, and read anew whenever the file changes.

A token is 32 random bytes, so a plain SHA-256 of it is enough: there is nothing to guess. It is sent as
``Authorization: Bearer TOKEN`` or as the password of HTTP Basic (any user name), over TLS.
"""

import fcntl
import hashlib
import hmac
import json
import os
import secrets
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Request

from graph.data_directory import there
from graph.errors import InputError, NotFound
from web.failures import Refused

SCOPES = ("update", "graph-store", "decisions")


@dataclass(frozen=True, slots=True)
class Token:
    """One token as it is kept; dates are ISO 8601 in UTC, ``expires`` empty for never."""

    id: str
    name: str
    scopes: tuple[str, ...]
    hash: str
    created: str
    expires: str = ""

    @property
    def valid(self) -> bool:
        """Has it not expired?"""
        return not self.expires or datetime.now(UTC) < datetime.fromisoformat(self.expires)


class Credentials:
    """The tokens of a data directory, in ``tokens.json``, readable by its owner alone."""

    def __init__(self, data: Path) -> None:
        self.file = data / "tokens.json"
        self._seen: tuple[int, int] = (0, 0)
        self._tokens: tuple[Token, ...] = ()

    def all(self) -> tuple[Token, ...]:
        """The tokens as they are now, revoked ones left out."""
        try:
            state = self.file.stat()
        except FileNotFoundError:
            return ()
        if (state.st_mtime_ns, state.st_ino) != self._seen:
            self._tokens = tuple(
                Token(**{**entry, "scopes": tuple(entry["scopes"])}) for entry in json.loads(self.file.read_bytes())
            )
            self._seen = (state.st_mtime_ns, state.st_ino)
        return self._tokens

    def make(self, name: str, scopes: tuple[str, ...], days: int = 0) -> tuple[Token, str]:
        """A new token; the second value is its secret, which is kept nowhere. ``days`` 0 means it never expires."""
        for scope in scopes:
            if scope not in SCOPES:
                raise InputError(f"Unknown scope {scope!r}.", f"There are: {', '.join(SCOPES)}.")
        secret, now = secrets.token_urlsafe(32), datetime.now(UTC)
        expires = (now + timedelta(days=days)).isoformat(timespec="seconds") if days else ""
        made = Token(secrets.token_hex(4), name, scopes, _hash(secret), now.isoformat(timespec="seconds"), expires)
        with self._changing() as tokens:
            tokens.append(made)
        return made, secret

    def revoke(self, identifier: str) -> Token:
        """Take a token away, at once. Raises NotFound."""
        with self._changing() as tokens:
            found = _find(tokens, identifier)
            tokens.remove(found)
        return found

    def rotate(self, identifier: str) -> tuple[Token, str]:
        """Give a token a new secret; the old one is worth nothing from now on. Raises NotFound."""
        secret = secrets.token_urlsafe(32)
        with self._changing() as tokens:
            found = _find(tokens, identifier)
            fresh = replace(found, hash=_hash(secret))
            tokens[tokens.index(found)] = fresh
        return fresh, secret

    def find(self, secret: str) -> Token | None:
        """The valid token with this secret, None when there is none."""
        digest = _hash(secret)
        found = next((token for token in self.all() if hmac.compare_digest(token.hash, digest)), None)
        return found if secret and found and found.valid else None

    def require(self, request: Request, scope: str) -> Token:
        """The token a request comes with. Raises Refused: 401 without a valid one, 403 when it is not for this."""
        secret = _sent(request)
        found = self.find(secret)
        if found is None:
            raise Refused(
                401,
                "This needs a token." if not secret else "This token is not, or no longer, valid.",
                "`jejaring token new NAME --scope …` makes one; send it as `Authorization: Bearer TOKEN`.",
                WWW_Authenticate='Bearer realm="jejaring", Basic realm="jejaring"',
            )
        if scope not in found.scopes:
            raise Refused(403, f"This token is for {', '.join(found.scopes)}, not for {scope}.")
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise Refused(403, "Another site's page sent this.", "Send it from a program, or from our own pages.")
        return found

    @contextmanager
    def _changing(self) -> Iterator[list[Token]]:
        """The tokens to be changed; what they are at the end is written, in one step."""
        there(self.file.parent)
        with (self.file.parent / "tokens.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            tokens = list(self.all())
            yield tokens
            fresh = self.file.with_suffix(".new")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump([asdict(token) for token in tokens], file, indent=1)
            fresh.replace(self.file)


def _find(tokens: list[Token], identifier: str) -> Token:
    found = [token for token in tokens if identifier in {token.id, token.name}]
    if len(found) != 1:
        many = "Several tokens are" if found else "No token is"
        raise NotFound(f"{many} called {identifier!r}.", "`jejaring token list` shows their ids.")
    return found[0]


def _sent(request: Request) -> str:
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    if kind.lower() == "basic":
        try:
            return b64decode(value, validate=True).decode().partition(":")[2]
        except (Error, UnicodeDecodeError):
            return ""
    return ""


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
