"""Titles: 245 as the title of work and instance, uniform titles as hubs that works express."""

from collections.abc import Callable, Sequence

from pymarc import Field

from ingest.convert.authorities import authority, control_numbers
from ingest.convert.draft import Draft, Subfields
from ingest.convert.headings import (
    CONTRIBUTION,
    LABEL,
    MARC_KEY,
    agent,
    contribution,
    marc_key,
    normal,
    paired,
    roles,
)
from ingest.convert.text import plain
from ingest.convert.values import end_stop, sentence
from ingest.convert.vocabulary import call
from ontology.rules import Rule
from ontology.terms import iri

TITLE, MAIN, SUBTITLE = iri("bf:title"), iri("bf:mainTitle"), iri("bf:subtitle")
PART_NUMBER, PART_NAME, NON_SORT = iri("bf:partNumber"), iri("bf:partName"), iri("bflc:nonSortNum")
RESPONSIBILITY, ORIGIN, VERSION = iri("bf:responsibilityStatement"), iri("bf:originDate"), iri("bf:version")
HUB_PARTS = {
    "r": ("bf:keyMode", "bf:KeyMode"),
    "l": ("bf:language", "bf:Language"),
    "m": ("bf:musicMedium", "bf:MusicMedium"),
    "3": ("bflc:appliesTo", "bflc:AppliesTo"),
}
HUB_LITERALS = {"d": iri("bf:legalDate"), "f": ORIGIN, "s": VERSION}
UNIFORM = "adfghklmnoprst"
TITLE_FIELDS = frozenset(["130", "240", "440", "730", "830"])


def closed(text: str) -> str:
    """A title without the punctuation that announces what follows."""
    return text.rstrip(" /:;,=")


def skipped(ind: str) -> list[str]:
    """The number of characters that sorting passes over, as a line."""
    return [f' {NON_SORT} "{ind}" .'] if ind.isdigit() and ind != "0" else []


