"""``jejaring convert``: files of MARC records to N-Triples, without loading them."""

import sys
from pathlib import Path
from typing import TextIO

import click

from graph.settings import Settings
from ingest import readers
from ingest.convert import Converter
from ingest.problems import ProblemLog
from ingest.record import LostRecord
from ingest.source import Source
from web.cli.progress import bar


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", default="file", show_default=True, help="Id of the source, part of the IRIs.")
@click.option("--library", help="Id or IRI of the library that the records are of.")
@click.option("--items/--no-items", default=True, show_default=True, help="Whether copies are converted, too.")
@click.option("-o", "--output", type=click.File("w", encoding="utf-8"), default="-", help="Where to (- is stdout).")
@click.pass_obj
def convert(
    settings: Settings, files: tuple[Path, ...], source: str, library: str | None, items: bool, output: TextIO
) -> None:
    """Convert MARC records to BIBFRAME as N-Triples, one statement a line.

    Example: jejaring convert katalog.mrc --source kota -o katalog.nt
    """
    converter = Converter(settings.base_iri, Source(source, library), items=items)
    log = ProblemLog()
    for path in files:
        for item in bar(readers.read(path), path.name, unit=" records"):
            if isinstance(item, LostRecord):
                log.add(item.problem)
                continue
            found = converter.convert(item.record)
            output.writelines(line + "\n" for line in found.lines)
            for problem in (*item.repairs, *found.problems):
                log.add(problem)
    for line in log.lines():
        click.echo(line, err=True)
    output.flush()
    if output is not sys.stdout:
        output.close()


VERBS = [convert]
