"""Authority records: agents, subjects and titles with variants (4XX) and see-also headings (5XX).

Headings go through the converter's own functions, so that a bib and an authority record that name the same
thing meet in one node; a record that gives an IRI (024, 010 of the Library of Congress) also speaks of the node
that bibs name by ``$0``, and joins the two.
"""

from pymarc import Field, Record

from ingest.convert.draft import Draft
from ingest.convert.headings import agent, label_of
from ingest.convert.subjects import subject
from ingest.convert.text import clean
from ingest.convert.titles import hub
from ingest.problems import Problem
from ingest.source import Source
from ontology.rules import Rule
from ontology.terms import iri

Said = tuple[list[str], list[Problem]]
Subs = list[tuple[str, str]]
SUBJECTS = {"48": "648", "50": "650", "51": "651", "55": "655"}
AGENTS = ("00", "10", "11")
NOTES = {"678": "bf:note", "680": "skos:scopeNote", "670": "skos:editorialNote", "667": "skos:editorialNote"}
LISTS = {"a": "0", "b": "1", "c": "2", "d": "3", "k": "5", "v": "6"}
"""008/11, the list a subject heading is from → the second indicator that says so in a bib."""


class AuthorityRules:
    """Makes the statements about one authority record at a time."""

    def __init__(self, base_iri: str, source: Source) -> None:
        self.base, self.source = base_iri.rstrip("/"), source

    def lines(self, record: Record) -> Said:
        """N-Triples lines about the heading, its variants and its neighbours, and what was met on the way."""
        draft = Draft(self.base, record)
        heading = next((field for field in record.fields if field.tag[0] == "1" and field.tag[1:].isdigit()), None)
        if heading is None or (node := self._entity(draft, heading, record)) is None:
            message, remedy = "This authority record has no heading (1XX) known here.", "It is kept in the archive."
            return [], [Problem("no-heading", message, remedy, place="1XX")]
        nodes = [node]
        if known := _known(record):
            nodes += [same for same in [self._entity(draft, heading, record, known)] if same and same != node]
            draft.lines += [f"{node} {iri('owl:sameAs')} {same} ." for same in nodes[1:]]
        for field in record.fields:
            for each in nodes:
                self._reference(draft, each, field, record)
        return list(dict.fromkeys(draft.lines)), draft.problems

    def _reference(self, draft: Draft, node: str, field: Field, record: Record) -> None:
        tag = field.tag
        if field.control_field:
            return
        if tag[0] == "4" and (label := label_of(_named(field))):
            draft.add(f'{node} {iri("skos:altLabel")} "{label}" .')
        elif tag[0] == "5" and (other := self._entity(draft, field, record)) is not None and other != node:
            relation = {"g": "skos:broader", "h": "skos:narrower"}.get((field.get("w") or " ")[0], "skos:related")
            draft.add(f"{node} {iri(relation)} {other} .")
        elif tag in NOTES and (
            text := " ".join([clean(value) for code, value in field.subfields if code in "abi"])
        ):
            draft.add(f'{node} {iri(NOTES[tag])} "{text}" .')

    def _entity(self, draft: Draft, field: Field, record: Record, known: str = "") -> str | None:
        """Write what a heading names, as a bib would, and give its IRI."""
        subs = [(code, clean(value)) for code, value in field.subfields if value and code not in "w45"]
        subs = [pair for pair in subs if not known or pair[0] not in "01"] + ([("0", known)] if known else [])
        kind = field.tag[1:]
        if kind == "30" or (kind in AGENTS and any(code == "t" for code, _ in subs)):
            return _title(draft, field, kind, subs)
        if kind in AGENTS:
            return agent(draft, f"1{kind}", field, subs)
        return self._subject(draft, field, SUBJECTS[kind], subs, record) if kind in SUBJECTS else None

    def _subject(self, draft: Draft, field: Field, tag: str, subs: Subs, record: Record) -> str | None:
        fixed = record.get("008")
        source = LISTS.get(((fixed.data or "") if fixed else "").ljust(12)[11], "4")
        before = len(draft.shared)
        draft.tag, draft.W = tag, "<>"
        subject(Rule)(Field(tag, [" ", source], field.subfields), subs, draft)  # type: ignore[arg-type]
        about = [line for line in draft.lines if line.startswith("<> ")]
        draft.lines[:] = [line for line in draft.lines if not line.startswith("<> ")]
        draft.add = draft.lines.append
        return about[-1].split(" ")[2] if about and len(draft.shared) >= before else None


def _title(draft: Draft, field: Field, kind: str, subs: Subs) -> str:
    if kind == "30":
        return hub(draft, field, "130", [], subs)
    at = next(place for place, (code, _) in enumerate(subs) if code == "t")
    return hub(draft, field, f"1{kind}", subs[:at], subs[at:])


def _named(field: Field) -> Subs:
    return [(code, clean(value)) for code, value in field.subfields if value and code not in "wi4580126"]


def _known(record: Record) -> str:
    """The IRI of the heading: a web address in 024, or the Library of Congress' number in 010."""
    for field in record.get_fields("024"):
        for value in (field.get("1"), field.get("0"), field.get("a")):
            if value and value.startswith(("http://", "https://")):
                return clean(value)
    number = "".join((record["010"].get("a") or "").split()) if "010" in record else ""
    if number[:1] in "ns" and number[-6:].isdigit():
        return f"http://id.loc.gov/authorities/{'names' if number[0] == 'n' else 'subjects'}/{number}"
    return ""
