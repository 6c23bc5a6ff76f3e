"""Authority records: agents, subjects and titles with variants, neighbours and notes, in MADS/RDF and SKOS.

Headings go through the converter's own functions, so that a bib and an authority record that name the same
thing meet in one node; a record that gives an IRI (024, 010 of the Library of Congress) also speaks of the node
that bibs name by ``$0``, and joins the two. What becomes of which field is said in ``ontology/authority.yaml``.
"""

from pymarc import Field, Record

from ingest.authority.headings import Headings, label
from ingest.authority.terms import KEPT, terms
from ingest.convert.draft import Draft, type_line
from ingest.convert.local import keep_field
from ingest.convert.text import clean
from ingest.convert.values import valid_iri
from ingest.problems import Problem
from ingest.source import Source
from ontology.terms import iri

Said = tuple[list[str], list[Problem]]
AUTHORITATIVE = iri("madsrdf:authoritativeLabel")


class AuthorityRules:
    """Makes the statements about one authority record at a time."""

    def __init__(self, base_iri: str, source: Source) -> None:
        self.base, self.source = base_iri.rstrip("/"), source

    def lines(self, record: Record) -> Said:
        """N-Triples lines about the heading, its variants and its neighbours, and what was met on the way."""
        draft = Draft(self.base, record)
        headings = Headings(draft, record)
        heading = next((f for f in record.fields if f.tag[0] == "1" and f.tag.isdigit()), None)
        if heading is None or not (node := headings.entity(heading)):
            message, remedy = "This authority record has no heading (1XX).", "It is kept in the archive."
            return [], [Problem("no-heading", message, remedy, place="1XX")]
        nodes = [node]
        if known := _known(record):
            nodes += [same for same in [headings.entity(heading, known)] if same and same != node]
            draft.lines += [f"{node} {iri('owl:sameAs')} {same} ." for same in nodes[1:]]
        for each in nodes:
            self._about(draft, headings, each, heading)
            for field in record.fields:
                self._field(draft, headings, each, field)
        for field in record.fields:
            if not field.control_field and field.tag not in KEPT and not headings.speaks_of(field.tag):
                self._rest(draft, node, field)
        return list(dict.fromkeys(draft.lines)), draft.problems

    @staticmethod
    def _about(draft: Draft, headings: Headings, node: str, heading: Field) -> None:
        draft.add(node + type_line("madsrdf:Authority"))
        draft.add(node + type_line(headings.mads_class(heading)))
        draft.add(f'{node} {AUTHORITATIVE} "{label(heading)}" .')

    def _field(self, draft: Draft, headings: Headings, node: str, field: Field) -> None:
        tag = field.tag
        if field.control_field or not tag.isdigit():
            return
        if tag in terms()["notes"]:
            _note(draft, node, field)
        elif tag in terms()["sources"]:
            _source(draft, node, field)
        elif tag[0] == "4":
            headings.variant(node, field)
        elif tag[0] in "57" and headings.speaks_of(tag):
            headings.neighbour(node, field)

    @staticmethod
    def _rest(draft: Draft, node: str, field: Field) -> None:
        draft.I, draft.I_ = node, f"{node[:-1]}#"
        keep_field(draft, field)


def _note(draft: Draft, node: str, field: Field) -> None:
    rule = terms()["notes"][field.tag]
    text = " ".join([clean(value) for code, value in field.subfields if code in rule["codes"] and value])
    if text:
        for name in filter(None, (rule["property"], rule.get("skos"))):
            draft.add(f'{node} {iri(name)} "{text}" .')


def _source(draft: Draft, node: str, field: Field) -> None:
    """670, 675: where the cataloguer looked, what was found there, and whether anything was."""
    said = {"a": "madsrdf:citationSource", "b": "madsrdf:citationNote"}
    parts = [f' {iri(said[c])} "{clean(v)}" .' for c, v in field.subfields if c in said and v]
    if not parts:
        return
    parts.append(f' {iri("madsrdf:citationStatus")} "{terms()["sources"][field.tag]}" .')
    parts += [
        f" {iri('rdfs:seeAlso')} <{v.strip()}> ." for c, v in field.subfields if c == "u" and valid_iri(v.strip())
    ]
    source = draft.node(f"{node[:-1]}#", ("madsrdf:Source",), parts)
    draft.add(f"{node} {iri('madsrdf:hasSource')} {source} .")


def _known(record: Record) -> str:
    """The IRI of the heading: a web address in 024, or the Library of Congress' number in 010."""
    for field in record.get_fields("024"):
        for value in (field.get("1"), field.get("0"), field.get("a")):
            if value and valid_iri(value.strip()) and value.startswith("http"):
                return clean(value)
    number = "".join((record["010"].get("a") or "").split()) if record.get("010") is not None else ""
    if number[:1] in "ns" and number[-6:].isdigit():
        return f"http://id.loc.gov/authorities/{'names' if number[0] == 'n' else 'subjects'}/{number}"
    return ""
