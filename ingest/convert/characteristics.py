"""Characteristics named by terms (255 $b, 334, 340-353, 382): the term's IRI where a list of id.loc.gov has it,
else a node with the term as its label."""

from collections.abc import Callable

from pymarc import Field

from ingest.convert.authorities import control_numbers, identified_term
from ingest.convert.draft import Draft, Subfields, type_line
from ingest.convert.headings import LABEL
from ingest.convert.text import split
from ingest.convert.vocabulary import call
from ontology.codes import Term, listed
from ontology.rules import Rule
from ontology.terms import iri

SOURCE, CODE, APPLIES = iri("bf:source"), iri("bf:code"), iri("bflc:appliesTo")
Kind = tuple[str, str, str, dict[str, Term]]
"""Property, class, the property of a text that is no term, and the list of terms by their words."""
VALUE = "rdf:value"


@call
def characteristics(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """Each subfield named in ``options`` (``a: property class list``, the list being optional; a figure has
    ``rdf:value`` behind it) is a term; $0 and $1 after it say which, $2 names its list, $3 the part it is said of.
    Sources: MARC 21 fields 340-353, terms as
    published below id.loc.gov/vocabulary."""
    kinds = {str(code): _kind(str(spec)) for code, spec in rule.options.items()}
    starts = "".join(kinds)
    work = rule.level == "work"

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        subject, stem = (draft.W, draft.W_) if work else (draft.I, draft.I_)
        for group in split([pair for pair in subs if pair[0] in starts + "0123"], starts, "23"):
            code, text = group[0]
            if code not in kinds or not text:
                continue
            name, kind, told, terms = kinds[code]
            term = terms.get(text.casefold().rstrip(" .;:,"))
            if term is not None:
                draft.add(f"{subject} {name} {term.object} .")
                draft.lines += term.lines
                _part(group, f"{subject} {name}", (kind, term.label), stem, draft)
                continue
            known = identified_term(group)
            if known:
                draft.add(f"{subject} {name} <{known}> .")
                draft.add(f"<{known}>{type_line(kind)}")
                draft.add(f'<{known}> {LABEL} "{text}{draft.close}')
                _part(group, f"{subject} {name}", (kind, text), stem, draft)
                continue
            parts = [f' {told} "{text}{draft.close}', *beside(group, stem, draft)]
            draft.add(f"{subject} {name} {draft.node(stem, (kind,), parts)} .")

    return convert


def _part(group: Subfields, link: str, term: tuple[str, str], stem: str, draft: Draft) -> None:
    """The part that a known term is said of ($3): a term of its own, since the list's is everybody's."""
    kind, label = term
    for code, value in group:
        if code == "3":
            part = draft.node(stem, ("bflc:AppliesTo",), (f' {LABEL} "{value}{draft.close}',))
            use = draft.node(stem, (kind,), (f' {LABEL} "{label}" .', f" {APPLIES} {part} ."))
            draft.add(f"{link} {use} .")


def _kind(spec: str) -> Kind:
    name, kind, *lists = spec.split()
    told = iri(VALUE) if VALUE in lists else LABEL
    return iri(name), kind, told, listed(*(one for one in lists if one != VALUE))


def beside(group: Subfields, stem: str, draft: Draft) -> list[str]:
    """Numbers ($0, $1), list ($2) and part ($3) of a term that is no term of our lists."""
    parts = control_numbers(group, draft, stem)
    for code, value in group:
        if code == "2":
            source = draft.node(stem, ("bf:Source",), (f' {CODE} "{value}" .',))
            parts.append(f" {SOURCE} {source} .")
        elif code == "3":
            part = draft.node(stem, ("bflc:AppliesTo",), (f' {LABEL} "{value}{draft.close}',))
            parts.append(f" {APPLIES} {part} .")
    return parts