@call
def title_statement(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """245: title of the instance in its parts, title of the work as one text, statement of responsibility."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        end = draft.close
        named = "abnp" if any(code == "a" for code, _ in subs) else "abnpk"  # a form ($k) may be all the title
        whole = closed(" ".join([value for code, value in subs if code in named]))
        sorting = skipped(field.indicator2)
        if whole:
            work = [f' {MAIN} "{end_stop(whole)}{end}', *sorting]
            draft.add(f"{draft.W} {TITLE} {draft.node(draft.W_, ('bf:Title',), work)} .")
        parts = _parts(subs, named, end)
        if parts:
            draft.add(f"{draft.I} {TITLE} {draft.node(draft.I_, ('bf:Title',), parts + sorting)} .")
        if whole and draft.tag == "245":
            draft.add(f'{draft.I} {LABEL} "{end_stop(whole)}{end}')
        for code, value in subs:
            if code == "c":
                draft.add(f'{draft.I} {RESPONSIBILITY} "{sentence(closed(value)) or value}{end}')
            elif code == "k" and code not in named:
                form = draft.node(draft.W_, ("bf:GenreForm",), (f' {LABEL} "{end_stop(closed(value))}{end}',))
                draft.add(f"{draft.W} {iri('bf:genreForm')} {form} .")
            elif code in "fg":
                draft.add(f'{draft.W} {ORIGIN} "{end_stop(closed(value))}{end}')
            elif code == "s":
                draft.add(f'{draft.W} {VERSION} "{value}{end}')
            elif code == "h":
                _medium(value, draft)
            elif code in "de" and draft.tag == "245":  # a section in old MARC, who is responsible in KORMARC
                note = draft.node(draft.I_, ("bf:Note",), (f' {LABEL} "{value}{end}',))
                draft.add(f"{draft.I} {iri('bf:note')} {note} .")

    return convert


def _parts(subs: Subfields, named: str, end: str) -> list[str]:
    parts = []
    main = [value for code, value in subs if code in "ak" and code in named]
    if main:
        parts.append(f' {MAIN} "{end_stop(closed(" ".join(main)))}{end}')
    names = {"b": SUBTITLE, "n": PART_NUMBER, "p": PART_NAME}
    parts += [f' {names[code]} "{text}{end}' for code, value in subs if code in names and (text := _part(value))]
    return parts


def _part(value: str) -> str:
    return end_stop(closed(value)).removeprefix("= ")


def _medium(value: str, draft: Draft) -> None:
    text = value.strip(" []/:;,=.")
    node = draft.node(draft.I_, ("bf:Note",), (f' {LABEL} "{text}{draft.close}',), "medium")
    draft.add(f"{draft.R_}description> {iri('bf:note')} {node} .")


def title_node(subs: Subfields, sorting: Sequence[str], stem: str, draft: Draft) -> str:
    """The title node of a uniform title: the whole, and number and name of its parts."""
    end = draft.close
    whole = end_stop(" ".join([value for code, value in subs if code in UNIFORM and value]).rstrip(" ,;:/"))
    parts = [f' {MAIN} "{whole}{end}'] if whole else []
    for code, value in subs:
        if code in "np" and value:
            parts.append(f' {PART_NUMBER if code == "n" else PART_NAME} "{end_stop(value.rstrip(" ,;:/"))}{end}')
    return draft.node(stem, ("bf:Title",), [*parts, *sorting])


def hub(
    draft: Draft,
    field: Field,
    key_tag: str,
    named: Subfields,
    title: Subfields,
    sorting: Sequence[str] = (),
    extra: Sequence[str] = (),
    classes: tuple[str, ...] = ("bf:Hub",),
    role: str = "ctb",
    contribution: Sequence[str] = (),
    acting: Subfields | None = None,
    key: Subfields | None = None,
) -> str:
    """Write the hub that a (name and) uniform title names and give its IRI. ``acting`` says what the name did,
    where that stands apart from it; ``key`` is the heading as MARC writes it, where that is more.

    The identity key is the authority's IRI where there is one, else the normalised name and title.
    """
    known = authority([pair for pair in title if pair[0] in "01"])
    heading = normal(" ".join([value for code, value in named if code not in "e4"]))
    text = normal(" ".join([value for code, value in title if code in UNIFORM]))
    kinds = "+".join(classes)
    node = draft.entity("hub", *((known, kinds) if known else (kinds, heading, text)))
    stem = node[:-1] + "#"
    for kind in ("bf:Arrangement", *classes) if any(code == "o" for code, _ in title) else classes:
        draft.add(f"{node} {iri('rdf:type')} {iri(kind)} .")
    draft.add(f"{node} {TITLE} {title_node(title, sorting, stem, draft)} .")
    draft.add(f'{node} {MARC_KEY} "{marc_key(key_tag, field, key or [*named, *title])}{draft.close}')
    if named and key_tag[1:] in ("00", "10", "11"):
        parts = list(contribution)
        if not parts:
            parts = [f" {iri('bf:agent')} {agent(draft, key_tag, field, named)} ."]
            parts += roles(named if acting is None else acting, "j" if key_tag[1:] == "11" else "e", draft) or [
                f" {iri('bf:role')} <http://id.loc.gov/vocabulary/relators/{role}> ."
            ]
        made_as = ("bf:Contribution", "bf:PrimaryContribution") if contribution else ("bf:Contribution",)
        draft.add(f"{node} {CONTRIBUTION} {draft.node(stem, made_as, parts, 'contribution')} .")
    for part in (*_hub_parts(title, stem, draft), *control_numbers(title, draft, stem), *extra):
        draft.add(node + part)
    return node


def _hub_parts(title: Subfields, stem: str, draft: Draft) -> list[str]:
    parts = []
    for code, value in title:
        text = end_stop(value.rstrip(" ,;:/"))
        if code in HUB_PARTS:
            name, kind = HUB_PARTS[code]
            child = draft.node(stem, (kind,), (f' {LABEL} "{text}{draft.close}',))
            parts.append(f" {iri(name)} {child} .")
        elif code in HUB_LITERALS:
            parts.append(f' {HUB_LITERALS[code]} "{text}{draft.close}')
        elif code == "2":
            child = draft.node(stem, ("bf:Source",), (f' {iri("bf:code")} "{value}" .',))
            parts.append(f" {iri('bf:source')} {child} .")
        elif code == "x":
            child = draft.node(stem, ("bf:Issn",), (f' {iri("rdf:value")} "{text}" .',))
            parts.append(f" {iri('bf:identifiedBy')} {child} .")
    return parts


@call
def main_entry(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """100, 110, 111: the primary contribution; a title in it (``$t``, in records made of authorities) is the hub
    that the work expresses, unless 240 names it."""
    name = contribution(rule)

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        where = next((i for i, (code, _) in enumerate(subs) if code == "t"), None)
        name(field, subs[:where], draft)
        if where is not None and draft.record.get("240") is None:
            named = [pair for pair in subs[:where] if pair[0] not in "e4j60159"]
            node = hub(draft, field, draft.tag, named, subs[where:], contribution=draft.main)
            draft.add(f"{draft.W} {iri('bf:expressionOf')} {node} .")

    return convert


@call
def uniform_title(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """130 and 240: the hub that the work expresses; with the contribution of 1XX for 240."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        ind = field.indicator2 if draft.tag == "240" else field.indicator1
        title = [("t" if code == "a" and draft.tag == "240" else code, value) for code, value in subs]
        named: Subfields = []
        key_tag = draft.tag
        main = _main_entry(draft) if draft.tag == "240" else None
        heading = field
        if main is not None:
            key_tag, heading, named = main
        else:
            title = subs
        node = hub(draft, heading, key_tag, named, title, skipped(ind), contribution=draft.main if main else ())
        titles_in_other_scripts(node, field, draft)
        draft.add(f"{draft.W} {iri('bf:expressionOf')} {node} .")

    return convert


def titles_in_other_scripts(node: str, field: Field, draft: Draft) -> None:
    """The titles that 880s give a hub: of a name with a title what begins at ``$t``."""
    for other, end in paired(draft, field):
        starts = () if draft.tag in TITLE_FIELDS else (i for i, (code, _) in enumerate(other) if code == "t")
        before, draft.close = draft.close, end
        draft.add(f"{node} {TITLE} {title_node(other[next(iter(starts), 0) :], (), node[:-1] + '#', draft)} .")
        draft.close = before


def _main_entry(draft: Draft) -> tuple[str, Field, Subfields] | None:
    from ingest.convert.text import clean

    for tag in ("100", "110", "111"):
        field = draft.record.get(tag)
        if field is not None:
            subs = [(s.code, clean(s.value)) for s in field.subfields if s.code not in "e4j60159"]
            return tag, field, subs
    return None


def bare_title(record_title: str) -> str:
    """A title for keys: normalised, without the parts that say nothing."""
    return normal(plain(record_title))
