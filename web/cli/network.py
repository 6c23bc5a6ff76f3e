"""``jejaring calendar``, ``request``, ``plan-rotation`` and ``what-if``: what follows from answers."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from uuid import uuid4

import click

from graph.agreements import atom, events, icalendar
from graph.dates import day
from graph.departure import departure
from graph.lending_request import message, prepared
from graph.names import shorten
from graph.rotation import plan
from graph.settings import Settings
from web.cli import ask
from web.cli.answer_formats import FORMATS, formatted


@click.command()
@click.option("--format", "form", type=click.Choice(["ics", "atom", "json"]), default="ics", show_default=True)
@ask.ON
@click.pass_obj
def calendar(settings: Settings, form: str, on: str | None) -> None:
    """Write the days to remember of all agreements in the coming year.

    Example: jejaring calendar > perjanjian.ics
    """
    rows = events(ask.opened(settings), on)
    made = day(on) if on else date.today()
    if form == "json":
        click.echo(json.dumps(rows, default=str, ensure_ascii=False, indent=1))
    elif form == "atom":
        click.echo(atom(rows, f"{settings.base_iri}/perjanjian/kalender.atom", made))
    else:
        click.echo(icalendar(rows, made), nl=False)


@click.command()
@click.argument("action")
@click.argument("thing", metavar="ITEM|WORK")
@click.option("--for", "borrower", required=True, metavar="LIBRARY", help="Who asks.")
@click.option("--format", "form", type=click.Choice(["xml", "json"]), default="xml", show_default=True)
@ask.ON
@click.pass_obj
def request(settings: Settings, action: str, thing: str, borrower: str, form: str, on: str | None) -> None:
    """Prepare a request as an ISO 18626 message, or its data for a form; fails when the answer is no.

    Example: jejaring request lend 9789793062792 --for wana --on 2026-03-15 > request.xml
    """
    network = ask.opened(settings)
    made = prepared(network, network.may(action, thing, borrower, on), uuid4().hex[:12], datetime.now(UTC))
    click.echo(json.dumps(asdict(made), default=str, ensure_ascii=False) if form == "json" else message(made))


@click.command("plan-rotation")
@click.argument("partnership")
@click.option("--from", "starts", required=True, metavar="DATE", help="First day.")
@click.option("--days", default=60, show_default=True, help="Days of one period.")
@click.option("--rounds", default=3, show_default=True, help="Number of periods.")
@click.option("--package", "wanted", multiple=True, metavar="ID", help="Only this package; may be repeated.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.pass_obj
def plan_rotation(
    settings: Settings, partnership: str, starts: str, days: int, rounds: int, wanted: tuple[str, ...], form: str
) -> None:
    """Propose a rotation timetable with most titles new to each host; last copies stay at home.

    Example: jejaring plan-rotation P7 --from 2027-01-01 --days 60
    """
    proposal = plan(ask.opened(settings), partnership, day(starts), days, rounds, wanted)
    base = settings.base_iri if form == "table" else ""
    rows = [
        {
            "from": s.starts,
            "to": s.ends,
            "package": shorten(s.package.iri, base),
            "of": shorten(s.package.owner, base),
            "host": shorten(s.host, base),
            "new": s.new,
        }
        for s in proposal.stages
    ]
    click.echo(formatted(["from", "to", "package", "of", "host", "new"], rows, form))
    if proposal.renewal:
        click.echo(f"The partnership is over since {proposal.renewal}; renew it first.", err=True)
    for one in proposal.skipped:
        click.echo(f"{one.host} is left out from {one.period.starts}: {one.why}.", err=True)
    for item in proposal.home:
        click.echo(f"{item.item} stays at home: {item.why}.", err=True)


@click.command("what-if")
@click.argument("library")
@ask.ON
@click.pass_obj
def what_if(settings: Settings, library: str, on: str | None) -> None:
    """Say as JSON what is lost when a library leaves: titles, paths between libraries, agreements.

    Example: jejaring what-if tirta --on 2026-03-15
    """
    click.echo(json.dumps(asdict(departure(ask.opened(settings), library, on)), default=str, indent=1))


VERBS = (calendar, request, plan_rotation, what_if)
