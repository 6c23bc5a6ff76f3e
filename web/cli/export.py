"""``jejaring export``: the records as they came, or the statements, for use elsewhere."""

import gzip
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import click
import pyoxigraph as ox
from pymarc import Record, XMLWriter

from graph.archive import Archive, ArchivedRecord
from graph.errors import InputError, NotFound
from graph.names import source_graph
from graph.releases import Releases
from graph.settings import Settings
from ingest.enrichment import Enrichment
from web.cli.progress import bar

ISO_2709_LIMIT = 99_999


@click.command()
@click.argument("what", type=click.Choice(["MARC", "RDF"], case_sensitive=False))
@click.option("--source", metavar="ID", help="Only this source.")
@click.option("--with-links", is_flag=True, help="Add $0 and $1 to names and subjects of records, by our links.")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to (default: standard output).")
@click.pass_obj
def export(settings: Settings, what: str, source: str | None, with_links: bool, output: str) -> None:
    """Write the archived records (MARC) or the published statements (RDF) to a file.

    The name decides the form: MARC as .mrc or .xml (MARCXML, which has no limit of record length); RDF as .nt,
    .ttl, .nq or .trig, the last two with the named graphs. With .gz at the end it is compressed. --with-links
    enriches records by what names and subjects are linked to; without it they are as they came.

    Example: jejaring export MARC --with-links -o katalog.xml.gz
    """
    with _opened(output) as file:
        name = output.removesuffix(".gz")
        if what.upper() == "MARC":
            _export_marc(settings, source, name, file, with_links=with_links)
        else:
            _export_rdf(settings, source, name, file)


def _export_marc(settings: Settings, source: str | None, name: str, file: BinaryIO, *, with_links: bool) -> None:
    archive = Archive.open(settings.data)
    if source and archive.source(source) is None:
        raise NotFound(f"There is no source {source!r}.", "`jejaring releases --json` lists them.")
    records = bar(archive.records(source or ""), "export", archive.count(source or ""), " records")
    made = _enriched(settings, records) if with_links else ((record, record.marc()) for record in records)
    if name.endswith(".xml"):
        writer = XMLWriter(file)
        for _, marc in made:
            writer.write(marc)
        writer.close(close_fh=False)
        return
    for record, marc in made:
        raw = marc.as_marc()
        if len(raw) > ISO_2709_LIMIT:
            place = f"{record.source} {record.id}"
            click.echo(f"{place} is too long for ISO 2709 and was left out; export to .xml.", err=True)
        else:
            file.write(raw)


def _enriched(settings: Settings, records: Iterable[ArchivedRecord]) -> Iterator[tuple[ArchivedRecord, Record]]:
    enrichment = Enrichment(Releases(settings.data).current().store, settings.base_iri)
    added = touched = 0
    for record in records:
        marc = record.marc()
        count = enrichment.enrich(marc, record.source)
        added, touched = added + count, touched + bool(count)
        yield record, marc
    click.echo(f"{added:,} links added to {touched:,} records.", err=True)


def _export_rdf(settings: Settings, source: str | None, name: str, file: BinaryIO) -> None:
    store = Releases(settings.data).current().store.store
    form = ox.RdfFormat.N_TRIPLES if name == "-" else ox.RdfFormat.from_extension(name.rpartition(".")[2])
    if form is None:
        raise InputError(f"The name {name!r} tells no form of RDF.", "End it in .nt, .ttl, .nq or .trig.")
    if form.supports_datasets and not source:
        store.dump(file, form)
        return
    if source is None:
        store.dump(file, form, from_graph=ox.DefaultGraph())
        return
    graph = ox.NamedNode(source_graph(settings.base_iri, source))
    if not store.contains_named_graph(graph):
        raise NotFound(f"There is no document source {source!r}.", "Records are exported as MARC, or all together.")
    store.dump(file, form, from_graph=graph)


@contextmanager
def _opened(output: str) -> Iterator[BinaryIO]:
    """The file to write to; an earlier export of this name stays until the new one is complete."""
    if output == "-":
        yield sys.stdout.buffer
        return
    unfinished = Path(output + ".part")
    try:
        with unfinished.open("wb") as file:
            if output.endswith(".gz"):
                with gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as packed:
                    yield cast(BinaryIO, packed)
            else:
                yield file
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)


VERBS = (export,)
