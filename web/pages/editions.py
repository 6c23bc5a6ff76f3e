"""The editions of a work: records of one edition as one line, by form and year, with the libraries behind them."""

import re
from dataclasses import dataclass, field
from typing import Any

from graph.edtf import spoken
from graph.identifiers import variants
from graph.labels import shown
from web.pages.blueprint import pages
from web.pages.speech import language
from web.pages.visit import Visit

MOST = 200
"""Records that one page reads."""
RECORDS = """SELECT DISTINCT ?edition ?title ?date ?number ?form WHERE {
  { SELECT DISTINCT ?edition WHERE {
    { <%s> bf:hasInstance ?edition } UNION { ?edition bf:instanceOf <%s> } } LIMIT %d }
  OPTIONAL { ?edition bf:title/bf:mainTitle ?title } OPTIONAL { ?edition bf:provisionActivity/bf:date ?date }
  OPTIONAL { ?edition bf:carrier ?form }
  OPTIONAL { ?edition bf:identifiedBy ?i . ?i a bf:Isbn ; rdf:value ?number }
}"""
_YEAR = re.compile(r"\d{4}")
Record = dict[str, str]


@dataclass
class Edition:
    """One edition: its records, each with the libraries whose copies hang on it."""

    title: str
    date: str
    number: str
    form: str
    records: list[tuple[str, list[str]]] = field(default_factory=list)


def editions(here: Visit, work: str, groups: list[dict[str, Any]]) -> list[tuple[str, list[Edition]]]:
    """The editions by form (the carrier), the newest first; ``groups``: the copies by holder."""
    held: dict[str, list[str]] = {}
    for group in groups:
        for edition in group["editions"]:
            held.setdefault(edition, []).append(group["holder"])
    records = _records(here, work)
    here.know(one["form"] for one in records if "form" in one)
    found: dict[tuple[str, ...], Edition] = {}
    for one in sorted(records, key=lambda one: "form" not in one):
        form = here.link(one["form"]).text if "form" in one else ""
        key = _key(one, form, found)
        edition = found.setdefault(
            key, Edition(shown(one.get("title", "")), one.get("date", ""), one.get("number", ""), form)
        )
        edition.number = edition.number or one.get("number", "")
        edition.records.append((one["edition"], [holder for holder in held.get(one["edition"], []) if holder]))
    by_form: dict[str, list[Edition]] = {}
    for edition in sorted(found.values(), key=lambda one: one.date, reverse=True):
        by_form.setdefault(edition.form, []).append(edition)
    return sorted(by_form.items())


@pages.app_template_filter("edtf")
def in_words(text: str) -> str:
    """A date as the page's language says it."""
    return spoken(text, language())


def _records(here: Visit, work: str) -> list[Record]:
    found: dict[str, Record] = {}
    for row in here.select(RECORDS % (work, work, MOST)):
        values = {name: term.value for name, term in row.items() if term is not None}
        found.setdefault(values["edition"], values)
    return list(found.values())


def _key(one: Record, form: str, found: dict[tuple[str, ...], Edition]) -> tuple[str, ...]:
    """What records of one edition have in common: title, year, ISBN and form; one that tells no form, as of simple
    catalogues, belongs to the edition that agrees in the rest."""
    year = _YEAR.search(one.get("date", ""))
    same = (one.get("title", "").casefold(), year[0] if year else "", _isbn(one.get("number", "")))
    if not form:
        return next((key for key in found if key[1:] == same), (form, *same))
    return (form, *same)


def _isbn(number: str) -> str:
    """The number as digits, those of ten as thirteen."""
    return max((one for one in variants(number) if one.isalnum()), key=len, default="")
