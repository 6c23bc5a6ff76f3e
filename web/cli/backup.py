"""``jejaring backup`` and ``check``: a copy to be safe, and a look whether all is sound."""

import json
from pathlib import Path

import click

from graph.backup import back_up
from graph.data_directory import there
from graph.settings import Settings
from ingest.building import Lock
from ingest.soundness import findings


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.pass_obj
def backup(settings: Settings, directory: Path) -> None:
    """Copy release, archive, decisions and authority files to a new directory; serving goes on meanwhile.

    The copy is a data directory itself: serve it with --data DIR, or put it in the place of a lost one.

    Example: jejaring backup /mnt/backup/2026-11-23
    """
    lock = Lock(there(settings.data))
    try:
        release = back_up(settings.data, directory)
    finally:
        lock.free()
    click.echo(f"Release {release.number} and the archive are in {directory}.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.pass_obj
def check(settings: Settings, as_json: bool) -> None:
    """Look whether store, archive and network are sound; the exit status is 1 when something is not.

    Example: jejaring check
    """
    found = list(findings(settings))
    if as_json:
        click.echo(json.dumps([finding.as_json() for finding in found], indent=1, ensure_ascii=False))
    else:
        for finding in found:
            click.echo(str(finding))
    if any(not finding.sound for finding in found):
        raise SystemExit(1)


VERBS = (backup, check)
