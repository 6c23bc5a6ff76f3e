"""System numbers, languages, physical description, content, media and carrier types, electronic locations."""

import re
from collections.abc import Callable, Sequence

from pymarc import Field

from ingest.convert.authorities import identified_term
from ingest.convert.characteristics import beside
from ingest.convert.draft import Draft, Subfields, type_line
from ingest.convert.headings import LABEL, institution
from ingest.convert.scripts import TERMINOLOGICAL, THREE_LETTERS, TWO_LETTERS
from ingest.convert.text import plain, split
from ingest.convert.values import end_stop, sentence, url, valid_iri
from ingest.convert.vocabulary import call
from ontology.codes import table
from ontology.rules import Rule
from ontology.terms import iri

IDENTIFIED, VALUE, STATUS = iri("bf:identifiedBy"), iri("rdf:value"), iri("bf:status")
NOTE, EXTENT, LANGUAGE = iri("bf:note"), iri("bf:extent"), iri("bf:language")
APPLIES = iri("bflc:appliesTo")
CANCELLED = f" {STATUS} <http://id.loc.gov/vocabulary/mstatus/cancinv> ."
_NUMBER = re.compile(r"^\(([^)]*)\)\s*(.*)$")
_OF_OCLC = re.compile(r"^\w+\(OCoLC\)\s*(\S+)$").match
"""A number with a mark of the library before the agency (``RB(OCoLC)10675366``)."""
COMPONENTS = {"b": "sum", "d": "stx", "e": "lib", "f": "toc", "g": "amt", "t": "tav"}
NOTED = {"h": "otx", "i": "int", "j": "sub", "k": "itr", "m": "amt", "n": "olb", "p": "cap", "q": "aud", "r": "vis"}
THREE = "3"
LOCATED = "abcdfhlmnopqrstvxyz23"
WORDED = "xyz3"
"""Words about a link (856); the others are names of files, hosts and settings, whose marks are their own."""
ACCESS = {"0": "open access", "1": "restricted access", "u": "access unspecified", "z": "other access"}
"""What 856 $7 codes."""
_OF_639 = re.compile("[a-z]{3}").fullmatch
_CONTENTS = re.compile(r"\b(table of contents|daftar isi)\b", re.I).search
"""How a link to a table of contents is labelled, in English and Indonesian."""


