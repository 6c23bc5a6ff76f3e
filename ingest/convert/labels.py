"""Labels of the terms that lines point to: what a code means, told with every record that uses it."""

import csv
from collections.abc import Iterable

from ontology.codes import APART, FOLDER
from ontology.terms import PREFIXES, iri

LABEL, CODE = iri("rdfs:label"), iri("bf:code")
BY_CODE = (
    *("subjectSchemes", "genreFormSchemes", "marcauthen", "descriptionConventions", "nationalbibschemes"),
    "iso639-3",
)
"""Lists whose terms are told by their code."""
AGENCIES = {"dlc": "DLC", "dnlm": "DNLM", "dnal": "DNAL", "dgpo": "DGPO"}
"""Codes of the agencies that rules name."""
_LISTS = ("http://id.loc.gov/v", "http://id.loc.gov/a")
_LETTER = len(_LISTS[0]) - 1
"""Where the letter stands that tells vocabularies and authorities from all else there."""
_known: dict[str, str] = {}
"""The line that labels a term, by how a line ends that points to it, without the opening bracket; "" for none."""


def _load() -> None:
    for name, code in AGENCIES.items():
        term = iri(f"loc:organizations/{name}")
        _known[_end(term)] = f'{term} {CODE} "{code}" .'
    for path in sorted(FOLDER.glob("*.csv")):
        if path.stem in APART:
            continue
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                name = row.get("iri") or row.get("value") or ""
                if row.get("label") and name and not name.startswith('"'):
                    term = iri(name)
                    _known.setdefault(_end(term), f'{term} {LABEL} "{row["label"]}" .')


def _end(term: str) -> str:
    return f"{term[1:]} ."


def _line(term: str) -> str:
    if '"' in term:  # the end of a typed literal that quotes such a term
        return ""
    for scheme in BY_CODE:
        start = f"<{PREFIXES['loc']}{scheme}/"
        if term.startswith(start) and "?" not in term:
            return f'{term} {CODE} "{term[len(start) : -1]}" .'
    return ""


def labelled(lines: Iterable[str]) -> list[str]:
    """The lines, each once, and after them the labels of the terms of id.loc.gov that they point to, if known."""
    if not _known:
        _load()
    once = dict.fromkeys(lines)
    for end in _ends(once):
        told = _known.get(end)
        if told is None and end.startswith(_LISTS):
            told = _told(end)
        if told:
            once[told] = None
    return list(once)


def _ends(lines: Iterable[str]) -> Iterable[str]:
    """How lines end, each once, where they may point to a term of id.loc.gov. One letter is looked at rather than
    the whole beginning, because most lines point elsewhere."""
    return dict.fromkeys(
        [
            end
            for line in lines
            if line[-3] == ">" and (end := line.rpartition(" <")[2])[_LETTER : _LETTER + 1] in "va"
        ]
    )


def _told(end: str) -> str:
    if len(_known) > 100_000:
        _known.clear()
        _load()
    told = _known[end] = _line(f"<{end[:-2]}")
    return told
