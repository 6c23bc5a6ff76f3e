"""``jejaring report``: what was read, repaired, refused and not covered in a load."""

import json

import click

from graph.releases import Releases
from graph.settings import Settings
from ingest.report import lines_of_fields, lines_of_report


@click.command()
@click.option("--release", type=int, metavar="N", help="The release whose load is asked for (default: current).")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.option("--fields", is_flag=True, help="Every field and subfield, and what became of it.")
@click.pass_obj
def report(settings: Settings, release: int | None, as_json: bool, fields: bool) -> None:
    """Show the report of a load.

    Example: jejaring report --release 7
    """
    found = Releases(settings.data)
    content = (found.current() if release is None else found.get(release)).report
    if as_json:
        click.echo(json.dumps(content, indent=1, ensure_ascii=False))
        return
    for line in lines_of_fields(content) if fields else lines_of_report(content):
        click.echo(line)


VERBS = (report,)
