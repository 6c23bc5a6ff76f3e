"""``jejaring inspect``: what a file of records is and holds, before it is loaded."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from graph.errors import InputError
from ingest import readers
from ingest.readers.survey import Survey, survey
from web.cli.progress import bar

PLACES = 20
"""How many repaired or lost records are named in the terminal; JSON names all."""


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON, one object a file.")
@click.pass_context
def inspect(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Say what files of MARC records are and hold: format, encoding, kinds, tags, items, problems.

    Example: jejaring inspect katalog.mrc anggota.xml.gz
    """
    used = 0
    for path in files:
        try:
            found = _surveyed(path)
        except InputError as error:
            click.echo(f"Error: {error}", err=True)
            continue
        used += found.records > 0
        click.echo(json.dumps(found.as_json(), ensure_ascii=False) if as_json else "\n".join(lines(found)))
    if not used:
        ctx.exit(1)


def _surveyed(path: Path) -> Survey:
    form = readers.recognise(path)
    return survey(path, form.name, bar(readers.read(path), path.name, unit=" records"))


def lines(found: Survey) -> Iterator[str]:
    """A survey as text."""
    yield f"{found.file}: {found.form}"
    yield f"  records    {found.records:,} read, {found.repaired:,} of them repaired, {found.lost:,} lost"
    yield f"  kinds      {_counts(found.kinds)}"
    yield f"  encoding   {_counts(found.encodings)}"
    yield f"  languages  {_counts(found.languages)}"
    yield f"  items      {_items(found)}"
    yield "  tag   fields  records  subfields, example"
    for tag, seen in sorted(found.tags.items()):
        codes = "".join(sorted(seen.subfields))
        yield f"  {tag:<4}{seen.fields:>8,} {seen.records:>8,}  {'$' + codes + ' ' if codes else ''}{seen.example}"
    yield from _problems(found)
    if found.first is not None:
        yield "  first record"
        yield from (f"    {line}" for line in str(found.first).splitlines())


def _counts(counts: Counter[str]) -> str:
    named = [f"{name.strip() or 'blank'} {count:,}" for name, count in counts.most_common(12)]
    more = len(counts) - len(named)
    return ", ".join(named) + (f" and {more} more" if more > 0 else "") or "none"


def _items(found: Survey) -> str:
    if not found.item_tags:
        return "no fields known to hold items"
    tags = ", ".join(f"{tag} {count:,}" for tag, count in found.item_tags.items())
    return f"{tags}; fitting profile: {found.profile or 'none'}"


def _problems(found: Survey) -> Iterator[str]:
    if not len(found.problems):
        return
    yield "  problems"
    yield from (f"    {line}" for line in found.problems.lines())
    yield "  places"
    for place in found.places[:PLACES]:
        at = "" if place["offset"] is None else f" at byte {place['offset']:,}"
        yield f"    {place['severity']}: record {place['record']:,}{at} ({', '.join(place['kinds'])})"
    if len(found.places) > PLACES:
        yield f"    and {len(found.places) - PLACES:,} more (--json names all)"


VERBS = (inspect,)
