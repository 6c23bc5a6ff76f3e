"""``jejaring decisions``: what was decided about links, merges and splits: out, in, back, and published."""

import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import click

from graph.errors import InputError
from graph.labels import labels
from graph.matching.decisions import Decision, Decisions
from graph.matching.proposals import informed, propose
from graph.matching.twins import twins
from graph.names import digest
from graph.releases import Releases
from graph.settings import Settings
from ingest import decision_sheet
from ingest.pipeline import Pipeline
from ingest.report import lines_of_load
from ingest.sheets.writing import as_csv, as_xlsx
from web.cli.progress import jobs, watch

_BY = click.option("--by", metavar="NAME", default="", help="Who decides (default: your user name).")
_WHY = click.option("--why", metavar="TEXT", default="", help="Why.")


@click.group()
def decisions() -> None:
    """Decide about links, merges and splits; export, load, undo and publish decisions.

    Example: jejaring decisions export antrean.xlsx
    """


@decisions.command("list")
@click.option("--entity", metavar="IRI", default="", help="Only those about this entity.")
@click.option("--by", metavar="NAME", default="", help="Only those by this person; `machine` for matching.")
@click.option("--limit", default=100, show_default=True, help="How many, from the newest.")
@click.pass_obj
def list_(settings: Settings, entity: str, by: str, limit: int) -> None:
    """Print what was decided, the newest first, as JSON lines.

    Example: jejaring decisions list --by siti
    """
    with _opened(settings, write=False) as found:
        for one in found.history(by=by, entity=_iri(settings, entity) if entity else "", limit=limit):
            click.echo(json.dumps(asdict(one), ensure_ascii=False))


@decisions.command()
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option(
    "--what", type=click.Choice(["waiting", "decided", "all"]), default="waiting", help="What (default: waiting)."
)
@click.option("--language", type=click.Choice(["id", "en"]), help="Language of headings and verdicts.")
@click.option("--unlikely", is_flag=True, help="With what waits, but is unlikely, too.")
@click.pass_obj
def export(settings: Settings, file: Path, what: str, language: str | None, unlikely: bool) -> None:
    """Write the queue, or what was decided, as a sheet to be corrected: .csv or .xlsx; - for CSV on the output.

    Example: jejaring decisions export antrean.xlsx
    """
    with _opened(settings, write=False) as found:
        table = decision_sheet.rows(found, what, language or settings.text("language"), unlikely=unlikely)
    content = as_xlsx({"putusan": table}) if file.suffix == ".xlsx" else as_csv(table)
    if str(file) == "-":
        sys.stdout.buffer.write(content)
    else:
        file.write_bytes(content)
        click.echo(f"{len(table) - 1} rows are in {file}.")


@decisions.command()
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_BY
@click.option("--no-publish", is_flag=True, help="Only record; the next load publishes.")
@click.pass_obj
def load(settings: Settings, file: Path, by: str, no_publish: bool) -> None:
    """Take a corrected sheet back and publish its decisions; the exit status is 1 when a row could not be used.

    Example: jejaring decisions load antrean.xlsx --by siti
    """
    with _opened(settings) as found:
        returned = decision_sheet.take_back(found, file, _user(by))
    for problem in returned.problems:
        click.echo(str(problem))
    click.echo(f"{len(returned.made)} decisions, {returned.unchanged} rows said nothing new.")
    if returned.made and not no_publish:
        _publish(settings)
    if returned.problems:
        raise SystemExit(1)


@decisions.command()
@click.argument("one", metavar="ENTITY")
@click.argument("verdict", type=click.Choice(["same", "different", "unsure"]))
@click.argument("other", metavar="TARGET")
@_BY
@_WHY
@click.pass_obj
def decide(settings: Settings, one: str, verdict: str, other: str, by: str, why: str) -> None:
    """Decide about a pair. Two of ours that are the same are merged: ENTITY gives way to TARGET.

    Example: jejaring decisions decide agent/0a1b same https://d-nb.info/gnd/118540238 --why "same dates"
    """
    made = Decision(_iri(settings, one), _iri(settings, other), verdict, _user(by), why=why)
    _record(settings, made)


