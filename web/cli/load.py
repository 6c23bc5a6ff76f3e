"""``jejaring load``, ``withdraw`` and ``rebuild``: from files to a published release."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from graph.settings import Settings
from ingest.inputs import collect, told
from ingest.pipeline import Outcome, Pipeline
from ingest.report import lines_of_load, statements_of
from web.cli.progress import jobs, watch


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--source", metavar="ID", help="Id of all catalogue files (default: from the name).")
@click.option("--library", metavar="ID", help="Library that holds items whose record names none.")
@click.option("--profile", metavar="NAME", help="Local fields of the source, as in ontology/profiles.")
@click.option(
    "--replacing", metavar="ID", multiple=True, help="Source whose place the files take; may be repeated."
)
@click.option("--partial", is_flag=True, help="The files are part of their source: records they lack stay.")
@click.option("--if-new", is_flag=True, help="Do nothing when all files are known already.")
@click.option("--json", "as_json", is_flag=True, help="Result as JSON, for programs.")
@click.pass_obj
def load(
    settings: Settings,
    paths: tuple[Path, ...],
    source: str | None,
    library: str | None,
    profile: str | None,
    replacing: tuple[str, ...],
    partial: bool,
    if_new: bool,
    as_json: bool,
) -> None:
    """Load catalogues, sheets, directories and RDF files, and publish a release.

    Each PATH is a file or a folder; a folder may say in jejaring.yaml what its files are. A file loaded again
    replaces what it said before. The exit status is 1 only when nothing could be used.

    Example: jejaring load direktori.xlsx kota.mrc --library kota
    """
    inputs = told(collect(paths), library, profile)
    pipeline = Pipeline(settings, watch, jobs)
    outcome = pipeline.load(inputs, source=source, partial=partial, only_new=if_new, replacing=replacing)
    _tell(outcome, as_json)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="ID…")
@click.option("--json", "as_json", is_flag=True, help="Result as JSON, for programs.")
@click.pass_obj
def withdraw(settings: Settings, sources: tuple[str, ...], as_json: bool) -> None:
    """Take sources out, as if they had never been loaded, and publish a release.

    Example: jejaring withdraw kota-koha
    """
    _tell(Pipeline(settings, watch, jobs).withdraw(list(sources)), as_json)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Result as JSON, for programs.")
@click.pass_obj
def rebuild(settings: Settings, as_json: bool) -> None:
    """Convert everything in the archive anew, after rules were changed; `load` does so by itself.

    Example: jejaring rebuild
    """
    _tell(Pipeline(settings, watch, jobs).rebuild(), as_json)


def _tell(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_as_json(outcome), indent=1, ensure_ascii=False))
    else:
        for line in lines_of_load(outcome):
            click.echo(line)
    if not outcome.useful:
        raise SystemExit(1)


def _as_json(outcome: Outcome) -> dict[str, object]:
    load = outcome.load
    return {
        "release": outcome.release and outcome.release.number,
        "fresh": outcome.fresh,
        "statements": statements_of(outcome.release.manifest) if outcome.release else None,
        "sources": {name: asdict(tally) for name, tally in load.journal.tallies.items()} if load else {},
        "problems": load.journal.problems.as_json() if load else [],
        "refused": [asdict(problem) for problem in outcome.refused],
    }


VERBS = (load, withdraw, rebuild)
