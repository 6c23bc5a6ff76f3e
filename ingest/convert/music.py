"""Music: medium of performance in words (382) and in codes (048), form of composition (047)."""

import re
from collections.abc import Callable

from pymarc import Field

from ingest.convert.authorities import control_numbers, identified_term
from ingest.convert.draft import Draft, Subfields, type_line
from ingest.convert.text import split
from ingest.convert.vocabulary import call
from ontology.codes import listed, table
from ontology.rules import Rule
from ontology.terms import PREFIXES, iri

LABEL, CODE, COUNT, SOURCE = iri("rdfs:label"), iri("bf:code"), iri("bf:count"), iri("bf:source")
COMPONENT, MEDIUM, NOTE = iri("bf:mediumComponent"), iri("bf:mediumOfPerformance"), iri("bf:note")
ENSEMBLE, GENRE, APPLIES = iri("bf:ensemble"), iri("bf:genreForm"), iri("bflc:appliesTo")
SIZE = iri("bf:ensembleSize")
QUALIFIER, STATUS = iri("bf:mediumComponentQualifier"), iri("bf:status")
SOLO, PART = iri("loc:medcompqual/solo"), iri("loc:mstatus/part")
SOLOIST = iri("loc:medcompqual/sol")
"""How 048 says it."""
NOTES = {"d": "loc:mnotetype/doubling", "p": "loc:mnotetype/alternative", "v": ""}
TOTALS = {"r": "soloists", "s": "performers", "t": "ensembles"}
WITHIN = ("o", "y", "z")
"""Second letters of 048 that say more than the family: another of it, an ethnic one (a gamelan is ``oy``)."""
GROUPS = ("c", "o")
"""How codes of choruses, orchestras and other ensembles begin (048)."""
MANY = 10
_PERFORMER = re.compile(r"^([a-z]{2})(\d\d)?$")


