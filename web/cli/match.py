"""``jejaring match``: which authorities our entities, or the headings of a table, are."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from graph.data_directory import there
from graph.errors import InputError
from graph.matching.authorities import Authorities
from graph.matching.candidate import Candidate
from graph.matching.carried import proposals
from graph.matching.decisions import Decisions
from graph.matching.heading import KINDS, Heading
from graph.matching.matcher import Matcher
from graph.matching.own import own_headings, own_parts
from graph.matching.proposals import propose
from graph.releases import Releases
from graph.settings import Settings
from ingest import decision_sheet
from ingest.heading_table import FOUND, headings, lines
from ingest.sheets.writing import as_csv, as_xlsx
from web.cli.progress import bar

NONE_LOADED = "No authority file is loaded."
HOW_TO_LOAD = "`jejaring authorities load FILE --licence TEXT --release TEXT` loads one (docs/authorities.md)."


@click.command()
@click.argument("table", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only this kind; may be repeated.")
@click.option("--authority", "names", multiple=True, metavar="NAME", help="Only this authority file; repeatable.")
@click.option("--sheet", type=click.Path(dir_okay=False, path_type=Path), help="Write the queue: .csv or .xlsx.")
@click.option("--dry-run", is_flag=True, help="Say what would be linked; decide nothing.")
@click.pass_obj
def match(
    settings: Settings, table: Path | None, kinds: tuple[str, ...], names: tuple[str, ...], sheet: Path | None,
    dry_run: bool,
) -> None:  # fmt: skip
    """Match our entities with the authority files: what is the same is linked, what may be is queued for people.

    With a TABLE (a column `heading`, and any of kind, dates, titles, place, scheme …) its headings are matched
    instead, and their candidates written as CSV; nothing is decided.

    Example: jejaring match --kind person --sheet antrean.xlsx
    """
    matchers = [Matcher(index) for index in Authorities(there(settings.data)).indexes(names)]
    if table:
        if not matchers:
            raise InputError(NONE_LOADED, HOW_TO_LOAD)
        _of_table(table, matchers, kinds)
        return
    if not matchers:
        click.echo(f"{NONE_LOADED} Only the links that records carry are looked at. {HOW_TO_LOAD}", err=True)
    store = Releases(settings.data).current().store
    wanted = kinds or KINDS
    ours = (one for found in (own_headings, own_parts) for one in found(store, wanted))
    said = proposals(store)
    found = ((one, _whole(matchers, one, said.get(one.iri, []))) for one in bar(ours, "match", unit=" headings"))
    if dry_run:
        _show(found)
        return
    decisions = Decisions.open(settings.data, write=True)
    try:
        tally = propose(decisions, found)
        if sheet:
            queue = decision_sheet.rows(decisions, "waiting", settings.text("language"))
            sheet.write_bytes(as_xlsx({"putusan": queue}) if sheet.suffix == ".xlsx" else as_csv(queue))
    finally:
        decisions.close()
    click.echo(
        f"{tally.linked} linked, {tally.stood} stood, {tally.withdrawn} taken back, {tally.waiting} wait for a "
        f"person, {tally.kept} left as a person decided. `jejaring decisions publish` publishes them."
    )


def _candidates(matchers: list[Matcher], heading: Heading, kinds: tuple[str, ...] = ()) -> list[Candidate]:
    """The candidates of all files, the likeliest first; up to three of each."""
    found = [one for matcher in matchers for one in matcher.match(heading, 3, kinds) if one.verdict != "no"]
    return sorted(found, key=lambda one: (one.verdict != "same", -one.score))


def _whole(matchers: list[Matcher], heading: Heading, said: list[Candidate]) -> list[Candidate]:
    """What records say first; without candidates for parts of a subdivided heading, as these are asked apart."""
    known = {one.entry.iri for one in said}
    found = [one for one in _candidates(matchers, heading) if one.part is None]
    return [*said, *(one for one in found if one.entry.iri not in known)]


def _show(found: Iterator[tuple[Heading, list[Candidate]]]) -> None:
    for heading, candidates in found:
        for one in candidates[:1]:
            click.echo(f"{one.verdict}\t{one.score:.3f}\t{heading.text}\t{one.entry.label}\t{one.entry.iri}")


def _of_table(table: Path, matchers: list[Matcher], kinds: tuple[str, ...]) -> None:
    writer = csv.writer(sys.stdout)
    header = False
    for row, heading in bar(headings(table), table.name, unit=" headings"):
        if not header:
            writer.writerow([*row, *FOUND])
            header = True
        writer.writerows(lines(row, _candidates(matchers, heading, kinds)))


VERBS = (match,)
