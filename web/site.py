"""The site: what one application knows: its settings, the current release, and its public addresses.

Addresses come from the settings, never from the Host header, so that a forged one cannot reach into our pages.
"""

from threading import Lock
from urllib.parse import urlsplit

from flask import Flask, current_app, g

from graph.releases import Release, Releases
from graph.settings import Settings
from web.credentials import Credentials
from web.failures import Refused

NOTHING_YET = "`jejaring load PATH…` publishes the first release."


class Site:
    """One per application, shared by its threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.releases = Releases(settings.data)
        self.credentials = Credentials(settings.data)
        self._lock = Lock()
        self._release: Release | None = None

    @property
    def base_iri(self) -> str:
        """Start of the IRIs we mint, without a slash at the end."""
        return self.settings.base_iri

    @property
    def public_url(self) -> str:
        """Where people reach this server, without a slash at the end."""
        given = self.settings.text("public_url").rstrip("/")
        return given or f"http://{self.settings.text('host')}:{self.settings.number('port')}"

    def url(self, path: str) -> str:
        """The absolute address of a path of ours: ``url("/sparql")``."""
        return self.public_url + path

    def iri(self, path: str) -> str:
        """The IRI below our base for a path of ours: ``iri("/id/kota")``."""
        return self.base_iri + path

    def path(self, iri: str) -> str | None:
        """The path of an IRI of ours on this server; None for everybody else's."""
        if not iri.startswith(self.base_iri + "/"):
            return None
        return iri[len(self.base_iri) :]

    @property
    def host(self) -> str:
        """The public host name, for tag: IRIs and the like."""
        return urlsplit(self.public_url).hostname or "localhost"

    @property
    def release(self) -> Release:
        """The release this request reads; the same one until the request ends.

        A new release is seen as soon as ``current`` moves; the old one lives on while a request holds it.
        Refuses with 503 while nothing has been published.
        """
        if "release" not in g:
            g.release = self._current()
        release: Release = g.release
        return release

    def _current(self) -> Release:
        with self._lock:
            number = self.releases.current_number()
            if number is None:
                raise Refused(503, "Nothing has been published yet.", NOTHING_YET, Retry_After="60")
            if self._release is None or number != self._release.number:
                self.releases = Releases(self.settings.data)
                self._release = self.releases.current()
            return self._release


def site(app: Flask | None = None) -> Site:
    """The site of an application; of the one that serves the current request when none is given."""
    found: Site = (app or current_app).extensions["site"]
    return found
