"""The gold sets of ../shared/data as authority files and headings; JEJARING_SHARED names another such folder."""

import csv
import gzip
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from graph.matching.entry import Entry
from graph.matching.heading import Heading
from ingest.authority_files import read
from ingest.problems import Problem

SHARED = Path(os.environ.get("JEJARING_SHARED", Path(__file__).resolve().parents[2] / "shared"))
DATA = SHARED / "data"
KINDS = {"corporate": "organization", "conference": "meeting", "form": "genre", "title": "work"}
KINDS |= {name: name for name in ("person", "topic", "place", "genre", "meeting")}
TAGS = {"00": "person", "10": "organization", "11": "meeting", "30": "work", "50": "topic", "51": "place"}
TAGS |= {"55": "genre"}
Asked = list[tuple[Heading, set[str]]]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Headings with the IRIs of what they are, and the authority file they are asked of."""

    name: str
    entries: list[Entry]
    asked: Asked
    leave_out: bool = False


def rows(name: str, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def gold_sets() -> Iterator[GoldSet]:
    """All sets, each with its authority file; identifiers are hidden, and in variant sets the asked form is."""
    yield _vkc_set()
    entries = gnd()
    yield GoldSet(
        "GND headings",
        entries,
        [(_heading(row, row["vocab"]), {row["iri"]}) for row in rows("gold/gold_gnd.csv.gz")],
    )
    variants = [
        (Heading(row["form"], KINDS.get(row["type"], ""), row["dates"]), {row["iri"]})
        for row in rows("gold/gold_gnd_variants.csv.gz")
    ]
    yield GoldSet("GND variants, asked form left out", entries, variants[::4], leave_out=True)
    asked = [(_heading(row, row["scheme"]), {row["iri"]}) for row in rows("gold/gold_lc_fast_multi.csv.gz")]
    entries = lc()
    yield GoldSet("LC and FAST in one file, list stated", entries, asked)
    for name, ours in (("FAST", {"fast"}), ("Library of Congress", {"lcsh", "lcnaf", "lcgft"})):
        of_list = [one for one in entries if one.source in ours]
        bare = [(Heading(h.text, h.kind, h.dates), right) for h, right in asked if h.scheme in ours]
        yield GoldSet(f"{name} alone, list not stated", of_list, bare)
    yield _registry()
    yield _libraries("libraries by name alone", isil=False)
    yield _libraries("libraries by name and ISIL", isil=True)


def vkc() -> list[Entry]:
    return [
        Entry(ids[0], row["display_name"], "person", identifiers=tuple(ids[1:]), source="vkc")
        for row in rows("authority/vkc_creators.csv.gz")
        if (ids := [row[name] for name in ("wikidata", "viaf", "rkd", "local_id") if row[name]])
    ]


def _vkc_set() -> GoldSet:
    asked = [
        (Heading(row["form"], "person"), {row[name] for name in ("wikidata", "viaf", "rkd") if row[name]})
        for row in rows("gold/gold_persons_vkc.csv.gz")
    ]
    return GoldSet("persons (VKC)", vkc(), asked)


def gnd() -> list[Entry]:
    with gzip.open(DATA / "authority/gnd.jsonl.gz", "rt", encoding="utf-8") as file:
        found = [json.loads(line) for line in file]
    return [
        Entry(
            one["iri"], one["pref"], KINDS.get(one["type"], ""), tuple(v["label"] for v in one["variants"]),
            one.get("dates", ""), source="gnd",
        )
        for one in found
        if one["pref"]
    ]  # fmt: skip


def _heading(row: dict[str, str], scheme: str = "") -> Heading:
    kind = "" if row["tag"][1:] == "89" else TAGS.get(row["tag"][1:], "")
    return Heading(row["heading"], kind, row["dates"], scheme=scheme)


def lc() -> list[Entry]:
    found = {
        row["iri"]: Entry(
            row["iri"], row["label"], KINDS.get(row["kind"], ""),
            tuple(one for one in row["other_forms"].split("|") if one), source=row["scheme"],
        )
        for row in rows("authority/lc_fast_multi.csv.gz")
    }  # fmt: skip
    for entry in read(DATA / "authority/lc_authorities.mrc.gz"):
        if not isinstance(entry, Problem):
            found.setdefault(entry.iri, entry.of_source("lcsh"))
    return list(found.values())


def _registry() -> GoldSet:
    entries = [
        one for one in read(DATA / "authority/ror_organisations.tsv.gz", mapping="ror") if isinstance(one, Entry)
    ]
    asked = [(Heading(name, one.kind), {one.iri}) for one in entries for name in one.variants]
    return GoldSet("organisations (ROR), asked variant left out", entries, asked[::30], leave_out=True)


def _libraries(name: str, *, isil: bool) -> GoldSet:
    def number(row: dict[str, str], column: str) -> tuple[str, ...]:
        return (f"urn:isil:{row[column]}",) if isil and row[column] else ()

    entries: dict[str, Entry] = {}
    for row in rows("directory/wikidata_isil_gnd.tsv.gz", "\t"):
        if row["?itemLabel"]:  # a line for each ISIL of an item
            before = entries[row["?item"]].identifiers if row["?item"] in entries else ()
            numbers = (*before, *number(row, "?isil"))
            entries[row["?item"]] = Entry(
                row["?item"], row["?itemLabel"], "library", identifiers=numbers, source="wikidata"
            )
    asked = [
        (Heading(row["name"], "library", identifiers=number(row, "isil"), place=row["place"]), {row["wikidata"]})
        for row in rows("gold/gold_library_wikidata_de.csv.gz")
    ]
    return GoldSet(name, list(entries.values()), asked)


def all_labels() -> Iterator[Entry]:
    """The 774,000 labels of about 350,000 entities in one file."""
    for found in read(DATA / "authority/all_labels.tsv.gz", mapping="labels"):
        if not isinstance(found, Problem):
            yield found


def same_names(entries: list[Entry]) -> list[list[Entry]]:
    """Groups of different people with one name: the same words when dates, order and marks are set aside."""
    from graph.matching.forms import PERSON, form
    from graph.matching.years import years

    found = sorted(
        (" ".join(one.ordered), entry.iri, entry)
        for entry in entries
        if entry.kind == "person"
        for one in {form(name, PERSON) for name in entry.every_name()}
        if len(one.words) > 1 and not re.search(r"\d", " ".join(one.words))
    )
    groups = []
    for _, members in groupby(found, key=lambda pair: pair[0]):
        different = {iri: entry for _, iri, entry in members}
        born = {years(entry.dates).birth for entry in different.values()} - {None}
        if len(different) > 1 and len(born) == len(different):
            groups.append(list(different.values()))
    return groups
