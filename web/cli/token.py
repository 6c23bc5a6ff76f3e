"""``jejaring token``: who may write."""

import json
from dataclasses import asdict

import click

from graph.data_directory import there
from graph.settings import Settings
from web.credentials import SCOPES, Credentials, Token


@click.group()
def token() -> None:
    """Make, list, rotate and revoke the tokens that allow writing.

    Example: jejaring --data mydata token new catalogue-desk --scope graph-store
    """


@token.command()
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES), help="What it allows.")
@click.option("--days", type=click.IntRange(0), default=0, help="Days until it expires; 0 for never.")
@click.pass_obj
def new(settings: Settings, name: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a token and print its secret, once.

    Example: jejaring --data mydata token new desk --scope update --scope graph-store --days 90
    """
    made, secret = Credentials(settings.data).make(name, scopes, days)
    _show(made, secret)


@token.command("list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """Print the tokens as JSON, without their secrets.

    Example: jejaring --data mydata token list
    """
    click.echo(json.dumps([_public(token) for token in Credentials(there(settings.data)).all()], indent=1))


@token.command()
@click.argument("identifier")
@click.pass_obj
def rotate(settings: Settings, identifier: str) -> None:
    """Give a token a new secret and print it, once; the old secret stops working at once.

    Example: jejaring --data mydata token rotate desk
    """
    _show(*Credentials(settings.data).rotate(identifier))


@token.command()
@click.argument("identifier")
@click.pass_obj
def revoke(settings: Settings, identifier: str) -> None:
    """Take a token away, at once.

    Example: jejaring --data mydata token revoke desk
    """
    click.echo(json.dumps(_public(Credentials(settings.data).revoke(identifier)), indent=1))


def _public(token: Token) -> dict[str, object]:
    return {name: value for name, value in asdict(token).items() if name != "hash"}


def _show(made: Token, secret: str) -> None:
    click.echo(json.dumps({**_public(made), "secret": secret}, indent=1))


VERBS = (token,)
