"""Administrative metadata: who made and changed the record, by which conventions, and that we converted it."""

import re
from collections.abc import Callable
from functools import lru_cache

from pymarc import Field

from ingest.convert.draft import Draft, Subfields
from ingest.convert.headings import LABEL
from ingest.convert.text import clean, plain
from ingest.convert.vocabulary import call
from ontology.codes import table
from ontology.rules import Rule
from ontology.terms import iri

ADMIN, DATE, STATUS = iri("bf:adminMetadata"), iri("bf:date"), iri("bf:status")
CODE, AGENT, CONVENTIONS = iri("bf:code"), iri("bf:agent"), iri("bf:descriptionConventions")
CONGRESS = iri("loc:organizations/dlc")
DATE_TIME = iri("xsd:dateTime")
DAY = iri("xsd:date")
LEVELS = {" ": "f", "": "f"}
FORMS = {"a": "aacr", "i": "isbd", "c": "isbd"}
STATUSES = {"a": "c", "c": "c", "d": "d", "p": "p", "n": "n"}
GENERATOR = "https://w3id.org/jejaring/converter"


_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?").match


@lru_cache(maxsize=4096)
def stamp(text: str) -> str:
    """005 as xsd:dateTime without zone: ``20110119113005.0`` → ``2011-01-19T11:30:05``; "" when it is none."""
    match = _STAMP(text)
    if not match:
        return ""
    year, month, day, *clock = (part or "00" for part in match.groups())
    if not _is_day(year, month, day) or int(clock[0]) > 23 or int(clock[1]) > 59 or int(clock[2]) > 59:
        return ""
    return f"{year}-{month}-{day}T{':'.join(clock)}"


@lru_cache(maxsize=4096)
def created(text: str) -> str:
    """008/00-05 as a date: ``970701`` → ``1997-07-01``; "" when it is none. Years before 66 are of this century."""
    if not re.fullmatch(r"\d{6}", text[:6]):
        return ""
    century = "20" if text[:2] < "66" else "19"
    year, month, day = century + text[:2], text[2:4], text[4:6]
    return f"{year}-{month}-{day}" if _is_day(year, month, day) else ""


def _is_day(year: str, month: str, day: str) -> bool:
    if not ("01" <= month <= "12" and "01" <= day <= "31") or int(year) < 1:
        return False
    last = {"04": 30, "06": 30, "09": 30, "11": 30}.get(month, 31)
    if month == "02":
        leap = int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
        last = 29 if leap else 28
    return int(day) <= last


def assigner(code: str, draft: Draft) -> str:
    """An agency by its MARC organization code: IRI for the Library of Congress, else a node with the code."""
    raw = plain(code).strip(" .")
    if raw.upper() == "DLC":
        draft.add(f'{CONGRESS} {CODE} "DLC" .')
        return CONGRESS
    return draft.node(draft.I_, ("bf:Agent",), (f' {CODE} "{code}" .',))


