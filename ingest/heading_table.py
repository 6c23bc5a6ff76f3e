"""Headings from a table of somebody's: columns heading, kind, dates, place … to be matched without loading them."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.authority_numbers import link
from graph.errors import InputError
from graph.matching.candidate import Candidate
from graph.matching.heading import KINDS, Heading
from ingest.authority_files.text import opened

MANY = ("variants", "titles", "names", "languages", "roles", "broader", "identifiers")
ONE = ("dates", "place", "scheme", "iri")
COLUMNS = ("heading", "kind", *ONE, *MANY, "latitude", "longitude")
"""Columns that are read; only ``heading`` must be there. Several values stand between bars."""
FOUND = ("candidate", "target", "label", "source", "score", "verdict", "matched", "part", "evidence")
"""Columns that are added to each line, one line per candidate."""


def headings(path: Path) -> Iterator[tuple[dict[str, str], Heading]]:
    """The lines of a table, each with its heading. Raises InputError where there is no column ``heading``."""
    with opened(path) as file:
        delimiter = "\t" if path.name.removesuffix(".gz").endswith((".tsv", ".txt")) else ","
        rows: csv.DictReader[str] = csv.DictReader(file, delimiter=delimiter)
        if "heading" not in (rows.fieldnames or ()):
            raise InputError(f"{path} has no column heading.", f"Columns read are {', '.join(COLUMNS)}.")
        for row in rows:
            plain = {name: value or "" for name, value in row.items() if name}
            yield plain, _heading(plain)


def _heading(row: dict[str, str]) -> Heading:
    many = {name: tuple(one.strip() for one in row.get(name, "").split("|") if one.strip()) for name in MANY}
    many["identifiers"] = tuple(found.iri if (found := link(one)) else one for one in many["identifiers"])
    one = {name: row.get(name, "").strip() for name in ONE}
    kind = row.get("kind", "").strip()
    return Heading(
        row["heading"].strip(), kind if kind in KINDS else "", one["dates"], many["variants"], many["titles"],
        many["names"], many["languages"], many["roles"], many["identifiers"], many["broader"],
        coordinates=_coordinates(row), place=one["place"], iri=one["iri"], scheme=one["scheme"],
    )  # fmt: skip


def _coordinates(row: dict[str, str]) -> tuple[float, float] | None:
    try:
        return float(row["latitude"]), float(row["longitude"])
    except (KeyError, ValueError):
        return None


def lines(row: dict[str, str], candidates: Iterable[Candidate]) -> Iterator[list[str]]:
    """The lines of the result for one heading: its cells and FOUND, one per candidate, one at least."""
    none = True
    for number, one in enumerate(candidates, 1):
        none = False
        evidence = " ".join(f"{name}={value:g}" for name, value in one.features.items())
        entry = one.entry
        found = [str(number), entry.iri, entry.label, entry.source, f"{one.score:.4f}", one.verdict]
        yield [*row.values(), *found, one.matched, one.part or "", evidence]
    if none:
        yield [*row.values(), *[""] * len(FOUND)]
