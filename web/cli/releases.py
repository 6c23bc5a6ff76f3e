"""``jejaring releases`` and ``diff``: what was published, and what changed."""

import json

import click

from graph.data_directory import there
from graph.differences import patch, sentences, summary
from graph.releases import Releases
from graph.settings import Settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.pass_obj
def releases(settings: Settings, as_json: bool) -> None:
    """List the releases on disk, oldest first, each with its difference from the one before.

    Example: jejaring releases
    """
    found = Releases(there(settings.data)).all()
    if as_json:
        click.echo(json.dumps([release.manifest for release in found], indent=1, ensure_ascii=False))
        return
    for release in found:
        counts = release.manifest["counts"]
        click.echo(f"{release.number:>6}  {release.date:%Y-%m-%d %H:%M}  {counts['statements']:,} statements")
        for what, names in release.manifest["difference"]["sources"].items():
            if names:
                click.echo(f"        {what}: {', '.join(names)}")


@click.command()
@click.argument("old", type=int)
@click.argument("new", type=int)
@click.option("--format", "form", type=click.Choice(["text", "json", "patch"]), default="text", show_default=True)
@click.pass_obj
def diff(settings: Settings, old: int, new: int, form: str) -> None:
    """Show what changed between two releases; as a patch, each statement that came (A) or left (D).

    Example: jejaring diff 6 7 --format patch
    """
    found = Releases(settings.data)
    one, other = found.get(old), found.get(new)
    if form == "patch":
        for line in patch(one, other):
            click.echo(line)
    elif form == "json":
        click.echo(json.dumps(summary(one, other), indent=1, ensure_ascii=False))
    else:
        for line in sentences(summary(one, other)):
            click.echo(line)


VERBS = (releases, diff)