@decisions.command()
@click.argument("one", metavar="ENTITY")
@click.argument("parts", metavar="PART…", nargs=-1, required=True)
@click.option("--name", metavar="TEXT", default="", help="Name of the new entity (default: that of the old one).")
@_BY
@_WHY
@click.pass_obj
def split(settings: Settings, one: str, parts: tuple[str, ...], name: str, by: str, why: str) -> None:
    """Make two of an agent (PARTs are the works of the other) or of a work (PARTs are editions of the other).

    Example: jejaring decisions split agent/0a1b work/2c3d work/4e5f --name "Santoso, Budi (penyair)"
    """
    entity, moved = _iri(settings, one), tuple(sorted(_iri(settings, part) for part in parts))
    target = f"{entity}-{digest(*moved)[:8]}"
    made = Decision(entity, target, "split", _user(by), why=why, parts=moved, target_label=name)
    _record(settings, made)


@decisions.command("find-merges")
@click.pass_obj
def find_merges(settings: Settings) -> None:
    """Queue pairs of our entities that are linked to the same entity elsewhere, for a person to merge or not.

    Example: jejaring decisions find-merges
    """
    store = Releases(settings.data).current().store
    with _opened(settings) as found:
        tally = propose(found, twins(store, settings.base_iri), among_ours=True)
    click.echo(f"{tally.waiting} pairs wait for a person, {tally.kept} are left as a person decided.")


@decisions.command()
@click.argument("numbers", metavar="NUMBER…", nargs=-1, required=True, type=int)
@_BY
@_WHY
@click.pass_obj
def undo(settings: Settings, numbers: tuple[int, ...], by: str, why: str) -> None:
    """Take decisions back by their numbers; what stood before stands again.

    Example: jejaring decisions undo 17
    """
    with _opened(settings) as found:
        for number in numbers:
            click.echo(json.dumps(asdict(found.undo(number, _user(by), why)), ensure_ascii=False))


@decisions.command()
@click.pass_obj
def publish(settings: Settings) -> None:
    """Publish a release with what was decided since the last one; every load does so, too.

    Example: jejaring decisions publish
    """
    _publish(settings)


@contextmanager
def _opened(settings: Settings, *, write: bool = True) -> Iterator[Decisions]:
    found = Decisions.open(settings.data, write=write)
    try:
        yield found
    finally:
        found.close()


def _record(settings: Settings, made: Decision) -> None:
    store = Releases(settings.data).current().store
    names = labels(store, [made.entity, made.target], settings.text("language"))
    if made.entity not in names and not store.describe(made.entity):
        raise InputError(f"Nothing is known of {made.entity}.", "Give the IRI or the id of one of our entities.")
    with _opened(settings) as found:
        known = informed(found, made)
        label, other = known.label or names.get(made.entity, ""), known.target_label or names.get(made.target, "")
        [entered] = found.record([replace(known, label=label, target_label=other)])
    click.echo(json.dumps(asdict(entered), ensure_ascii=False))


def _user(by: str) -> str:
    """Who decides. Raises InputError when nobody can be told."""
    try:
        return by or getpass.getuser()
    except (KeyError, OSError) as error:
        raise InputError("It is not known who decides.", "Give --by NAME.") from error


def _iri(settings: Settings, name: str) -> str:
    """An IRI as it is; the id of one of our entities as its IRI."""
    return name if "://" in name or name.startswith("urn:") else f"{settings.base_iri}/id/{name}"


def _publish(settings: Settings) -> None:
    for line in lines_of_load(Pipeline(settings, watch, jobs).decide()):
        click.echo(line)


VERBS = (decisions,)
