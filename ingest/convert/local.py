"""What no rule speaks of: kept as text beside the description, so that nothing a record says is lost."""

from pymarc import Field

from ingest.convert.draft import Draft, Subfields
from ingest.convert.text import clean
from ontology.terms import TYPE, iri

FIELD, TAG, OF = iri("jp:LocalField"), iri("jp:tag"), iri("jp:fieldOf")
SUBFIELD = iri("jp:text")


def keep_field(draft: Draft, field: Field) -> None:
    """Keep a whole field."""
    keep(draft, field, field.tag, [(code, clean(value)) for code, value in field.subfields if value])


def keep(draft: Draft, field: Field, tag: str, subs: Subfields) -> None:
    """Write subfields as a local field of the record: it points to the instance, not the instance to it,
    because it says something of the record rather than of the resource."""
    parts = [f' {SUBFIELD} "{value}" .' for _, value in subs if value]
    if not parts:
        return
    codes = "".join([code for code, _ in subs])
    parts += [f' {TAG} "{tag}${codes}" .', f" {OF} {draft.I} ."]
    node = draft.node(draft.I_, ("jp:LocalField",), parts, "field")
    draft.add(f"{node}{TYPE}{FIELD} .")
