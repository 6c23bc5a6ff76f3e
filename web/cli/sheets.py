"""``jejaring templates``, ``export-sheets`` and ``validate``: the sheets of the network, out, back and checked."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from graph.archive import Archive
from graph.names import source_graph
from graph.releases import Releases
from graph.settings import Settings
from graph.store import LocalStore
from ingest import sheets
from ingest.documents import lines_of
from ingest.inputs import Input
from ingest.order import RECORDS
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
@click.option("--alone", is_flag=True, help="Judge the files by themselves, without what is loaded.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.pass_obj
def validate(settings: Settings, paths: tuple[Path, ...], alone: bool, as_json: bool) -> None:
    """Check sheets without loading them; the exit status is 1 when something would be refused. They are judged
    together with what is loaded, in place of the files of the same names.

    Example: jejaring validate lembar/perjanjian.csv lembar/ketentuan.csv
    """
    files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    inputs = [Input(file) for file in files if file.is_file()]
    around = [] if alone else _loaded(settings, {item.source_id for item in inputs})
    known = LocalStore.in_memory()
    known.load_lines(around)
    reading = sheets.read_sheets([item.path for item in inputs], settings.base_iri, known if around else None)
    before = set() if alone else {problem.message for problem in sheets.validate(_loaded(settings, set()))}
    judged = sheets.validate([*around, *reading.lines], reading.places)
    found = [*reading.problems, *(problem for problem in judged if problem.message not in before)]
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in found], indent=2, ensure_ascii=False))
    else:
        for problem in found:
            click.echo(f"{problem.severity}: {problem}")
        beside = f", judged beside {len(around)} loaded ones" if around else ""
        click.echo(f"{len(reading.lines)} statements{beside}, {len(found)} findings.")
    if any(problem.severity is Severity.LOST for problem in found):
        raise SystemExit(1)


def _loaded(settings: Settings, given: set[str]) -> list[str]:
    """What the loaded sheets and directories state, but for those that are handed in again."""
    releases = Releases(settings.data)
    if releases.current_number() is None:
        return []
    store = releases.current().store.store
    archive = Archive.open(settings.data)
    try:
        names = [entry.id for entry in archive.sources() if entry.kind != RECORDS and entry.id not in given]
    finally:
        archive.close()
    return [line for name in names for line in lines_of(store, source_graph(settings.base_iri, name))]


VERBS = (templates, export_sheets, validate)