@call
def medium_of_performance(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """382: an ensemble with a component for every $a, $b, $d and $p, its number ($n, $e) and notes ($v)."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        sources = _sources(subs, draft)
        inner = [pair for pair in subs if pair[0] in "abdpnev"]
        numbers = [value for code, value in subs if code == "0"]
        groups = split(inner, "abdp")
        # Some records give each number after its term, others all at the end: as many as terms, or none is sure.
        known = numbers if len(numbers) == len(groups) else [""] * len(groups)
        parts = [
            f" {COMPONENT} {_component(group, sources, number, draft)} ."
            for group, number in zip(groups, known, strict=True)
        ]
        for code, value in subs:
            if code in TOTALS:
                parts.append(f" {NOTE} {_note('', f'{TOTALS[code]}: {value}', draft)} .")
            elif code == "3":
                node = draft.node(draft.W_, ("bflc:AppliesTo",), (f' {LABEL} "{value}{draft.close}',))
                parts.append(f" {APPLIES} {node} .")
        parts += _size(_performers(subs), draft)
        if field.indicator1 == "1":
            parts.append(f" {STATUS} {PART} .")
        if parts:
            draft.add(f"{draft.W} {ENSEMBLE} {draft.node(draft.W_, ('bf:Ensemble',), parts)} .")

    return convert


def _performers(subs: Subfields) -> int | None:
    """How many play or sing by 382: the total ($s); ensembles ($t) are many; None where neither is told."""
    for code, value in subs:
        if code == "s" and value.isdecimal():
            return int(value)
    return MANY if any(code == "t" for code, _ in subs) else None


def _size(number: int | None, draft: Draft) -> list[str]:
    """The size of an ensemble as a line: one to nine by name, more as a large one."""
    if not number:
        return []
    sizes = table("ensembleSizes")
    known = sizes.get(str(number)) or sizes["more"]
    draft.lines += known.lines
    return [f" {SIZE} {known.object} ."]


def _sources(subs: Subfields, draft: Draft) -> list[str]:
    found = []
    for code, value in subs:
        if code == "2":
            node = draft.node(draft.W_, ("bf:Source",), (f' {CODE} "{value}" .',))
            found.append(f" {SOURCE} {node} .")
    return found


def _component(group: Subfields, sources: list[str], number: str, draft: Draft) -> str:
    parts = []
    for code, value in group:
        if code in "ab":
            parts.append(f" {MEDIUM} {_medium(value, sources, number, draft)} .")
            if code == "b":
                parts.append(f" {QUALIFIER} {SOLO} .")
        elif code in "ne":
            parts.append(f' {COUNT} "{value}" .')
        else:
            parts.append(f" {NOTE} {_note(NOTES[code], value, draft)} .")
    return draft.node(draft.W_, ("bf:MediumComponent",), parts)


def _medium(value: str, sources: list[str], number: str, draft: Draft) -> str:
    known = listed("performanceMediums").get(value.casefold().rstrip(" ."))
    if known is not None:
        draft.lines += known.lines
        return known.object
    given = [("0", number)] if number else []
    if term := identified_term(given):
        draft.lines += [f"<{term}>{type_line('bf:MediumOfPerformance')}", f'<{term}> {LABEL} "{value}{draft.close}']
        return f"<{term}>"
    parts = [f' {LABEL} "{value}{draft.close}', *sources, *control_numbers(given, draft, draft.W_)]
    return draft.node(draft.W_, ("bf:MediumOfPerformance",), parts)


def _note(kind: str, text: str, draft: Draft) -> str:
    classes = (kind, "bf:Note") if kind else ("bf:Note",)
    return draft.node(draft.W_, classes, (f' {LABEL} "{text}{draft.close}',))


@call
def performers(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """048: two letters for instrument or voice, two digits how many; $b are soloists. Codes of the MARC list
    become terms of the Library of Congress' Medium of Performance Thesaurus (``performers.csv``)."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        sources = _sources(subs, draft)
        parts: list[str] = []
        number = 0
        for code, value in subs:
            if code not in "ab":
                continue
            match = _PERFORMER.match(value)
            number += MANY if value[:1] in GROUPS else int(match[2] or 1) if match else 1
            known = table("performers").get(match[1]) if match and not sources else None
            if known is not None:
                draft.lines += known.lines
                said = [f" {MEDIUM} {known.object} ."]
                if match and match[1][1:] in WITHIN:
                    said.append(f' {CODE} "{match[1]}" .')
            else:
                medium = [f' {CODE} "{match[1] if match else value}" .', *sources]
                said = [f" {MEDIUM} {draft.node(draft.W_, ('bf:MediumOfPerformance',), medium)} ."]
            if match and match[2]:
                said.append(f' {COUNT} "{int(match[2])}" .')
            if code == "b":
                said.append(f" {QUALIFIER} {SOLOIST} .")
            parts.append(f" {COMPONENT} {draft.node(draft.W_, ('bf:MediumComponent',), said)} .")
        if parts:
            parts += _size(number, draft)
            draft.add(f"{draft.W} {ENSEMBLE} {draft.node(draft.W_, ('bf:Ensemble',), parts)} .")

    return convert


@call
def musical_form(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """047: the code's genre/form term; a code of another list ($2) or an unknown one stays a code."""
    forms = table("musicalForms")

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        scheme = next((value for code, value in subs if code == "2"), "")
        for code, value in subs:
            if code != "a":
                continue
            known = forms.get(value.lower()) if not scheme else None
            if known is not None:
                draft.lines += known.lines
                draft.add(f"{draft.W} {GENRE} {known.object} .")
                continue
            parts = [f' {CODE} "{value}" .']
            if re.fullmatch(r"[\w-]+", scheme, re.ASCII):
                parts.append(f" {SOURCE} <{PREFIXES['loc']}musiccompschemes/{scheme.lower()}> .")
            draft.add(f"{draft.W} {GENRE} {draft.node(draft.W_, ('bf:GenreForm',), parts)} .")

    return convert
