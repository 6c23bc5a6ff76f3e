"""Who vouches for a record (042) and who licenses it (038): statements of its administrative metadata."""

import re
from collections.abc import Callable

from pymarc import Field

from ingest.convert.draft import Draft, Subfields
from ingest.convert.vocabulary import call
from ontology.codes import table
from ontology.rules import Rule
from ontology.terms import PREFIXES, iri

AUTHENTICATION = iri("bf:descriptionAuthentication")
LICENSOR = iri("bflc:metadataLicensor")
_CODE = re.compile(r"^[a-z0-9]+$").match


@call
def authentication(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """042: codes of the list marcauthen; what is no code becomes a node with the text."""
    known = table("marcauthen")

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        for code, value in subs:
            if code != "a":
                continue
            name = value.lower().rstrip(" .")
            term = known.get(name)
            if _CODE(name):
                thing = term.object if term is not None else f"<{PREFIXES['loc']}marcauthen/{name}>"
            else:
                said = f' {iri("rdfs:label")} "{value}" .'
                thing = draft.node(draft.I_, ("bf:DescriptionAuthentication",), (said,))
            draft.admin.append(f" {AUTHENTICATION} {thing} .")

    return convert


@call
def licensor(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """038: who licenses the record's content."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        for code, value in subs:
            if code == "a":
                said = f' {iri("rdfs:label")} "{value}" .'
                node = draft.node(draft.I_, ("bflc:MetadataLicensor",), (said,))
                draft.admin.append(f" {LICENSOR} {node} .")

    return convert
