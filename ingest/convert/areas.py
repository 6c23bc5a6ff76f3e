"""Places: that a map is of, as LC classification codes them (052); named from the large to the small (662, 752)."""

import re
from collections.abc import Callable

from pymarc import Field

from ingest.convert.authorities import control_numbers
from ingest.convert.draft import Draft, Subfields, type_line
from ingest.convert.headings import LABEL, normal
from ingest.convert.subjects import component_list, relators
from ingest.convert.values import end_stop
from ingest.convert.vocabulary import call, term
from ontology.rules import Rule
from ontology.terms import PREFIXES, iri

COVERAGE = iri("bf:geographicCoverage")
MAPS = f"{PREFIXES['lca']}classification/G"
_CODE = re.compile(r"^\w[\w.]*$", re.ASCII).match
PARTS = {"a": "Country", "b": "State", "c": "County", "d": "City", "f": "CitySection", "g": "Region"}
PARTS |= {"h": "ExtraterrestrialArea"}
"""What the subfields of a hierarchical place name are, in MADS terms."""


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


@call
def hierarchy(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """662, 752, 751: a place named from the large to the small, each step with its kind. Options: ``property``,
    and ``schemes`` where $2 names a list of id.loc.gov."""
    schemes = str(rule.options.get("schemes", ""))

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        names = [(PARTS[code], end_stop(value.rstrip(" ,;:"))) for code, value in subs if code in PARTS and value]
        if not names:
            return
        label = "--".join([name for _, name in names])
        node = draft.entity("place", normal(label))
        for known in ("bf:Place", "madsrdf:HierarchicalGeographic"):
            draft.add(node + type_line(known))
        draft.add(f'{node} {LABEL} "{label}{draft.close}')
        component_list(node, [_step(kind, name, draft) for kind, name in names], draft)
        for code, value in subs:
            if code == "2":
                draft.add(f"{node} {iri('bf:source')} {_source(value, schemes, node, draft)} .")
        for part in (*control_numbers(subs, draft, node[:-1] + "#"), *relators(subs, draft, node)):
            draft.add(node + part)
        draft.add(f"{draft.W} {iri(rule.options['property'])} {node} .")

    return convert


def _step(kind: str, name: str, draft: Draft) -> str:
    node = draft.entity("component", f"madsrdf:{kind}", normal(name))
    draft.add(node + type_line(f"madsrdf:{kind}"))
    draft.add(f'{node} {LABEL} "{name}{draft.close}')
    return node


def _source(value: str, schemes: str, node: str, draft: Draft) -> str:
    if schemes and _CODE(value):
        return iri(f"{schemes}/{value.lower()}")
    return draft.node(node[:-1] + "#", ("bf:Source",), (f' {iri("bf:code")} "{value}" .',))