@call
def cataloguing_source(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """040: kept whole as a note; language of cataloguing and conventions; ``record`` reads the agencies."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        whole = "040" + (field.indicator1 + field.indicator2).rstrip().ljust(2)
        whole += "".join([f"${code}{value}" for code, value in subs])
        node = draft.node(draft.I_, ("loc:mnotetype/internal", "bf:Note"), (f' {LABEL} "{whole}" .',), "note")
        draft.admin.append(f" {iri('bf:note')} {node} .")
        for code, value in subs:
            if code == "b" and len(value) == 3 and value.isalpha():
                draft.admin.append(f" {iri('bf:descriptionLanguage')} {iri('loc:languages/' + value.lower())} .")
            elif code == "e":
                draft.admin.append(f" {CONVENTIONS} {convention(value.strip(' .'), draft)} .")

    return convert


def convention(code: str, draft: Draft) -> str:
    """A code of description conventions as IRI with its code."""
    if code.isascii() and code.replace("-", "").isalnum():
        node = iri(f"loc:descriptionConventions/{code}")
        draft.add(f'{node} {CODE} "{code}" .')
        return node
    return draft.node(draft.I_, ("bf:DescriptionConventions",), (f' {LABEL} "{code}" .',))


def record(draft: Draft, library: str | None) -> None:
    """Write what leader, 001, 003, 005, 008 and 040 say of the record, after all its fields were read."""
    _main(draft, library)
    _change(draft)
    _creation(draft)
    _conversion(draft, library)


def _hang(draft: Draft, parts: list[str]) -> None:
    draft.add(f"{draft.W} {ADMIN} {draft.node(draft.I_, ('bf:AdminMetadata',), parts)} .")


def _main(draft: Draft, library: str | None) -> None:
    parts = list(dict.fromkeys(draft.admin))
    leader = draft.leader
    level = LEVELS.get(leader[17:18], leader[17:18])
    if level in table("menclvl"):
        known = table("menclvl")[level]
        draft.lines += known.lines
        parts.append(f" {iri('bflc:encodingLevel')} {known.object} .")
    form = FORMS.get(leader[18:19])
    if form:
        parts.append(f" {CONVENTIONS} {convention(form, draft)} .")
    parts.append(f" {iri('bf:descriptionLevel')} <http://id.loc.gov/ontologies/bibframe-3-0-1/> .")
    own = clean(draft.control_number)
    about = [f' {iri("rdf:value")} "{own}" .'] if own else []
    agency = draft.record.get("003")
    agency_code = clean(agency.data or "") if agency is not None else ""
    who = library_iri(draft, library) if library and not agency_code else ""
    about.append(f" {iri('bf:assigner')} {f'<{who}>' if who else assigner(agency_code or 'DLC', draft)} .")
    number = draft.node(draft.I_, ("bf:Local",), about, "record-number")
    parts.append(f" {iri('bf:identifiedBy')} {number} .")
    if not agency_code and not who:
        draft.add(f"{draft.I_}description> {iri('jp:inferred')} {number} .")
    _hang(draft, parts)


def _status(code: str, draft: Draft) -> str:
    known = table("mstatus")[code]
    draft.lines += known.lines
    return f" {STATUS} {known.object} ."


def _change(draft: Draft) -> None:
    field = draft.record.get("005")
    parts = []
    if field is not None:
        when = stamp((field.data or "").strip())
        if when:
            parts.append(f' {DATE} "{when}"^^{DATE_TIME} .')
        else:
            draft.problem("bad-date", f"005 is no date: {field.data!r}.", "005", "Nothing is lost but the date.")
            parts += [f' {DATE} "{told}" .' for told in (clean(field.data or ""),) if told]
    code = STATUSES.get(draft.leader[5:6])
    if code == "n" and parts:
        for part in parts:
            draft.add(f"{draft.I_}description>{part.replace(DATE, iri('bf:changeDate'))}")
        return
    if code and (parts or code != "n"):
        parts.append(_status("c" if code == "n" else code, draft))
    source = draft.record.get("040")
    last = [s.value for s in source.subfields if s.code == "d" and s.value] if source is not None else []
    if last and parts:
        parts.append(f" {iri('bf:descriptionModifier')} {assigner(clean(last[-1]), draft)} .")
    if parts:
        _hang(draft, parts)


def _creation(draft: Draft) -> None:
    parts = []
    when = created(draft.fixed[:6])
    if when:
        parts.append(f' {DATE} "{when}T00:00:00"^^{DATE_TIME} .')
    elif draft.fixed[:6].strip(" |"):
        parts.append(f' {DATE} "{clean(draft.fixed[:6])}" .')
    source = draft.record.get("040")
    made = next((s.value for s in source.subfields if s.code == "a" and s.value), "") if source is not None else ""
    if made:
        parts.append(f" {AGENT} {assigner(clean(made), draft)} .")
    if parts:
        parts.append(_status("n", draft))
        _hang(draft, parts)


def library_iri(draft: Draft, library: str) -> str:
    """The IRI of an organisation given by its id in the network, or as an IRI."""
    return library if library.startswith("http") else f"{draft.base}/id/{library}"


def _conversion(draft: Draft, library: str | None) -> None:
    """Our own statement about the record: which library gave it, when it was made, what made this of it."""
    node = f"{draft.I_}description>"
    draft.add(f"{draft.I} {ADMIN} {node} .")
    draft.add(f"{node} {iri('rdf:type')} {iri('bf:AdminMetadata')} .")
    draft.add(f"{node} {iri('bf:generationProcess')} <{GENERATOR}> .")
    if library:
        draft.add(f"{node} {iri('bf:assigner')} <{library_iri(draft, library)}> .")
    when = created(draft.fixed[:6])
    if when:
        draft.add(f'{node} {iri("bf:creationDate")} "{when}"^^{DAY} .')
