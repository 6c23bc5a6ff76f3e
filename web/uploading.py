"""Uploading: staff who are signed in hand over sheets and catalogues, see what would change, and confirm."""

import json
import re
import secrets
import shutil
import time
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from graph.errors import InputError, NotFound
from graph.settings import Settings
from ingest.inputs import collect, told
from ingest.pipeline import Pipeline
from ingest.rehearsal import EXAMPLES, Rehearsal, rehearse
from web import commands, sessions
from web.pages.visit import visit
from web.site import site

SCOPE = "update"
PATH = "/unggah"
MOST_FILES = 40
KEPT_SECONDS = 24 * 3600
"""Files that nobody confirmed are thrown away after a day."""
FIELDS = ("source", "library")
uploading = Blueprint("uploading", __name__, url_prefix=PATH)


@uploading.before_request
def _enter() -> BaseResponse | str | None:
    """Nobody passes without a session; nothing is changed but by our own forms."""
    if sessions.entered(SCOPE, "uploading.sign_in", site().settings.number("upload_mb") << 20):
        return None
    return render_template("upload_sign_in.html", failed=False)


@uploading.after_request
def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@uploading.context_processor
def _everywhere() -> dict[str, Any]:
    return {"session": g.get("session")}


@uploading.post("/masuk")
def sign_in() -> Response | tuple[str, int]:
    """Begin a session with a token."""
    begun = sessions.signed_in(request.form.get("token", ""), SCOPE, visit().href(PATH), PATH)
    return begun or (render_template("upload_sign_in.html", failed=True), 403)


@uploading.post("/keluar")
def sign_out() -> Response:
    """End the session."""
    return sessions.signed_out(visit().href("/"), PATH)


@uploading.get("")
def form() -> str:
    """The form: files, and what is told about them; the catalogues there are, to replace one."""
    return render_template("upload.html", sources=Pipeline(site().settings).catalogues())


@uploading.post("")
def receive() -> BaseResponse:
    """Keep the files, and lead to what they would change."""
    files = [one for one in request.files.getlist("files") if one.filename][:MOST_FILES]
    if not files:
        raise InputError("No file was sent.", "Choose sheets (CSV, XLSX, ODS) or catalogues (MARC, MARCXML).")
    folder = _folder(site().settings) / secrets.token_hex(8)
    (folder / "files").mkdir(parents=True)
    for one in files:
        one.save(folder / "files" / _name(one))
    wanted = {name: request.form.get(name, "").strip()[:80] for name in FIELDS}
    wanted["partial"] = request.form.get("partial", "")
    wanted["by"] = g.session.token.name
    (folder / "told.json").write_text(json.dumps(wanted), encoding="utf-8")
    return redirect(visit().href(f"{PATH}/{folder.name}"), 303)


@uploading.get("/<name>")
def preview(name: str) -> str:
    """What the files would change; after confirming, how the load is going and what it did."""
    folder = _upload(name)
    outcome = folder / "outcome.json"
    if (state := commands.state(outcome)) != "not begun":
        return _outcome(name, outcome, state)
    wanted = _told(folder)
    found = _rehearsed(folder, wanted)
    files = [one.name for one in _files(folder)]
    kept = f"{folder.resolve() / 'files'}/"
    return render_template(
        "upload_preview.html", name=name, files=files, found=found, kept=kept, most=EXAMPLES
    )  # fmt: skip


@uploading.post("/<name>/muat")
def load(name: str) -> BaseResponse:
    """Load the files as they were shown, in a process of its own; again, when that was cut short."""
    folder = _upload(name)
    wanted = _told(folder)
    arguments = [argument for key in FIELDS if wanted[key] for argument in (f"--{key}", wanted[key])]
    arguments += ["--partial"] if wanted["partial"] else []
    outcome = folder / "outcome.json"
    if commands.state(outcome) in ("not begun", "interrupted"):
        commands.start(site().settings, outcome, "load", "--json", *arguments, *map(str, _files(folder)))
    return redirect(visit().href(f"{PATH}/{name}"), 303)


@uploading.post("/<name>/buang")
def discard(name: str) -> BaseResponse:
    """Throw the files away."""
    shutil.rmtree(_upload(name))
    return redirect(visit().href(PATH), 303)


def _outcome(name: str, outcome: Path, state: commands.State) -> str:
    log = outcome.with_suffix(".log")
    said = log.read_text(encoding="utf-8", errors="replace")[-4000:] if log.exists() else ""
    text = outcome.read_text(encoding="utf-8") if state == "ended" else ""
    done: dict[str, Any] | None = json.loads(text) if text.strip() else None
    return render_template("upload_outcome.html", name=name, state=state, done=done, said=said)


def _rehearsed(folder: Path, wanted: dict[str, str]) -> Rehearsal:
    inputs = told(collect(_files(folder)), wanted["library"] or None, None)
    return rehearse(
        site().settings, inputs, source=wanted["source"] or None, part=bool(wanted["partial"])
    )  # fmt: skip


def _files(folder: Path) -> list[Path]:
    """The files one by one: a folder's own list of inputs is not obeyed when it comes from outside."""
    return sorted((folder.resolve() / "files").iterdir())


def _folder(settings: Settings) -> Path:
    """Where uploads are kept; those nobody confirmed in time leave."""
    folder = settings.data / "uploads"
    for old in folder.glob("*"):
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
    return folder


def _upload(name: str) -> Path:
    folder = site().settings.data / "uploads" / name
    if not re.fullmatch(r"[0-9a-f]{16}", name) or not (folder / "told.json").exists():
        raise NotFound("This upload is not kept any more.", "Send the files again.")
    return folder


def _told(folder: Path) -> dict[str, str]:
    return dict(json.loads((folder / "told.json").read_text(encoding="utf-8")))


def _name(file: FileStorage) -> str:
    """The file's own name, by which sheets and sources are known, made harmless."""
    name = re.sub(r"[^\w.() -]", "_", Path((file.filename or "").replace("\\", "/")).name)
    return name.lstrip(".")[-120:] or "berkas"
