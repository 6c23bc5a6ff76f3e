"""Series: as transcribed (490) and as traced (800–830)."""

from collections.abc import Callable

from pymarc import Field

from ingest.convert.draft import Draft, Subfields
from ingest.convert.headings import LABEL, institution, paired
from ingest.convert.text import split
from ingest.convert.titles import MAIN, PART_NAME, PART_NUMBER, TITLE, closed, hub, skipped, titles_in_other_scripts
from ingest.convert.values import end_stop
from ingest.convert.vocabulary import call
from ontology.rules import Rule
from ontology.terms import iri

RELATION, RELATIONSHIP, RESOURCE = iri("bf:relation"), iri("bf:relationship"), iri("bf:associatedResource")
ENUMERATION, IDENTIFIED, STATUS = iri("bf:seriesEnumeration"), iri("bf:identifiedBy"), iri("bf:status")
IN_SERIES = f" {RELATIONSHIP} <http://id.loc.gov/vocabulary/relationship/series> ."
INVALID = {"y": "incorrect", "z": "cancinv"}
TITLES = {"a": MAIN, "n": PART_NUMBER, "p": PART_NAME}


def issns(subs: Subfields, stem: str, draft: Draft) -> list[str]:
    """ISSNs as identifiers: ``$x`` valid, ``$y`` incorrect, ``$z`` cancelled."""
    parts = []
    for code, value in subs:
        if code in "xyz":
            about = [f' {iri("rdf:value")} "{value.strip(" ;,=.")}" .']
            if code in INVALID:
                about.append(f" {STATUS} <http://id.loc.gov/vocabulary/mstatus/{INVALID[code]}> .")
            parts.append(f" {IDENTIFIED} {draft.node(stem, ('bf:Issn',), about)} .")
    return parts


@call
def series_statement(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """490 (440): each series as transcribed, with its numbering and ISSN."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        statuses = ("t", "tr") if field.indicator1 == "1" else ("t",)
        for group in split(subs, "a", "3"):
            parts = [IN_SERIES, *_numbering(group, draft)]
            about = [*issns(group, draft.W_, draft)]
            about += [f" {STATUS} <http://id.loc.gov/vocabulary/mstatus/{status}> ." for status in statuses]
            title = [(TITLES[code], end_stop(closed(value))) for code, value in group if code in TITLES]
            lines = [f' {name} "{text}{draft.close}' for name, text in title if text]
            if lines:
                about.append(f" {TITLE} {draft.node(draft.W_, ('bf:Title',), lines)} .")
            node = draft.node(draft.W_, ("bf:Series",), about)
            parts.append(f" {RESOURCE} {node} .")
            draft.add(f"{draft.W} {RELATION} {draft.node(draft.W_, ('bf:Relation',), parts)} .")

    return convert


def _numbering(subs: Subfields, draft: Draft) -> list[str]:
    parts = []
    for code, value in subs:
        if code == "v":
            parts.append(f' {ENUMERATION} "{end_stop(closed(value))}{draft.close}')
        elif code == "l":
            kind = draft.node(
                draft.W_,
                ("bf:ClassificationLcc",),
                (
                    f' {iri("bf:classificationPortion")} "{value.strip("() ")}" .',
                    f" {iri('bf:assigner')} <http://id.loc.gov/vocabulary/organizations/dlc> .",
                ),
            )
            parts.append(f" {iri('bf:classification')} {kind} .")
        elif code == "3":
            child = draft.node(draft.W_, ("bflc:AppliesTo",), (f' {LABEL} "{value}{draft.close}',))
            parts.append(f" {iri('bflc:appliesTo')} {child} .")
        elif code == "5":
            parts.append(f" {iri('bflc:applicableInstitution')} {institution(value, draft)} .")
    return parts


@call
def traced_series(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """800, 810, 811, 830 (400, 410, 411): the series as an entity that records share. What follows ``$t`` is its
    title; a name without ``$t`` is a series without a title of its own."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        tag = draft.tag
        parts = [IN_SERIES, *_numbering([pair for pair in subs if pair[0] != "l"], draft)]  # here a language
        own = [pair for pair in subs if pair[0] not in "v3567"]
        where = next((i for i, (code, _) in enumerate(own) if code == "t"), len(own))
        named, title = ([], own) if tag in ("440", "830") else (own[:where], own[where:])
        sorting = skipped(field.indicator2) if tag in ("440", "830") else []
        extra = issns([pair for pair in own if pair[0] in "yz"], draft.W_, draft)
        node = hub(draft, field, tag, named, title, sorting, extra, ("bf:Hub", "bf:Series"))
        titles_in_other_scripts(node, field, draft)
        for other, end in paired(draft, field):
            values = [end_stop(closed(value)) for code, value in other if code == "v"]
            parts += [f' {ENUMERATION} "{text}{end}' for text in values]
            before, draft.close = draft.close, end
            parts += _numbering([pair for pair in other if pair[0] == "3"], draft)
            draft.close = before
        parts.append(f" {RESOURCE} {node} .")
        draft.add(f"{draft.W} {RELATION} {draft.node(draft.W_, ('bf:Relation',), parts)} .")

    return convert
