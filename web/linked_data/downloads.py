"""``/dumps/``: the files for bulk use, with their checksums."""

from flask import Response, jsonify, redirect, send_file

from graph.errors import NotFound
from web.linked_data.dumps import dump_file, dumps_of
from web.sharing import open_blueprint
from web.site import site

downloads = open_blueprint("downloads")


@downloads.get("/dumps/")
def listing() -> Response:
    """The dumps of the releases on disk, newest first, as JSON."""
    here = site()
    return jsonify(
        licence=here.settings.text("licence"),
        releases=[
            {
                "release": release.number,
                "date": release.date.isoformat(),
                "checksums": here.url(f"/dumps/{release.number}/SHA256SUMS"),
                "files": [
                    {
                        "url": here.url(dump.path),
                        "bytes": dump.bytes,
                        "statements": dump.statements,
                        "sha256": dump.sha256,
                    }
                    for dump in dumps
                ],
            }
            for release in reversed(here.releases.all())
            if (dumps := dumps_of(here.settings.data, release.number))
        ],
    )


@downloads.get("/dumps/latest/<name>")
def latest(name: str) -> Response:
    """302 to the newest dump of this name."""
    here = site()
    for release in reversed(here.releases.all()):
        if any(dump.name == name for dump in dumps_of(here.settings.data, release.number)):
            return redirect(f"/dumps/{release.number}/{name}", 302)  # type: ignore[return-value]
    raise NotFound(f"There is no dump {name} yet.", "/dumps/ lists those there are.")


@downloads.get("/dumps/<int:release>/<name>")
def dump(release: int, name: str) -> Response:
    """A file, whole or in ranges."""
    file = dump_file(site().settings.data, release, name).resolve()
    mime = "application/gzip" if name.endswith(".gz") else "text/plain"
    return send_file(file, mimetype=mime, conditional=True, etag=f"{release}-{name}", as_attachment=True)
