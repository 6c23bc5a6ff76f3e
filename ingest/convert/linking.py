"""Linking entries 760–787: the work and the instance that a record points to, told by what the field says."""

import re
from collections.abc import Callable

from pymarc import Field

from ingest.convert.draft import Draft, Subfields
from ingest.convert.headings import LABEL, institution, paired
from ingest.convert.series import RELATION, RELATIONSHIP, RESOURCE
from ingest.convert.text import clean
from ingest.convert.titles import MAIN, TITLE, closed
from ingest.convert.values import edition, end_stop, relation, vocabulary
from ingest.convert.vocabulary import call
from ontology.rules import Rule
from ontology.terms import iri

IDENTIFIED, VALUE, NOTE = iri("bf:identifiedBy"), iri("rdf:value"), iri("bf:note")
NUMBERS = {"z": "bf:Isbn", "y": "bf:Coden", "o": "bf:Local", "r": "bf:ReportNumber", "u": "bf:Strn"}
STATEMENTS = {
    "b": "bf:editionStatement",
    "d": "bf:provisionActivityStatement",
    "k": "bf:seriesStatement",
    "g": "bf:part",
}
SAME_WORK = ("775", "776")
"""Other editions and forms: where such a field gives no title, it is the record's own."""
_CONTROL = re.compile(r"^\(([^)]+)\)\s*(.*)$")
_language = vocabulary("loc:languages")
_country = vocabulary("loc:countries")


