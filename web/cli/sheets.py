"""``jejaring templates``, ``export-sheets`` and ``validate``: the sheets of the network, out, back and checked."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from graph.releases import Releases
from graph.settings import Settings
from ingest import sheets
from ingest.problems import Severity
from ingest.sheets import writing
from ingest.sheets.export import Export


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def templates(folder: Path) -> None:
    """Write empty sheets with drop-down lists to fill in.

    Example: jejaring templates lembar
    """
    for path in writing.templates(folder):
        click.echo(path)


@click.command("export-sheets")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["csv", "xlsx", "ods"]), default="xlsx", help="Kind of file.")
@click.pass_obj
def export_sheets(settings: Settings, folder: Path, form: str) -> None:
    """Write the network as sheets, in the columns in which they are read.

    Example: jejaring export-sheets koreksi --format ods
    """
    store = Releases(settings.data).current().store
    for path in writing.write(Export(store, settings.base_iri).tables(), folder, form):
        click.echo(path)


@click.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.pass_obj
def validate(settings: Settings, paths: tuple[Path, ...], as_json: bool) -> None:
    """Check sheets without loading them; the exit status is 1 when something would be refused.

    Example: jejaring validate lembar/perjanjian.csv lembar/ketentuan.csv
    """
    files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    releases = Releases(settings.data)
    known = None if releases.current_number() is None else releases.current().store
    reading = sheets.read_sheets([file for file in files if file.is_file()], settings.base_iri, known)
    found = [*reading.problems, *sheets.validate(reading.lines, reading.places)]
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in found], indent=2, ensure_ascii=False))
    else:
        for problem in found:
            click.echo(f"{problem.severity}: {problem}")
        click.echo(f"{len(reading.lines)} statements, {len(found)} findings.")
    if any(problem.severity is Severity.LOST for problem in found):
        raise SystemExit(1)


VERBS = (templates, export_sheets, validate)
