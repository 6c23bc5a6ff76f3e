"""Building a MARC record from the columns of a catalogue export."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import yaml
from pymarc import Field, Indicators, Record, Subfield

import ontology
from graph.names import digest
from ontology.codes import indonesian, table

_YEAR = re.compile(r"(1[4-9]|20)\d\d")
_DATES = re.compile(r"(.*\S), ((?:approximately )?\d{3,4}-(?:(?:approximately )?\d{3,4})?)$")
FILE = Path(ontology.__file__).parent / "catalogue-words.yaml"


@cache
def _words() -> dict[str, dict[str, str]]:
    """Codes by the words that catalogues write: what the file lists, and the names of languages and countries."""
    declared = yaml.safe_load(FILE.read_text("utf-8"))
    found = {
        kind: {word.casefold(): code for code, words in codes.items() for word in words}
        for kind, codes in declared.items()
    }
    languages = {code: code for code in table("languages")} | _names("languages")
    places = dict.fromkeys(_names("countries"), "51")
    return {**found, "languages": languages | found["languages"], "places": places | found["places"]}


def _names(scheme: str) -> dict[str, str]:
    """Codes of a list by their names in both languages."""
    names = {code: (term.label, indonesian()[scheme].get(code, "")) for code, term in table(scheme).items()}
    return {name.casefold(): code for code, both in names.items() for name in both if name}


def new_record(number: str, year: str, language: str, material: str = "") -> Record:
    """A record with leader, 001 and 008; language and material as the catalogue words them
    (``ontology/catalogue-words.yaml``), a text where it does not say."""
    record = Record(force_utf8=True)
    kind = _words()["materials"].get(material.strip().casefold(), "am")
    record.leader = f"00000n{kind} a2200000 i 4500"  # type: ignore[assignment]
    found = _YEAR.search(year)
    dates = (
        f"{'c' if kind[1] == 's' else 's'}{found[0]}{'9999' if kind[1] == 's' else '    '}"
        if found
        else "nuuuuuuuu"
    )
    code = _words()["languages"].get(language.strip().casefold(), "und")
    record.fields += (Field("001", data=number), Field("008", data=f"      {dates}xx                  {code} d"))
    return record


def add(record: Record, tag: str, *pairs: tuple[str, str], indicators: str = "  ") -> None:
    """Add a field of the pairs that have a value; none when there is none."""
    subfields = [Subfield(code, value.strip()) for code, value in pairs if value and value.strip()]
    if subfields:
        record.fields.append(Field(tag, Indicators(indicators[0], indicators[1]), subfields))


def content_number(*values: str) -> str:
    """A record number that follows from content, for exports that give none."""
    return digest(*(value.strip() for value in values))


def add_standard_number(record: Record, value: str) -> None:
    """An ISBN or ISSN in 020 or 022; several divided by comma or semicolon."""
    for part in re.split(r"[;,]", value):
        digits = re.sub(r"[^0-9Xx]", "", part)
        add(record, "022" if len(digits) == 8 else "020", ("a", part))


def add_people(record: Record, names: list[str], added: Sequence[str] = ()) -> None:
    """The first name as main entry, the others and ``added`` as added ones; dates behind a name go to $d. A name
    without comma that begins like that of a body is one, and so is what stands below a state
    (``ontology/catalogue-words.yaml``)."""
    for place, heading in enumerate([*names, *added], 0 if names else 1):
        found = _DATES.match(heading)
        name, dates = found.groups() if found else (heading, "")
        state, _, unit = name.partition(". ")
        entered = _words()["states"].get(state.casefold(), "2" if _is_body(name) else "")
        if entered == "1":
            parts: tuple[tuple[str, str], ...] = ("a", f"{state}." if unit else state), ("b", unit)
        else:
            parts = ("a", f"{name}," if dates else name), ("d", dates)
        order = entered or ("1" if "," in name else "0")
        add(record, f"{'7' if place else '1'}{'10' if entered else '00'}", *parts, indicators=f"{order} ")


def _is_body(name: str) -> bool:
    first = name.split(maxsplit=1)[0].casefold()
    return "," not in name and first in _words()["bodies"]


def add_topics(record: Record, topics: Iterable[str]) -> None:
    """Topics as 650, places as 651; ``Islam -- Indonesia`` in one column is a heading with a subdivision, as MARC
    has it in $x, or in $z when it is a place (``ontology/catalogue-words.yaml``)."""
    places = _words()["places"]
    for topic in topics:
        heading, *parts = [part.strip() for part in topic.split("--") if part.strip()] or [""]
        divisions = [("z" if part.casefold() in places else "x", part) for part in parts]
        add(record, f"6{places.get(heading.casefold(), '50')}", ("a", heading), *divisions, indicators=" 4")


def title_parts(title: str) -> tuple[tuple[str, str], ...]:
    """Title proper and rest of title, where an export has both in one column (ISBD: ``title : rest``)."""
    proper, colon, rest = title.partition(" : ")
    return (("a", f"{proper} :" if colon else proper), ("b", rest))


def add_series(record: Record, series: str) -> None:
    """A series, not traced, as 490; what follows a semicolon is its number (ISBD: ``series ; 3``)."""
    name, mark, number = series.partition(" ; ")
    add(record, "490", ("a", name + mark.rstrip()), ("v", number), indicators="0 ")
