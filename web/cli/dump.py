"""``jejaring dump``: the files for bulk use."""

import json
from dataclasses import asdict

import click

from graph.releases import Releases
from graph.settings import Settings
from web.linked_data.dumps import make_dumps


@click.command()
@click.pass_obj
def dump(settings: Settings) -> None:
    """Write the dumps of the current release, unless they are there, and list them as JSON.

    Example: jejaring --data mydata dump
    """
    made = make_dumps(settings.data, Releases(settings.data).current(), settings.base_iri)
    click.echo(json.dumps([asdict(dump) for dump in made], indent=1))


VERBS = (dump,)
