"""``jejaring lookup``: asking services elsewhere about our headings, and keeping what they say."""

import json
from dataclasses import asdict

import click

from graph.errors import ServiceError
from graph.matching.heading import KINDS, Heading
from graph.matching.own import own_headings
from graph.releases import Releases
from graph.settings import Settings
from ingest.lookups import services
from ingest.lookups.asking import Lookups
from web.cli.progress import bar

_ONLINE = click.option("--online/--offline", default=None, help="Whether to ask (default: the setting `online`).")


@click.group()
def lookup() -> None:
    """Ask Wikidata, data.bnf.fr, id.loc.gov, lobid-gnd, VIAF or any Reconciliation service about headings.

    Example: jejaring lookup ask wikidata "Toer, Pramoedya Ananta, 1925-2006" --kind person --online
    """


@lookup.command("services")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def services_(settings: Settings, as_json: bool) -> None:
    """The services there are, with what is kept of each.

    Example: jejaring lookup services --json
    """
    lookups = Lookups.open(settings)
    found = services.services(settings.data)
    rows = [{**asdict(one), **lookups.memory.counts(name)} for name, one in found.items()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    for row in [] if as_json else rows:
        click.echo(
            f"{row['name']}\t{row['title']}\t{row['protocol']}\t{row['address']}\t{row['entries']} entries kept"
        )


@lookup.command()
@click.argument("service")
@click.argument("heading")
@click.option(
    "--kind", type=click.Choice(KINDS), default="person", show_default=True, help="What the heading names."
)
@_ONLINE
@click.pass_obj
def ask(settings: Settings, service: str, heading: str, kind: str, online: bool | None) -> None:
    """Print what a service knows under one heading, as JSON lines.

    Example: jejaring lookup ask gnd "Goethe, Johann Wolfgang von" --online
    """
    lookups = Lookups.open(settings, online=online)
    for entry in lookups.ask(services.service(service, settings.data), Heading(heading, kind)):
        click.echo(entry.packed())


@lookup.command()
@click.argument("service")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only this kind; may be repeated.")
@click.option("--limit", default=0, help="Ask about so many of our headings at most; 0 for all.")
@_ONLINE
@click.pass_obj
def run(settings: Settings, service: str, kinds: tuple[str, ...], limit: int, online: bool | None) -> None:
    """Ask a service about our headings that have no link to it yet, and make an authority file of the answers.

    The run may be broken off at any time and taken up again: what was asked lately is not asked again. Afterwards
    `jejaring match --authority lookup-SERVICE` links what is certain and queues the rest. The exit status is 1 when
    the service could not be asked.

    Example: jejaring lookup run wikidata --kind person --limit 500 --online
    """
    lookups, chosen = Lookups.open(settings, online=online), services.service(service, settings.data)
    headings = own_headings(Releases(settings.data).current().store, kinds or chosen.kinds)
    try:
        outcome = lookups.run(chosen, bar(headings, service, unit=" headings"), limit)
    finally:
        made = lookups.authority(chosen)
    for failure in outcome.failures[:10]:
        click.echo(failure, err=True)
    click.echo(
        f"{outcome.asked} headings asked, {outcome.found} with candidates, {outcome.passed} passed over, "
        f"{len(outcome.failures)} failed."
    )
    if made:
        click.echo(f"{made.name}: {made.entries} entries with {made.labels} names.")
    if outcome.stopped:
        raise ServiceError(f"The run stopped: {outcome.stopped}", "Start it again later; it goes on from there.")


@lookup.command()
@click.argument("service")
@click.pass_obj
def forget(settings: Settings, service: str) -> None:
    """Forget what a service said, so that it is asked anew; its authority file stays.

    Example: jejaring lookup forget viaf
    """
    chosen = services.service(service, settings.data)
    Lookups.open(settings).memory.forget(chosen.name)
    click.echo(f"What {chosen.title} said is forgotten.")


VERBS = (lookup,)
