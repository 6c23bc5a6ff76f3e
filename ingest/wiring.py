"""Which converter, library codes and indexes a load works with: the one place where loading meets them."""

import pyoxigraph as ox

from ingest.conversions import Converter
from ingest.ledger import Ledger
from ingest.publication import Index
from ingest.source import Source
from ingest.sources import Codes


def make_converter(base: str, source: Source) -> Converter:
    """The converter of a source's records."""
    from ingest.convert import Converter as MarcConverter

    return MarcConverter(base, source)


def codes_of(store: ox.Store) -> tuple[Codes, Codes]:
    """Library codes and rotation packages, as the documents in a store give them."""
    from graph.store import LocalStore
    from ingest.items.holders import library_codes

    return dict(library_codes(LocalStore(store))), {}


def indexes(base: str) -> list[Index]:
    """What is built over each release before it is published."""
    try:
        from graph import search
    except ImportError:
        return []
    return [search.build]


def violations(lines: list[str]) -> list[str]:
    """What is wrong with the network by its SHACL shapes, given all that documents state."""
    from ingest.sheets import validate

    return [str(problem) for problem in validate(lines)]


def replay_written(store: ox.Store, ledger: Ledger) -> None:
    """Apply what users wrote over SPARQL or the graph store, after a rebuild."""
    from ingest.writing import replay

    replay(store, ledger)