@call
def system_number(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """035: OCLC numbers and others, with who assigned them."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        for code, value in subs:
            if code not in "az":
                continue
            if code == "a" and (marked := _OF_OCLC(value)):
                draft.add(f"{draft.I} {IDENTIFIED} {_oclc(marked[1], draft)} .")
            match = _NUMBER.match(value)
            who, number = (match[1].strip(), match[2]) if match else ("", value)
            parts = [f' {VALUE} "{number}" .']
            of_oclc = who.partition("-")[0] == "OCoLC"  # OCoLC-M, OCoLC-I: loaded by way of a local system
            if who and not of_oclc:
                parts.append(f" {iri('bf:assigner')} {institution(who, draft, told=False)} .")
            if code == "z":
                parts.append(CANCELLED)
            kind = "bf:OclcNumber" if of_oclc else "bf:Local"
            draft.add(f"{draft.I} {IDENTIFIED} {draft.node(draft.I_, (kind,), parts)} .")

    return convert


def _oclc(number: str, draft: Draft) -> str:
    return draft.node(draft.I_, ("bf:OclcNumber",), (f' {VALUE} "{number}" .',))


@call
def languages(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """041: languages of the text, of its accompanying parts, and of what it was translated from; 377: the language
    (option ``of``: the subfields with codes, where not all letters have them)."""
    wanted = str(rule.options.get("of", "abcdefghijklmnopqrstuvwxyz"))
    listed = rule.tags[0] == "041"  # where the Library of Congress has IRIs for codes that its own list lacks

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        source = next((value for code, value in subs if code == "2"), "")
        for code, value in subs:
            known = _marc_code(value) if "639-" in source else ""
            if listed and code in wanted and source == "iso639-3" and not known and _OF_639(value.strip(" .")):
                _language(code, value.strip(" ."), "", draft, "loc:iso639-3/")
            elif code in wanted and (known or source):
                _language(code, known or value, "" if known else source, draft)
            elif code in wanted:
                for one in _codes(value):
                    _language(code, one, "", draft)

    return convert


def _marc_code(value: str) -> str:
    """The code of MARC's list for one of ISO 639 (``id``, ``ind``, ``deu``), "" where it has none."""
    code = value.strip(" .").lower()
    found = TERMINOLOGICAL.get(code, code) if len(code) == 3 else THREE_LETTERS.get(code, "")
    return found if found in table("languages") else ""


def _codes(value: str) -> list[str]:
    text = value.strip(" .").lower()
    if len(text) > 3 and len(text) % 3 == 0 and text.isalpha():
        return [text[i : i + 3] for i in range(0, len(text), 3)]
    return [text]


def _language(code: str, value: str, source: str, draft: Draft, scheme: str = "loc:languages/") -> None:
    if source or not (len(value) == 3 and value.isascii() and value.isalpha()):
        parts = [f' {VALUE} "{value}" .']
        if source:
            node = draft.node(draft.W_, ("bf:Source",), (f' {iri("bf:code")} "{source}" .',))
            parts.append(f" {iri('bf:source')} {node} .")
        draft.add(f"{draft.W} {LANGUAGE} {draft.node(draft.W_, ('bf:Language',), parts)} .")
        return
    term = iri(scheme + value)
    if code == "a":
        draft.add(f"{draft.W} {LANGUAGE} {term} .")
    elif code in COMPONENTS:
        classes = (f"loc:resourceComponents/{COMPONENTS[code]}", "bf:Work")
        node = draft.node(draft.W_, classes, (f" {LANGUAGE} {term} .",))
        draft.add(f"{draft.W} {iri('bf:accompaniedBy')} {node} .")
    elif code in NOTED:
        classes = (f"loc:resourceComponents/{NOTED[code]}", "bf:Note")
        node = draft.node(draft.W_, classes, (f" {LANGUAGE} {term} .",))
        draft.add(f"{draft.W} {NOTE} {node} .")


@call
def extent(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """300: extent, other physical details, dimensions, accompanying material."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        for group in split(_bracketed(subs), "a", "3"):
            own = " ".join([_closed(value) if code == "a" else value for code, value in group if code in "afg"])
            parts = [f' {LABEL} "{_closed(own)}{draft.close}'] if _closed(own) else []
            scope = _scope(group, draft)
            for code, value in group:
                if code == "b" and _closed(value):
                    label = f' {LABEL} "{_closed(value)}{draft.close}'
                    note = draft.node(draft.I_, ("loc:mnotetype/physical", "bf:Note"), (label,))
                    parts.append(f" {NOTE} {note} .")
                else:
                    _beside(code, value, scope, draft)
            parts += scope
            if parts:
                draft.add(f"{draft.I} {EXTENT} {draft.node(draft.I_, ('bf:Extent',), parts)} .")

    return convert


def _bracketed(subs: Subfields) -> Subfields:
    """A second extent in brackets is of the one before: ``$a5$fitems$a(0.5 linear ft.)``."""
    return [
        ("f" if code == "a" and value.startswith("(") and place else code, value)
        for place, (code, value) in enumerate(subs)
    ]


def _scope(group: Subfields, draft: Draft) -> list[str]:
    """The part that a description is of ($3)."""
    said = [f' {LABEL} "{value}{draft.close}' for code, value in group if code == "3"]
    return [f" {APPLIES} {draft.node(draft.I_, ('bflc:AppliesTo',), (label,))} ." for label in said]


def _beside(code: str, value: str, scope: Sequence[str], draft: Draft) -> None:
    if code == "c" and _closed(value):
        draft.add(f'{draft.I} {iri("bf:dimensions")} "{_closed(value).rstrip(" .") or value}{draft.close}')
    elif code == "e" and _closed(value):
        label = f' {LABEL} "{_closed(value)}{draft.close}'
        node = draft.node(draft.I_, ("loc:mnotetype/accmat", "bf:Note"), (label, *scope))
        draft.add(f"{draft.I} {NOTE} {node} .")


def _closed(value: str) -> str:
    return value.strip(" /:;,=+")


@call
def rda_type(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """336-338: the code's IRI, or a term's by its label. A term in another language beside its code is the code's
    label in the language of cataloguing (040 $b); other terms are a node with the label."""
    name, scheme, kind = rule.options["property"], rule.options["scheme"], rule.options["class"]
    terms = table(scheme)
    by_label = {known.label: code for code, known in terms.items()}
    work = rule.level == "work"

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        subject, stem = (draft.W, draft.W_) if work else (draft.I, draft.I_)
        given = dict(subs)
        language = _cataloguing_language(draft)
        coded = [value.strip(" .") for code, value in subs if code == "b"]
        found = [code for code in coded if code in terms]
        for code, value in subs:
            if code == "b" and value.strip(" .") and value.strip(" .") not in terms:
                parts = [f' {iri("bf:code")} "{value}" .', *beside(subs, stem, draft)]
                draft.add(f"{subject} {iri(name)} {draft.node(stem, (kind,), parts)} .")
            elif code == "a" and value.casefold() in by_label and by_label[value.casefold()] not in found:
                found.append(by_label[value.casefold()])
            elif code == "a" and value.casefold() not in by_label and language and len(found) == 1:
                draft.add(f'{terms[found[0]].object} {LABEL} "{value}"@{language} .')
            elif code == "a" and value.casefold() not in by_label and (own := identified_term(subs)):
                draft.lines += [f"{subject} {iri(name)} <{own}> .", f"<{own}>{type_line(kind)}"]
                draft.add(f'<{own}> {LABEL} "{value}{draft.close}')
            elif code == "a" and value.casefold() not in by_label:
                node = draft.node(stem, (kind,), (f' {LABEL} "{value}{draft.close}', *beside(subs, stem, draft)))
                draft.add(f"{subject} {iri(name)} {node} .")
        for code in found:
            draft.add(f"{subject} {iri(name)} {terms[code].object} .")
            draft.lines += terms[code].lines
        if "3" in given and found:
            part = draft.node(stem, ("bflc:AppliesTo",), (f' {LABEL} "{given[THREE]}{draft.close}',))
            use = draft.node(stem, (kind,), (f' {LABEL} "{terms[found[0]].label}" .', f" {APPLIES} {part} ."))
            draft.add(f"{subject} {iri(name)} {use} .")

    return convert


def _cataloguing_language(draft: Draft) -> str:
    """The language of cataloguing (040 $b) in two letters, where that is not English; else ""."""
    source = draft.record.get("040")
    code = (source.get("b") or "").strip(" .").lower() if source is not None else ""
    return TWO_LETTERS.get(code, "") if code != "eng" else ""


@call
def designation(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """362: first and last issue where the field is formatted and names one run, else a note."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        for code, value in subs:
            if code not in "az":
                continue
            formatted = code == "a" and field.indicator1 == "0" and ";" not in value and value.count("=") < 2
            for statement in value.split("=") if formatted else [value]:
                run = _run(statement.strip()) if formatted else None
                for name, part in zip(("bf:firstIssue", "bf:lastIssue"), run or (), strict=False):
                    if part:
                        draft.add(f'{draft.I} {iri(name)} "{part}{draft.close}')
                if run is None and statement.strip():
                    said = f' {LABEL} "{statement.strip()}{draft.close}'
                    node = draft.node(draft.I_, ("loc:mnotetype/number", "bf:Note"), (said,))
                    draft.add(f"{draft.I} {NOTE} {node} .")

    return convert


def _run(statement: str) -> tuple[str, str] | None:
    """First and last issue of a run: ``Vol. 1 (Jan.-Feb. 2001)-vol. 9 (2009)``; None where that cannot be told, as
    of several hyphens or none."""
    first, closing, last = statement.partition(")-")
    if not closing:
        first, closing, last = statement.partition("-")
        if not closing or "-" in last:
            return None
    return f"{first}{closing[:-1]}".strip(" .;"), last.strip(" .;")


@call
def electronic_location(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """856: links to the resource, or to something about it; what cannot be a link stays text."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        related = field.indicator2 == "2"
        kept = [value for code, value in subs if code == "g" and value]
        lasting = [value for value in kept if valid_iri(plain(value))]  # persistent identifiers, since 2022
        links = [url(value, draft) for value in (*(v for c, v in subs if c == "u"), *lasting)]
        wanted = LOCATED if field.indicator1 == "7" else LOCATED.replace("2", "")  # $2 says how 7 is reached
        said = [_words(value) if code in WORDED else value for code, value in subs if code in wanted]
        said += [value for value in kept if value not in lasting]
        notes = [f" {NOTE} {_note(value, draft)} ." for value in said]
        locator = iri("bf:electronicLocator")
        if any(code in "a3yz" and _CONTENTS(value) for code, value in subs):
            for link in links:
                draft.add(f"{draft.W} {iri('bf:tableOfContents')} {link} .")
            for value in said:
                if not (links and _CONTENTS(value)):  # the property says it
                    draft.add(f"{draft.I} {NOTE} {_note(value, draft)} .")
            return
        if related:
            parts = [f" {locator} {link} ." for link in links] + notes
            node = draft.node(draft.I_, ("bf:SupplementaryContent",), parts)
            draft.add(f"{draft.I} {iri('bf:supplementaryContent')} {node} .")
            return
        for code, value in subs:
            if code == "7":
                policy = draft.node(draft.I_, ("bf:AccessPolicy",), (f' {LABEL} "{ACCESS.get(value, value)}" .',))
                draft.add(f"{draft.I} {iri('bf:usageAndAccessPolicy')} {policy} .")
        if links:
            draft.add(draft.I + type_line("bf:Electronic"))
        for link in links:
            draft.add(f"{draft.I} {locator} {link} .")
        for note in notes:
            draft.add(draft.I + note)

    return convert


def _words(value: str) -> str:
    """What is said of a link without the mark before it: ``Online version:``; marks alone stay."""
    return sentence(_closed(value)) or value


def _note(value: str, draft: Draft) -> str:
    return draft.node(draft.I_, ("bf:Note",), (f' {LABEL} "{value}{draft.close}',))


@call
def uncontrolled_name(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """720: a name nobody established, as an agent of this record only."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        from ingest.convert.headings import AGENT, CONTRIBUTION, ROLE, roles

        name = end_stop(" ".join([value for code, value in subs if code == "a"]).rstrip(" ,"))
        person = ("bf:Person",) if field.indicator1 == "1" else ()
        classes = ("bf:Agent", *person, "bflc:Uncontrolled")
        who = draft.node(draft.W_, classes, [f' {LABEL} "{name}{draft.close}'] if name else [])
        parts = [f" {AGENT} {who} ."]
        parts += roles(subs, "e", draft) or [f" {ROLE} <http://id.loc.gov/vocabulary/relators/ctb> ."]
        draft.add(f"{draft.W} {CONTRIBUTION} {draft.node(draft.W_, ('bf:Contribution',), parts)} .")

    return convert
