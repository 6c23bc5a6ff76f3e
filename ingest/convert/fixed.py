"""006, 007 and 008: code by code, from the table ``ontology/codes/fixed-fields.csv``. Positions that the table
does not have are those that say nothing of the resource (dates of the record, undefined ones) or what another
module reads: 00-17 and 35-39 of 008."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pymarc import Field

from ingest.convert.draft import Draft
from ingest.convert.text import clean
from ingest.convert.vocabulary import call
from ontology.codes import FOLDER, Term, listed, table
from ontology.rules import Rule
from ontology.terms import constant, iri

FORMS = {"a": "BK", "t": "BK", "c": "MU-score", "d": "MU-score", "i": "MU-sound", "j": "MU-sound", "e": "MP"}
FORMS |= {"f": "MP", "g": "VM", "k": "VM", "o": "VM", "r": "VM", "m": "CF", "p": "MX", "s": "CR"}
ADMIN, DIMENSIONS = iri("bf:adminMetadata"), iri("bf:dimensions")
PAIRS = {"MU-score": 18, "MU-sound": 18, "MP": 22}
"""Where 008 has a code of two letters, by kind of material."""
CONTINUING = frozenset("bis")


@dataclass(frozen=True, slots=True)
class Code:
    """What one code of one position says: where, and which lines about the term go with it."""

    work: bool
    classes: tuple[str, ...]
    predicate: str
    part: str
    lines: tuple[str, ...]


Positions = tuple[tuple[int, dict[str, tuple[Code, ...]]], ...]


def material(leader: str) -> str:
    """The kind of 008 by leader 06 and 07: BK, CR, MU-score, MU-sound, MP, VM, CF or MX."""
    form = FORMS.get(leader[6:7], "BK")
    return "CR" if form == "BK" and leader[7:8] in CONTINUING and leader[6:7] == "a" else form


def _tables() -> dict[tuple[str, str], Positions]:
    found: dict[tuple[str, str], dict[int, dict[str, tuple[Code, ...]]]] = {}
    with (FOLDER / "fixed-fields.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            places = found.setdefault((row["field"], row["material"]), {})
            codes = places.setdefault(int(row["position"]), {})
            codes[row["code"]] = (*codes.get(row["code"], ()), _code(row))
    return {key: tuple(places.items()) for key, places in found.items()}


def _code(row: dict[str, str]) -> Code:
    head, *nested = row["path"].split("/", 1)
    value = row["value"]
    lines = (f'{iri(value)} {iri("rdfs:label")} "{row["label"]}" .',) if row["label"] else ()
    part = value if value.startswith('"') else iri(value)
    if not nested:
        return Code(row["level"] == "work", (), iri(head), part, lines)
    classes, _, last = nested[0].rpartition("/")
    return Code(
        row["level"] == "work",
        tuple(classes.strip("[]").split("+")),
        iri(head),
        constant(f"{last} {value}"),
        lines,
    )


@call
def fixed_codes(rule: Rule) -> Callable[[Field, str, Draft], None]:
    """008 or 006 by kind of material, 007 by category of material."""
    tables = _tables()

    def convert(field: Field, data: str, draft: Draft) -> None:
        tag = draft.tag
        kind, start = draft.material, 0
        if tag == "006":
            kind, start = FORMS.get(data[:1], ""), 17
        elif tag == "007":
            kind = data[:1]
        if tag == "008" and kind == "VM":
            _running_time(data[18:21], draft)
        elif tag == "007" and kind == "h":
            _reduction(data[6:9], draft)
        elif tag != "007" and kind in PAIRS:
            _pair(kind, data[PAIRS[kind] - start : PAIRS[kind] - start + 2], draft)
        for position, codes in tables.get(("007" if tag == "007" else "008", kind), ()):
            code = data[position - start : position - start + 1]
            if code in codes:
                for known in codes[code]:
                    _emit(known, draft)

    return convert


def _pair(kind: str, code: str, draft: Draft) -> None:
    """Codes of two letters: form of composition (008/18-19 of music), projection (008/22-23 of maps)."""
    if kind == "MP":
        known = projections().get(code)
        if known is not None:
            node = draft.node(draft.W_, ("bf:Cartographic",), (f" {iri('bf:projection')} {known.object} .",))
            draft.add(f"{draft.W} {iri('bf:cartographicAttributes')} {node} .")
    else:
        known = table("musicalForms").get(code)
        if known is not None:
            draft.add(f"{draft.W} {iri('bf:genreForm')} {known.object} .")
    if known is not None:
        draft.lines += known.lines


@cache
def projections() -> dict[str, Term]:
    """Projections of maps by their code of two letters."""
    return {known.object[-3:-1]: known for known in listed("mprojection").values()}


def _running_time(minutes: str, draft: Draft) -> None:
    """008/18-20 of films and videos: minutes; 000 is longer than 999, and nnn or --- none or unknown."""
    if minutes == "000":
        draft.add(f'{draft.W} {iri("bf:duration")} "more than 999 minutes" .')
    elif minutes.isdigit() and minutes.isascii():
        draft.add(f'{draft.W} {iri("bf:duration")} "PT{int(minutes)}M"^^{iri("xsd:duration")} .')


def _reduction(ratio: str, draft: Draft) -> None:
    """007/06-08 of microforms: the ratio in three digits, hyphens standing for those nobody knows."""
    if any(c.isdigit() for c in ratio):
        said = draft.node(draft.I_, ("bf:ReductionRatio",), (f' {iri("rdfs:label")} "{clean(ratio)}" .',))
        draft.add(f"{draft.I} {iri('bf:reductionRatio')} {said} .")


def _emit(known: Code, draft: Draft) -> None:
    subject, stem = (draft.W, draft.W_) if known.work else (draft.I, draft.I_)
    part = known.part
    if known.predicate == ADMIN:
        note = draft.node(draft.I_, known.classes, (part,), "note")
        draft.admin.append(f" {iri('bf:note')} {note} .")
        return
    if known.predicate == DIMENSIONS and draft.record.get("300") is not None and draft.record["300"].get("c"):
        return
    if known.classes:
        part = draft.node(stem, known.classes, (part,))
    draft.add(f"{subject} {known.predicate} {part} .")
    draft.lines += known.lines
