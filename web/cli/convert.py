"""``jejaring convert``: files of MARC records to N-Triples, without loading them."""

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TextIO, cast

import click

from graph.settings import Settings
from ingest import readers
from ingest.convert import Converter
from ingest.problems import ProblemLog
from ingest.record import LostRecord, record_number
from ingest.source import Source
from web.cli.progress import bar


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", default="file", show_default=True, help="Id of the source, part of the IRIs.")
@click.option("--library", help="Id or IRI of the library that the records are of.")
@click.option("--items/--no-items", default=True, show_default=True, help="Whether copies are converted, too.")
@click.option("--profile", default="", help="Profile of local fields (koha, alma …); by itself: by the fields.")
@click.option("--base", help="Start of the IRIs we mint; before the verb it is the same.")
@click.option("-o", "--output", default="-", help="Where to: - is stdout, a name ending in .gz is gzipped.")
@click.pass_obj
def convert(
    settings: Settings,
    files: tuple[Path, ...],
    source: str,
    library: str | None,
    items: bool,
    profile: str,
    base: str | None,
    output: str,
) -> None:
    """Convert MARC records to BIBFRAME as N-Triples, one statement a line.

    Example: jejaring convert katalog.mrc --source kota -o katalog.nt
    """
    converter = Converter(base or settings.base_iri, Source(source, library, profile), items=items)
    log = ProblemLog()
    with _opened(output) as out:
        for path in files:
            for item in bar(readers.read(path), path.name, unit=" records"):
                if isinstance(item, LostRecord):
                    log.add(item.problem)
                    continue
                found = converter.convert(item.record)
                out.writelines(line + "\n" for line in found.lines)
                control = record_number(item.record)
                for problem in (*item.repairs, *found.problems):
                    log.add(replace(problem, file=str(path), record=item.number, control_number=control))
    for line in log.lines():
        click.echo(line, err=True)


@contextmanager
def _opened(output: str) -> Iterator[TextIO]:
    """The file to write to, gzipped by its name; stdout stays open."""
    if output == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    with (
        gzip.open(output, "wt", encoding="utf-8")
        if output.endswith(".gz")
        else open(output, "w", encoding="utf-8") as out
    ):
        yield cast(TextIO, out)


VERBS = [convert]
