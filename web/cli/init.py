"""``jejaring init``: a new data directory."""

from pathlib import Path

import click

from graph.errors import StoreError
from graph.settings import Settings

CONTENT = """\
# Settings of this data directory; `jejaring settings` lists all there are.
base_iri: {base}
language: {language}
"""


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.pass_obj
def init(settings: Settings, directory: Path) -> None:
    """Make a data directory with a jejaring.yaml to fill in.

    Example: jejaring --base https://data.example.org init mydata
    """
    file = directory / "jejaring.yaml"
    if file.exists():
        raise StoreError(f"{file} exists already.", "Edit it, or name another directory.")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        content = CONTENT.format(base=settings.base_iri, language=settings.text("language"))
        file.write_text(content, encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{directory} cannot be made: {error.strerror}.") from error
    click.echo(f"{file} is ready. Next: jejaring --data {directory} load PATH…")


VERBS = (init,)