@call
def linking_entry(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """A relation to another work. Options: ``relationship`` by second indicator, ``else`` for the others."""
    kinds = {str(key): value for key, value in rule.options.items()}

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        kind = kinds.get(field.indicator2, kinds["else"])
        parts = [f" {RELATIONSHIP} <http://id.loc.gov/vocabulary/relationship/{kind}> ."]
        parts += [f" {RELATIONSHIP} {node} ." for node in _relations(subs, draft.close, draft)]
        work, instance = _work(subs, draft), _instance(subs, draft)
        for other, end in paired(draft, field):
            parts += [f" {RELATIONSHIP} {node} ." for node in _relations(other, end, draft)]
            before, draft.close = draft.close, end
            said = _without_name(subs, other, draft)
            work += [part for part in _work(said, draft) if part not in work]
            instance += [part for part in _instance(other, draft) if part not in instance]
            draft.close = before
        if draft.tag in SAME_WORK and not any(code in "ts" for code, _ in subs):
            same = [f" {TITLE} {node} ." for node in _own_title(draft)]
            work, instance = work + same, instance + same
        if instance:
            node = draft.node(draft.W_, ("bf:Instance",), instance, "linked-instance")
            work.append(f" {iri('bf:hasInstance')} {node} .")
        node = draft.node(draft.W_, ("bf:Work",), work, "linked-work")
        parts.append(f" {RESOURCE} {node} .")
        draft.add(f"{draft.W} {RELATION} {draft.node(draft.W_, ('bf:Relation',), parts)} .")

    return convert


def _relations(subs: Subfields, end: str, draft: Draft) -> list[str]:
    """How the works are related in the record's own words ($i)."""
    said = [f' {LABEL} "{relation(value)}{end}' for code, value in subs if code == "i"]
    return [draft.node(draft.W_, ("bf:Relationship",), (label,)) for label in said]


def _work(subs: Subfields, draft: Draft) -> list[str]:
    parts = []
    for code, value in subs:
        if code in "tsp" and closed(value):
            parts.append(f" {TITLE} {_title(code, value, subs, draft)} .")
        elif code == "a":
            parts.append(f" {iri('bf:contribution')} {_contribution(value, draft)} .")
        elif code == "x":
            node = draft.node(draft.W_, ("bf:Issn",), (f' {VALUE} "{end_stop(closed(value))}" .',))
            parts.append(f" {IDENTIFIED} {node} .")
        elif code == "e":
            parts.append(f" {iri('bf:language')} {_language(value, draft)} .")
        elif code == "v":
            parts.append(f" {NOTE} {_labelled('bf:Note', value, draft)} .")
        elif code == "3":
            parts.append(f" {iri('bflc:appliesTo')} {_labelled('bflc:AppliesTo', value, draft)} .")
    return parts


def _title(code: str, value: str, subs: Subfields, draft: Draft) -> str:
    about = [f' {MAIN} "{end_stop(closed(value))}{draft.close}']
    if code == "t":
        about += [f' {iri("bf:qualifier")} "{text.strip("() ")}{draft.close}' for c, text in subs if c == "c"]
    return draft.node(draft.W_, ("bf:AbbreviatedTitle" if code == "p" else "bf:Title",), about)


def _own_title(draft: Draft) -> list[str]:
    field = draft.record.get("245")
    values = [clean(part.value) for part in field.subfields if part.code in "ab"] if field is not None else []
    text = end_stop(closed(" ".join(values)))
    return [draft.node(draft.W_, ("bf:Title",), (f' {MAIN} "{text}" .',))] if text else []


def _contribution(value: str, draft: Draft) -> str:
    who = _labelled("bf:Agent", end_stop(closed(value)), draft)
    return draft.node(draft.W_, ("bf:Contribution", "bf:PrimaryContribution"), (f" {iri('bf:agent')} {who} .",))


def _without_name(subs: Subfields, other: Subfields, draft: Draft) -> Subfields:
    """What an 880 adds beside the name of the agent, which becomes one more label of the agent of the field."""
    known = next((end_stop(closed(value)) for code, value in subs if code == "a"), "")
    if not known:
        return other
    end, draft.close = draft.close, '" .'
    who = _labelled("bf:Agent", known, draft)
    draft.close = end
    for name in (value for code, value in other if code == "a"):
        draft.add(f'{who} {LABEL} "{end_stop(closed(name))}{end}')
    return [pair for pair in other if pair[0] != "a"]


def _labelled(kind: str, value: str, draft: Draft) -> str:
    return draft.node(draft.W_, (kind,), (f' {LABEL} "{value}{draft.close}',))


def _instance(subs: Subfields, draft: Draft) -> list[str]:
    parts = []
    for code, value in subs:
        if code in NUMBERS:
            node = draft.node(draft.W_, (NUMBERS[code],), (f' {VALUE} "{end_stop(closed(value))}" .',))
            parts.append(f" {IDENTIFIED} {node} .")
        elif code == "w":
            parts.append(f" {IDENTIFIED} {control_number(value, draft)} .")
        elif code == "t" and closed(value):
            parts.append(f" {TITLE} {_title(code, value, subs, draft)} .")
        elif code in STATEMENTS:
            text = value if code == "g" else edition(value) if code == "b" else end_stop(closed(value))
            parts.append(f' {iri(STATEMENTS[code])} "{text}{draft.close}')
        elif code == "h":
            parts.append(f" {iri('bf:extent')} {_labelled('bf:Extent', end_stop(closed(value)), draft)} .")
        elif code in "jmnq" or (code == "c" and not any(c == "t" for c, _ in subs)):
            parts.append(f" {NOTE} {_labelled('bf:Note', value, draft)} .")
        elif code == "f":
            place = f" {iri('bf:place')} {_country(value, draft)} ."
            node = draft.node(draft.W_, ("bf:ProvisionActivity",), (place,))
            parts.append(f" {iri('bf:provisionActivity')} {node} .")
        elif code == "3":
            parts.append(f" {iri('bflc:appliesTo')} {_labelled('bflc:AppliesTo', value, draft)} .")
    return parts


def control_number(value: str, draft: Draft) -> str:
    """``$w``: another record's number; LCCN where it is DLC's, else with its assigner."""
    match = _CONTROL.match(value)
    assigner, number = (match[1], match[2]) if match else ("", value)
    kind = "bf:Lccn" if assigner == "DLC" else "bf:Identifier"
    parts = [f' {VALUE} "{number}" .']
    if assigner == "DLC":
        parts.append(f" {iri('bf:assigner')} {institution(assigner, draft)} .")
    elif assigner:
        node = draft.node(draft.W_, ("bf:Agent",), (f' {iri("bf:code")} "{assigner}" .',))
        parts.append(f" {iri('bf:assigner')} {node} .")
    return draft.node(draft.W_, (kind,), parts)
