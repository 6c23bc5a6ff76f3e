"""The ``jejaring`` command: one module per verb or family of verbs."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click

from graph.errors import JejaringError
from graph.settings import Settings
from ontology.errors import DeclarationError


class Verbs(click.Group):
    """Finds each verb in the module that declares it: one below ``web.cli`` that lists it in ``VERBS``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, by name."""
        return sorted(self._found())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb, or None."""
        return self._found().get(cmd_name)

    def _found(self) -> dict[str, click.Command]:
        verbs: dict[str, click.Command] = {}
        for module in iter_modules([str(Path(__file__).parent)]):
            for verb in getattr(import_module(f"web.cli.{module.name}"), "VERBS", ()):
                verbs[verb.name] = verb
        return verbs

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; an error of ours, in a file of the ontology or of the file system becomes a line of text,
        not a traceback."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise click.ClickException(_said(error)) from error
        except (JejaringError, DeclarationError) as error:
            raise click.ClickException(str(error)) from error


def _said(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}." if error.filename and error.strerror else f"{error}."


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", metavar="DIR", help="Data directory (default: data, or JEJARING_DATA).")
@click.option("--base", "base_iri", metavar="IRI", help="Start of the IRIs we mint.")
@click.version_option(package_name="jejaring")
@click.pass_context
def main(ctx: click.Context, data: str | None, base_iri: str | None) -> None:
    """The knowledge graph of a library network: load catalogues, sheets and agreements, ask, serve."""
    ctx.obj = Settings(data=data, base_iri=base_iri)
