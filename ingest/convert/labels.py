"""Labels of the terms that lines point to: what a code means, told with every record that uses it."""

import csv
from collections.abc import Sequence

from ontology.codes import APART, FOLDER
from ontology.terms import PREFIXES, iri

LABEL, CODE = iri("rdfs:label"), iri("bf:code")
BY_CODE = ("subjectSchemes", "genreFormSchemes", "marcauthen", "descriptionConventions", "nationalbibschemes")
"""Lists whose terms are told by their code."""
AGENCIES = {"dlc": "DLC", "dnlm": "DNLM", "dnal": "DNAL", "dgpo": "DGPO"}
"""Codes of the agencies that rules name."""
_LISTS = ("<http://id.loc.gov/v", "<http://id.loc.gov/a")
_LETTERS = "va"
"""What stands after the host in those."""
_known: dict[str, str] = {}


def _load() -> None:
    for name, code in AGENCIES.items():
        term = iri(f"loc:organizations/{name}")
        _known[term] = f'{term} {CODE} "{code}" .'
    for path in sorted(FOLDER.glob("*.csv")):
        if path.stem in APART:
            continue
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                name = row.get("iri") or row.get("value") or ""
                if row.get("label") and name and not name.startswith('"'):
                    term = iri(name)
                    _known.setdefault(term, f'{term} {LABEL} "{row["label"]}" .')


def _line(term: str) -> str:
    if '"' in term:  # the end of a typed literal that quotes such a term
        return ""
    for scheme in BY_CODE:
        start = f"<{PREFIXES['loc']}{scheme}/"
        if term.startswith(start) and "?" not in term:
            return f'{term} {CODE} "{term[len(start) : -1]}" .'
    return ""


def labelled(lines: Sequence[str]) -> list[str]:
    """The lines, each once; the first that points to a term of id.loc.gov is followed by its label, if known."""
    if not _known:
        _load()
    found: list[str] = []
    last = 0
    for place in _pointing(lines):
        line = lines[place]
        term = line[line.rfind(" <") + 1 : -2]
        told = _known.get(term)
        if told is None:
            told = _told(term)
        if told:
            found += lines[last : place + 1]
            found.append(told)
            last = place + 1
    found += lines[last:]
    return list(dict.fromkeys(found))


def _pointing(lines: Sequence[str]) -> list[int]:
    """The places of the lines that point to a term of id.loc.gov. One letter is looked at before the whole
    beginning, because most lines point elsewhere."""
    return [
        place
        for place, line in enumerate(lines)
        if line[-3] == ">"
        and line[(start := line.rfind(" <")) + 20 : start + 21] in _LETTERS
        and line.startswith(_LISTS, start + 1)
    ]


def _told(term: str) -> str:
    if len(_known) > 100_000:
        _known.clear()
        _load()
    told = _known[term] = _line(term)
    return told
