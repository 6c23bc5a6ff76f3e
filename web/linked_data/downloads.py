"""``/dumps/``: the files for bulk use, with their checksums, for programs and as a page."""

from flask import Response, jsonify, redirect, render_template, request, send_file

from graph.errors import NotFound
from graph.releases import Release
from web.linked_data.dumps import Dump, dump_file, dumps_of
from web.sharing import open_blueprint
from web.site import site

downloads = open_blueprint("downloads")


@downloads.get("/dumps/")
def listing() -> Response:
    """The dumps of the releases on disk, newest first: a page for browsers, else JSON."""
    here = site()
    made = [(one, dumps_of(here.settings.data, one.number)) for one in reversed(here.releases.all())]
    if request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html":
        response = Response(
            render_template("dumps.html", made=[pair for pair in made if pair[1]]), mimetype="text/html"
        )
    else:
        response = _as_json(made)
    response.vary.add("Accept")
    response.vary.add("Accept-Language")
    return response


def _as_json(made: list[tuple[Release, list[Dump]]]) -> Response:
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
            for release, dumps in made
            if dumps
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
