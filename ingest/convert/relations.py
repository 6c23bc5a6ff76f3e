"""Related and analysed works of 7XX: names with titles, titles, uncontrolled titles."""

from collections.abc import Callable

from pymarc import Field

from ingest.convert.draft import Draft, Subfields
from ingest.convert.headings import LABEL, contribution, institution, paired
from ingest.convert.series import RELATION, RELATIONSHIP, RESOURCE
from ingest.convert.text import plain
from ingest.convert.titles import MAIN, PART_NAME, PART_NUMBER, TITLE, closed, hub, skipped, titles_in_other_scripts
from ingest.convert.values import end_stop, relation, valid_iri
from ingest.convert.vocabulary import call
from ontology.rules import Rule
from ontology.terms import iri

KINDS = {
    "2": "http://id.loc.gov/vocabulary/relationship/part",
    "4": "http://id.loc.gov/ontologies/bflc/hasVariantEntry",
}
RELATED = "http://id.loc.gov/vocabulary/relationship/relatedwork"


def relationship(field: Field, subs: Subfields, draft: Draft) -> list[str]:
    """How works are related: by the second indicator and as ``$i`` says; which part ($3) and who says so ($5)."""
    parts = [f" {RELATIONSHIP} <{KINDS.get(field.indicator2, RELATED)}> .", *_said_of(subs, draft)]
    for other, end in paired(draft, field):
        before, draft.close = draft.close, end
        parts += _said_of([pair for pair in other if pair[0] in "i3"], draft)
        draft.close = before
    return parts


def _of_works(code: str, value: str) -> bool:
    """Whether a ``$4`` is the IRI of a relationship of works (RDA), not what somebody did."""
    return code == "4" and value.startswith("http") and "/relators/" not in value


def _said_of(subs: Subfields, draft: Draft) -> list[str]:
    parts = []
    for code, value in subs:
        if code == "i" and (text := relation(value)):
            node = draft.node(draft.W_, ("bf:Relationship",), (f' {LABEL} "{text}{draft.close}',))
            parts.append(f" {RELATIONSHIP} {node} .")
        elif _of_works(code, value) and valid_iri(plain(value)):
            parts.append(f" {RELATIONSHIP} <{plain(value)}> .")
        elif code == "3":
            node = draft.node(draft.W_, ("bflc:AppliesTo",), (f' {LABEL} "{value}{draft.close}',))
            parts.append(f" {iri('bflc:appliesTo')} {node} .")
        elif code == "5":
            parts.append(f" {iri('bflc:applicableInstitution')} {institution(value, draft)} .")
    return parts


@call
def added_entry(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """700, 710, 711: a contribution; with ``$t`` a related or contained work. 730: the latter always."""
    plain_name = contribution(rule) if rule.tags[0] != "730" else None

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        where = next((i for i, (code, _) in enumerate(subs) if code == "t"), None)
        if plain_name is not None and where is None:
            plain_name(field, subs, draft)
            return
        own = [pair for pair in subs if pair[0] not in "i3567" and not _of_works(*pair)]
        where = next((i for i, (code, _) in enumerate(own) if code == "t"), 0)
        named, title = (own[:where], own[where:]) if plain_name else ([], own)
        sorting = skipped(field.indicator1) if plain_name is None else []
        acting = [*named, *(pair for pair in title if pair[0] == "4")]
        node = hub(draft, field, draft.tag, named, title, sorting, acting=acting)
        titles_in_other_scripts(node, field, draft)
        parts = [*relationship(field, subs, draft), f" {RESOURCE} {node} ."]
        draft.add(f"{draft.W} {RELATION} {draft.node(draft.W_, ('bf:Relation',), parts)} .")

    return convert


@call
def uncontrolled_title(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """740: the title of a related or contained work that nobody established."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        ind1 = field.indicator1
        title = [f' {MAIN} "{end_stop(closed(value))}{draft.close}' for code, value in subs if code in "ah"]
        if ind1.isdigit():
            title.append(f' {iri("bflc:nonSortNum")} "{ind1}" .')
        about = [f" {TITLE} {draft.node(draft.W_, ('bf:Title',), title)} ."]
        names = {"n": PART_NUMBER, "p": PART_NAME}
        about += [f' {names[c]} "{end_stop(closed(v))}{draft.close}' for c, v in subs if c in names]
        node = draft.node(draft.W_, ("bf:Work", "bflc:Uncontrolled"), about)
        parts = [*relationship(field, subs, draft), f" {RESOURCE} {node} ."]
        draft.add(f"{draft.W} {RELATION} {draft.node(draft.W_, ('bf:Relation',), parts)} .")

    return convert
