"""Class numbers that a national library assigns: 050 of the Library of Congress, 060 of that of Medicine."""

from collections.abc import Callable

from pymarc import Field

from ingest.convert.authorities import control_numbers
from ingest.convert.draft import Draft, Subfields
from ingest.convert.text import split
from ingest.convert.vocabulary import call
from ontology.rules import Rule
from ontology.terms import iri

CLASSIFICATION, ASSIGNER, STATUS = iri("bf:classification"), iri("bf:assigner"), iri("bf:status")
PORTIONS = {"a": iri("bf:classificationPortion"), "b": iri("bf:itemPortion")}
USED = {"0": "loc:mstatus/uba", "1": "loc:mstatus/nuba"}


@call
def assigned_class(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """A class number with its item number, for each ``$a``. Who assigned it, and whether they use it themselves
    (first indicator), is said where the second indicator names the library (0), or where it is blank, as before
    1982, in a record that the library made. Options: ``class``; ``agency``, its code in 040; ``assigner``."""
    kind, agency, assigner = (str(rule.options[key]) for key in ("class", "agency", "assigner"))

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        ind2 = field.indicator2
        own = [f" {ASSIGNER} {iri(assigner)} ."] if ind2 == "0" or (ind2 == " " and made_by(agency, draft)) else []
        if own and field.indicator1 in USED:
            own.append(f" {STATUS} {iri(USED[field.indicator1])} .")
        for group in split(subs, "a"):
            parts = [f' {PORTIONS[code]} "{value}" .' for code, value in group if code in PORTIONS]
            if any(code == "a" for code, _ in group):
                parts += [*control_numbers(group, draft, draft.W_), *own]
                draft.add(f"{draft.W} {CLASSIFICATION} {draft.node(draft.W_, (kind,), parts)} .")

    return convert


def made_by(agency: str, draft: Draft) -> bool:
    """Whether 040 ``$a`` says that an agency made the record."""
    source = draft.record.get("040")
    return source is not None and agency in (source.get("a") or "")
