"""Authority files: whatever form they come in, entries come out, and the news of those that do not.

SKOS, MADS and GND in any syntax of RDF, MARC authority records, JSON lines of lobid-gnd, and tables (GeoNames, CSV)
by a declared mapping.
"""

from collections.abc import Iterator
from pathlib import Path

from graph.errors import InputError
from graph.matching.entry import Entry
from ingest import rdf
from ingest.authority_files import json_lines, marc_records, rdf_entries, tables
from ingest.problems import Problem

__all__ = ["read"]
Results = Iterator[Entry | Problem]
TABLES = (".csv", ".tsv", ".txt")
JSON = (".jsonl", ".ndjson", ".json")


def read(path: Path, *, kind: str = "", mapping: str = "") -> Results:
    """The entries of a file, streaming where the form allows; ``kind`` for entries that do not say theirs.

    ``mapping`` names how a table is read (ontology/matching/tables, or a file). Raises InputError for a file that
    cannot be used as a whole.
    """
    if not path.is_file():
        raise InputError(f"There is no file {path}.", "Give the path of an authority file.")
    name = path.name.lower().removesuffix(".gz")
    if mapping or name.endswith(TABLES):
        return tables.read(path, mapping or _usual(name), kind)
    if name.endswith(JSON):
        return json_lines.read(path, kind)
    if rdf.recognise(path):
        return rdf_entries.read(path, kind)
    return marc_records.read(path, kind)


def _usual(name: str) -> str:
    """The mapping of a table that none was named for."""
    return "geonames" if name.endswith(".txt") else "table"
