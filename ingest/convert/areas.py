"""Places that a map is of, as LC classification codes them (052)."""

import re
from collections.abc import Callable

from pymarc import Field

from ingest.convert.draft import Draft, Subfields
from ingest.convert.vocabulary import call, term
from ontology.rules import Rule
from ontology.terms import PREFIXES, iri

COVERAGE = iri("bf:geographicCoverage")
MAPS = f"{PREFIXES['lca']}classification/G"
_CODE = re.compile(r"^\w[\w.]*$", re.ASCII).match


@term
def map_class(value: str, draft: Draft) -> str:
    """``8070`` or, with a subarea, ``8070 J3`` → the class below G at id.loc.gov; else the text."""
    code = value.replace(" ", ".")
    return f"<{MAPS}{code}>" if _CODE(code) else f'"{value}"'


@call
def map_area(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """052: area ($a) or each of its subareas ($b); another scheme's code ($2) or a name ($d) as a node."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        said = dict(reversed(subs))
        area, parts = said.get("a", ""), []
        codes = [f"{area} {value}" for code, value in subs if code == "b"] or [area]
        if field.indicator1 == " ":
            for code in filter(None, codes):
                draft.add(f"{draft.W} {COVERAGE} {map_class(code, draft)} .")
        else:
            parts = [f' {iri("rdf:value")} "{code}" .' for code in codes if code]
        parts += [f' {iri("rdfs:label")} "{value}{draft.close}' for code, value in subs if code == "d"]
        if parts and "2" in said:
            source = draft.node(draft.W_, ("bf:Source",), (f' {iri("bf:code")} "{said["2"]}" .',))
            parts.append(f" {iri('bf:source')} {source} .")
        if parts:
            draft.add(f"{draft.W} {COVERAGE} {draft.node(draft.W_, ('bf:GeographicCoverage',), parts)} .")

    return convert
