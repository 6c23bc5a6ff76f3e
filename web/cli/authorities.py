"""``jejaring authorities``: authority files in, listed, out; and what is wrong with the links records carry."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from graph.data_directory import there
from graph.matching.authorities import Authorities
from graph.matching.carried import contradictory
from graph.matching.entry import Entry
from graph.matching.heading import KINDS
from graph.releases import Releases
from graph.settings import Settings
from ingest.authority_files import read
from ingest.problems import Problem, ProblemLog
from ontology.table_mappings import names
from web.cli.progress import bar


@click.group()
def authorities() -> None:
    """Authority files: load, list, remove; check the links that records carry.

    Example: jejaring authorities list
    """


@authorities.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", help="Name of the authority file (default: from the file's name).")
@click.option("--licence", required=True, help="Licence under which its publisher gives it, best as an IRI.")
@click.option("--release", required=True, help="Release or date of the file.")
@click.option("--kind", type=click.Choice(KINDS), help="Kind of entries that do not say theirs.")
@click.option("--mapping", help=f"How a table is read: {', '.join(names())}, or a YAML file.")
@click.pass_obj
def load(
    settings: Settings,
    file: Path,
    name: str | None,
    licence: str,
    release: str,
    kind: str | None,
    mapping: str | None,
) -> None:
    """Index an authority file: SKOS, MADS or GND in RDF, MARC, lobid-gnd JSON lines, GeoNames, CSV.

    Example: jejaring authorities load stw.ttl.gz --licence ODbL-1.0 --release 9.06 --kind topic
    """
    log = ProblemLog()
    entries = bar(_entries(file, kind or "", mapping or "", log), file.name, unit=" entries")
    named = name or file.name.partition(".")[0].lower().replace(" ", "-")
    made = Authorities(settings.data).add(named, entries, file=file.name, licence=licence, release=release)
    for line in log.lines():
        click.echo(line, err=True)
    click.echo(f"{made.name}: {made.entries} entries with {made.labels} names.")


def _entries(file: Path, kind: str, mapping: str, log: ProblemLog) -> Iterator[Entry]:
    for found in read(file, kind=kind, mapping=mapping):
        if isinstance(found, Problem):
            log.add(found)
        else:
            yield found


@authorities.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def list_(settings: Settings, as_json: bool) -> None:
    """The authority files loaded, with licence, release and size.

    Example: jejaring authorities list --json
    """
    found = Authorities(there(settings.data)).all()
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    for one in [] if as_json else found:
        click.echo(f"{one.name}\t{one.entries}\t{one.labels}\t{one.release}\t{one.licence}\t{one.loaded}")


@authorities.command("remove")
@click.argument("name")
@click.pass_obj
def remove(settings: Settings, name: str) -> None:
    """Remove an authority file; links that were decided by it stay.

    Example: jejaring authorities remove stw
    """
    gone = Authorities(there(settings.data)).remove(name)
    click.echo(f"{gone.name} is removed; its {gone.entries} entries propose no links any more.")


@authorities.command("check")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def check(settings: Settings, as_json: bool) -> None:
    """The contradictory links that records carry: two numbers of one list, wrong check digits, one number for two,
    and other numbers than the loaded authority files give.

    Example: jejaring authorities check --json
    """
    release = Releases(settings.data).current()
    found = list(contradictory(release.store, Authorities(settings.data).indexes()))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    for one in [] if as_json else found:
        click.echo(f"{one.kind}\t{one.entity}\t{one.label}\t{' '.join(one.links)}")
    if not as_json:
        click.echo(f"{len(found)} contradictions.", err=True)


VERBS = (authorities,)
