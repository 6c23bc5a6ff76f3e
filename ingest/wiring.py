"""Which converter, library codes and indexes a load works with: the one place where loading meets them."""

from urllib.parse import unquote

import pyoxigraph as ox

from graph.names import SPARQL_PREFIXES
from graph.store import LocalStore
from ingest.conversions import Converter
from ingest.indexing import Index
from ingest.ledger import Ledger
from ingest.source import Source
from ingest.sources import Codes

PACKAGES = SPARQL_PREFIXES + "SELECT ?package ?barcode WHERE { ?package jp:barcode ?barcode } ORDER BY ?package"


def make_converter(base: str, source: Source) -> Converter:
    """The converter of a source's records."""
    from ingest.convert import Converter as MarcConverter

    return MarcConverter(base, source)


def codes_of(store: ox.Store) -> tuple[Codes, Codes]:
    """Library codes, and barcodes of items in rotation packages, as the documents in a store give them."""
    from ingest.items.holders import library_codes

    local = LocalStore(store)
    packages: Codes = {}
    for row in local.select(PACKAGES):
        package, barcode = row["package"], row["barcode"]
        if isinstance(package, ox.NamedNode) and isinstance(barcode, ox.Literal):
            packages[barcode.value] = unquote(package.value.rpartition("/id/")[2])
    return library_codes(local), packages


def indexes(base: str) -> list[Index]:
    """What is built over each release before it is published; first what takes longest."""
    from graph import checks, search

    return [search.build, checks.build]


def violations(lines: list[str]) -> list[str]:
    """What is wrong with the network by its SHACL shapes, given all that documents state."""
    from ingest.problems import Severity
    from ingest.sheets import validate

    return [str(problem) for problem in validate(lines) if problem.severity is Severity.LOST]


def replay_written(store: ox.Store, ledger: Ledger) -> None:
    """Apply what users wrote over SPARQL or the graph store, after a rebuild."""
    from ingest.writing import replay

    replay(store, ledger)
