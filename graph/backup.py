"""A complete copy of a data directory, made while it is being served."""

import shutil
import sqlite3
from pathlib import Path

from graph.errors import StoreError
from graph.matching.decisions import FILE as DECISIONS
from graph.releases import Release, Releases

BASES = (DECISIONS, "lookups.sqlite")
AUTHORITIES = "authorities"
"""Folder of the authority files (graph.matching.authorities); hidden ones in it are not complete."""


def back_up(data: Path, target: Path) -> Release:
    """Copy the current release, the archive, decisions, authority files, what was looked up and the settings to a
    new directory, which is a data directory itself: serve it, or put it in the place of a lost one.

    The caller holds the writer's lock, so that archive and release belong together. Raises StoreError when the
    target exists, NotFound when there is no release.
    """
    if target.exists() and any(target.iterdir()):
        raise StoreError(f"{target} exists and is not empty.", "Name a new directory.")
    release = Releases(data).current()
    place = Releases(target).path(release.number)
    try:
        shutil.copytree(release.path, place, ignore=shutil.ignore_patterns("LOCK"))
        _copy_base(data / "archive.sqlite", target / "archive.sqlite")
        for name in BASES:
            if (data / name).is_file():
                _copy_base(data / name, target / name)
        for folder in (data / AUTHORITIES).glob("[!.]*"):
            shutil.copytree(folder, target / AUTHORITIES / folder.name)
    except (OSError, shutil.Error, sqlite3.Error) as error:
        raise StoreError(f"The backup to {target} failed: {_why(error)}.", "Is there room on that disk?") from error
    for name in ("jejaring.yaml", "lookups.yaml"):
        if (data / name).is_file():
            shutil.copy2(data / name, target / name)
    Releases(target).switch(release.number)
    return release


def _why(error: Exception) -> str:
    """The reason; copying a folder gives a list of all that went wrong with files and reasons."""
    listed = error.args[0] if isinstance(error, shutil.Error) and error.args else None
    return str(listed[0][2] if isinstance(listed, list) else error)


def _copy_base(file: Path, target: Path) -> None:
    """Copy an SQLite file that may be in use."""
    base, copy = sqlite3.connect(f"file:{file}?mode=ro", uri=True), sqlite3.connect(target)
    try:
        base.backup(copy, pages=4096)
    finally:
        copy.close()
        base.close()
