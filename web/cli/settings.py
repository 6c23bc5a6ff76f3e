"""``jejaring settings``: the values in force and where each comes from."""

import json

import click

from graph.settings import SETTINGS, Settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.pass_obj
def settings(settings: Settings, as_json: bool) -> None:
    """Show every setting, its value and where it comes from.

    Example: jejaring --data mydata settings
    """
    if as_json:
        click.echo(json.dumps(dict(settings), indent=2))
        return
    for setting in SETTINGS:
        click.echo(f"{setting.name} = {settings[setting.name]!r}  ({settings.origin[setting.name]})")
        click.echo(f"    {setting.sentence}")


VERBS = (settings,)
