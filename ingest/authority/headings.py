"""Headings of authority records: the entities they name, their variants (4XX) and neighbours (5XX, 7XX)."""

from typing import Any

from pymarc import Field, Record

from ingest.authority.terms import terms
from ingest.convert.draft import Draft, type_line
from ingest.convert.headings import LABEL, agent, label_of, normal
from ingest.convert.subjects import name_subject, subject
from ingest.convert.text import clean
from ingest.convert.titles import hub
from ingest.convert.values import valid_iri
from ontology.rules import Rule
from ontology.terms import iri

Subs = list[tuple[str, str]]
LISTS = {"a": "0", "b": "1", "c": "2", "d": "3", "k": "5", "v": "6"}
"""008/11, the list a subject heading is from → the second indicator that says so in a bib."""
DIVISIONS = "vxyz"
NAMES_AND_TITLES = ("600", "610", "611", "630")
ASIDE = frozenset("wi4580126")


def label(field: Field) -> str:
    """A heading as one text, its divisions after two hyphens."""
    subs = [(code, clean(value)) for code, value in field.subfields if value and code not in ASIDE]
    main = label_of([pair for pair in subs if pair[0] not in DIVISIONS])
    return "--".join(part for part in (main, *(value for code, value in subs if code in DIVISIONS)) if part)


class Headings:
    """Writes the headings of one record."""

    def __init__(self, draft: Draft, record: Record) -> None:
        self.draft, self.record = draft, record

    @staticmethod
    def speaks_of(tag: str) -> bool:
        """Whether a tag is a heading or a reference, or a note that is read."""
        known = terms()
        return tag in known["notes"] or tag in known["sources"] or (tag[:1] in "1457" and tag.isdigit())

    def mads_class(self, field: Field) -> str:
        """The class of the heading."""
        if self._rule(field)["as"] == "agent" and "t" in field:
            return str(terms()["name_title"])
        if any(code in DIVISIONS for code, _ in field.subfields) and self._rule(field)["as"] != "component":
            return "madsrdf:ComplexSubject"
        return str(self._rule(field)["class"])

    def entity(self, field: Field, known: str = "") -> str:
        """Write what a heading names, as a bib would, and give its IRI; "" when it names nothing. With
        ``known``, as one that bibs name by this IRI."""
        subs = [(code, clean(value)) for code, value in field.subfields if value and code not in "w45i68"]
        subs = [pair for pair in subs if not known or pair[0] not in "01"] + ([("0", known)] if known else [])
        how = self._rule(field)["as"]
        if not label(field):
            return ""
        if any(code in DIVISIONS for code, _ in subs) and how in ("agent", "title"):
            return self._subject(field, f"6{field.tag[1:]}", subs)
        if how == "title" or (how == "agent" and any(code == "t" for code, _ in subs)):
            return self._title(field, subs)
        if how == "agent":
            return agent(self.draft, f"1{field.tag[1:]}", field, subs)
        if how in ("term", "component"):
            return self._term(field, how)
        return self._subject(field, how, subs)

    def variant(self, node: str, field: Field) -> None:
        """4XX: another form of the heading, as a node of its own and as a label."""
        text, known = label(field), terms()["variants"]
        if not text:
            return
        control = (field.get("w") or "").ljust(4)
        name = known["third"].get(control[2]) or known["first"].get(control[0]) or known["otherwise"]
        parts = [f' {iri("madsrdf:variantLabel")} "{text}" .']
        parts += [f' {iri("madsrdf:note")} "{clean(v)}" .' for c, v in field.subfields if c == "i" and v]
        variant = self.draft.node(f"{node[:-1]}#", ("madsrdf:Variant", self.mads_class(field)), parts)
        self.draft.add(f"{node} {iri(name)} {variant} .")
        shown = known["hidden"] if control[3] in "abc" else known["shown"]
        self.draft.add(f'{node} {iri(shown)} "{text}" .')

    def neighbour(self, node: str, field: Field) -> None:
        """5XX: a related heading; 7XX: the same in another list. ``$i`` and ``$4`` say how they are related."""
        other = self.entity(field)
        if not other or other == node:
            return
        draft, known = self.draft, terms()
        names = known["related"].get((field.get("w") or " ")[0], known["related"]["otherwise"])
        for name in known["external"] if field.tag[0] == "7" else names:
            draft.add(f"{node} {iri(name)} {other} .")
        for code, value in field.subfields:
            if code == "4" and value and valid_iri(value.strip()):
                draft.add(f"{node} <{value.strip()}> {other} .")
            elif code == "i" and value:
                parts = (f' {LABEL} "{clean(value).rstrip(" :")}" .', f" {iri('bf:associatedResource')} {other} .")
                relation = draft.node(f"{node[:-1]}#", ("bf:Relation",), parts)
                draft.add(f"{node} {iri('bf:relation')} {relation} .")

    @staticmethod
    def _rule(field: Field) -> dict[str, Any]:
        known = terms()
        rule: dict[str, Any] = known["kinds"].get(field.tag[1:], known["other"])
        return rule

    def _title(self, field: Field, subs: Subs) -> str:
        if field.tag[1:] == "30":
            return hub(self.draft, field, "130", [], subs)
        at = next(place for place, (code, _) in enumerate(subs) if code == "t")
        return hub(self.draft, field, f"1{field.tag[1:]}", subs[:at], subs[at:])

    def _term(self, field: Field, how: str) -> str:
        kind, text = self._rule(field)["class"], label(field)
        node = self.draft.entity("component" if how == "component" else "authority", kind, normal(text))
        self.draft.add(node + type_line(kind))
        self.draft.add(f'{node} {LABEL} "{text}" .')
        return node

    def _subject(self, field: Field, tag: str, subs: Subs) -> str:
        """As the bib's field ``tag`` would write it, for a work that is taken out again."""
        fixed = self.record.get("008")
        source = LISTS.get(((fixed.data or "") if fixed else "").ljust(12)[11], "4")
        draft = self.draft
        draft.tag, draft.W, start = tag, "<>", len(draft.lines)
        convert = (name_subject if tag in NAMES_AND_TITLES else subject)(Rule)  # type: ignore[arg-type]
        convert(Field(tag, [field.indicator1, source], field.subfields), subs, draft)  # type: ignore[arg-type]
        about = [line for line in draft.lines[start:] if line.startswith("<> ")]
        draft.lines[:] = [line for line in draft.lines if not line.startswith("<> ")]
        return about[-1].split(" ")[2] if about else ""
