"""Code tables: CSV files beside this module, one per list (columns ``code, iri, label, class``)."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ontology.terms import iri

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Term:
    """What a code stands for: ``object`` is its N-Triples form, ``lines`` say its class and label."""

    object: str
    lines: tuple[str, ...]
    label: str


@cache
def table(name: str) -> dict[str, Term]:
    """A code list by code. Raises FileNotFoundError, or ValueError for a name that is no IRI."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        return {row["code"]: _term(row) for row in csv.DictReader(rows)}


@cache
def listed(*schemes: str) -> dict[str, Term]:
    """Terms of lists below id.loc.gov by their words in lower case, variants included: ``terms.csv`` (lists for
    carriers and notation) and ``performanceMediums.csv``, columns ``scheme, term, iri, label``."""
    found: dict[str, Term] = {}
    for file in ("terms.csv", "performanceMediums.csv"):
        with (FOLDER / file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                if row["scheme"] in schemes:
                    found.setdefault(row["term"].casefold(), _term(row))
    return found


@cache
def sources() -> dict[str, tuple[str, ...]]:
    """The lists below id.loc.gov/vocabulary (``subjectSchemes``, ``genreFormSchemes``, ``classSchemes``,
    ``nameTitleSchemes``) that register a code of ``$2``, by the code in lower case: ``sources.csv``."""
    found: dict[str, tuple[str, ...]] = {}
    with (FOLDER / "sources.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            code = row["code"].lower()
            found[code] = (*found.get(code, ()), row["scheme"])
    return found


APART = (
    "countries",
    "descriptionConventions",
    "geographicAreas",
    "issuance",
    "languages",
    "marcauthen",
    "relators",
    "sources",
)
"""Lists whose terms records use without saying what they mean; the store has their labels once."""


@cache
def indonesian() -> dict[str, dict[str, str]]:
    """Indonesian labels by list and code (``indonesian.csv``); those of languages and countries follow CLDR."""
    found: dict[str, dict[str, str]] = {}
    with (FOLDER / "indonesian.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            found.setdefault(row["list"], {})[row["code"]] = row["label"]
    return found


@cache
def code_labels() -> tuple[str, ...]:
    """The labels of the lists in ``APART`` as N-Triples lines without line end: what `bf:language`, a country of
    publication, a role or a source of headings is called, for whoever asks the store; and the Indonesian labels of
    all lists, which records do not bring along."""
    label = iri("rdfs:label")
    found: dict[str, None] = {}
    for name in APART:
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                if row["label"]:
                    found[f"{iri(row['iri'])} {label} {_quoted(row['label'])} ."] = None
    for name, labels in indonesian().items():
        for code, term in table(name).items():
            if code in labels:
                found[f"{term.object} {label} {_quoted(labels[code])}@id ."] = None
    return tuple(found)


def name(scheme: str, code: str, language: str) -> str:
    """What a list calls a code: in the language where it does, else in English; empty when it has no such code."""
    if not (FOLDER / f"{scheme}.csv").is_file():
        return ""
    words = indonesian().get(scheme, {}).get(code) if language == "id" else None
    term = table(scheme).get(code)
    return words or (term.label if term else "")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _term(row: dict[str, str]) -> Term:
    name, label, kind = iri(row["iri"]), row.get("label") or "", row.get("class") or ""
    lines = []
    if kind:
        lines.append(f"{name} {iri('rdf:type')} {iri(kind)} .")
    if label:
        lines.append(f"{name} {iri('rdfs:label')} {_quoted(label)} .")
    return Term(name, tuple(lines), label)
