"""``jejaring explain``: a record, the statements made of it, and the rule between them."""

from pathlib import Path

import click

from graph.errors import NotFound
from graph.settings import Settings
from graph.statements import abbreviated
from ingest import readers
from ingest.convert import Conversion, compiled
from ingest.convert.tracing import Step
from ingest.convert.tracing import explain as explained
from ingest.record import LostRecord, SourceRecord
from ingest.source import Source


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--record", "wanted", default="1", show_default=True, help="Number in the file, or its 001.")
@click.option("--source", default="file", show_default=True, help="Id of the source, part of the IRIs.")
@click.option("--rules", "show_rules", is_flag=True, help="Print the Python that the rules are compiled to.")
@click.pass_obj
def explain(settings: Settings, file: Path | None, wanted: str, source: str, show_rules: bool) -> None:
    """Show how a record becomes statements: each field, the rule that reads it, what it says; and by what keys it
    meets other records.

    Example: jejaring explain katalog.mrc --record 12
    """
    if show_rules or file is None:
        click.echo(compiled().source)
        return
    record = _find(file, wanted)
    conversion, steps = explained(settings.base_iri, Source(source), record.record)
    for step in steps:
        for line in lines(step, settings.base_iri):
            click.echo(line)
    for line in keys(conversion, settings.base_iri):
        click.echo(line)


def _find(file: Path, wanted: str) -> SourceRecord:
    for item in readers.read(file):
        if isinstance(item, LostRecord):
            continue
        number = item.record.get("001")
        name = (number.data or "").strip() if number is not None else ""
        if name == wanted or str(item.number) == wanted:
            return item
    raise NotFound(f"{file} has no record {wanted}.", "Give its number from 1 on, or its 001.")


def lines(step: Step, base: str) -> list[str]:
    """One field with what was made of it."""
    text = [step.text or "(the record as a whole)"]
    for rule, made in step.made:
        text.append(f"  {rule.place}  {rule.name}" if rule is not None else "  (judgement)")
        text += [f"      {abbreviated(line, base)}" for line in made]
    if step.judged:
        text.append("  (read with the record as a whole)")
    return text


def keys(conversion: Conversion, base: str) -> list[str]:
    """The identity key behind each name that other records may share: records with equal keys meet in it."""
    names = conversion.shared.items()
    text = ["(names that records share, and their keys)"] if names else []
    return text + [f"      <{name.removeprefix(f'{base}/id/')}>  {' | '.join(key)}" for name, key in names]


VERBS = [explain]
