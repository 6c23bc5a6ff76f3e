"""Publication, production, distribution and manufacture: 260, 264, 008/07-17, and 3XX extents."""

import re
from collections.abc import Callable

from pymarc import Field

from ingest.convert.draft import Draft, Subfields
from ingest.convert.edtf import edtf_date, interval, year
from ingest.convert.values import end_stop, sentence
from ingest.convert.vocabulary import call
from ontology.rules import Rule
from ontology.terms import PREFIXES, iri

ACTIVITY, PLACE, DATE = iri("bf:provisionActivity"), iri("bf:place"), iri("bf:date")
SIMPLE = {"a": iri("bflc:simplePlace"), "b": iri("bflc:simpleAgent"), "c": iri("bflc:simpleDate")}
COPYRIGHT = iri("bf:copyrightDate")
KINDS = {
    "0": ("bf:Production", "bf:productionStatement"),
    "1": ("bf:Publication", "bf:publicationStatement"),
    "2": ("bf:Distribution", "bf:distributionStatement"),
    "3": ("bf:Manufacture", "bf:manufactureStatement"),
}
INTERVALS = frozenset("cdmuikq")
COLLECTED = {"i": "inclusive collection dates", "k": "bulk collection dates"}
"""Types of date (008/06) that say when what a collection has was made, and how the Library of Congress says so."""
STATUS = f"{iri('bf:status')} {iri('loc:mstatus')[:-1]}/"
LABEL = iri("rdfs:label")
_MARK = re.compile(r"^(?:©|℗|\(c\)|[cp](?=\d)|copyright\b|hak cipta\b)\s*", re.I)
"""What stands before the year of a copyright, which the property says already."""
EDTF = f"^^<{PREFIXES['dt']}edtf>"


def _bare(value: str) -> str:
    return value.strip(" /:;,=")


def _told(subs: Subfields) -> Subfields:
    """Names, places and dates without the marks around them; brackets around several are put around each:
    ``[S.l. :$bs.n.,$c1900?]`` → ``[S.l.]``, ``[s.n.]``, ``[1900?]``."""
    found, opened = [], 0
    for code, value in subs:
        text = sentence(_bare(value))
        if not text:
            continue
        if opened or "[" in text or "]" in text:
            before, opened = opened, max(0, opened + text.count("[") - text.count("]"))
            text = f"{'[' if before else ''}{text}{']' if opened else ''}"
        found.append((code, text))
    return found


MARKS = {"a": "; ", "b": ": ", "c": ", "}


def statement(told: Subfields) -> str:
    """Place, agent and date as one line with the marks of ISBD between them, whichever the record has."""
    text = ""
    for code, bare in told:
        text += f"{MARKS[code]}{bare}" if text else bare
    return text


@call
def imprint(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """260 and 264: statement as transcribed, simple place, agent and date; coded place and date of 008 for the
    first field of publication."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        kind = field.indicator2 if draft.tag == "264" else "1"
        if kind == "4":
            for code, value in subs:
                if code == "c":
                    draft.add(f'{draft.I} {COPYRIGHT} "{_MARK.sub("", end_stop(_bare(value)))}{draft.close}')
            _beside_copyright(subs, draft)
            return
        own = [pair for pair in subs if pair[0] in "abc" and pair[1]]
        _activity(KINDS.get(kind, KINDS["1"]), own, field, draft, _scope(subs, field, draft))
        made = [("abc"["efg".index(code)], value) for code, value in subs if code in "efg" and value]
        if draft.tag == "260" and made:
            _activity(KINDS["3"], [(c, v.strip("()")) for c, v in made], field, draft, None)

    return convert


def _beside_copyright(subs: Subfields, draft: Draft) -> None:
    """Place and name beside the date of copyright, which only a date should stand with, as a note."""
    said = statement(_told([pair for pair in subs if pair[0] in "ab" and pair[1]]))
    if said:
        note = draft.node(draft.I_, ("bf:Note",), (f' {LABEL} "{said}{draft.close}',))
        draft.add(f"{draft.I} {iri('bf:note')} {note} .")


def _scope(subs: Subfields, field: Field, draft: Draft) -> list[str]:
    """What part of the resource a statement is of ($3), and where it stands in a sequence (first indicator): with
    a later one beside it the statement without indicator is the earliest."""
    parts = []
    for code, value in subs:
        if code == "3":
            part = f' {LABEL} "{_bare(value)}{draft.close}'
            parts.append(f" {iri('bflc:appliesTo')} {draft.node(draft.I_, ('bflc:AppliesTo',), (part,))} .")
    others = draft.record.get_fields("260", "264") if field.indicator1 == " " else ()
    if len(others) > 1 and any(other.indicator1 in "23" for other in others):
        parts.append(f" {STATUS}earliest> .")
    elif field.indicator1 == "3":
        parts.append(f" {STATUS}current> .")
    return parts


def _statements(subs: Subfields) -> list[Subfields]:
    """A field in its statements: a place after an agent or a date begins the next."""
    groups: list[Subfields] = [[]]
    before = "a"
    for pair in subs:
        if pair[0] == "a" and before != "a":
            groups.append([])
        groups[-1].append(pair)
        before = pair[0]
    return groups


def _activity(kind: tuple[str, str], subs: Subfields, field: Field, draft: Draft, scope: list[str] | None) -> None:
    """One activity of a field; ``scope`` is None where 008 says nothing of it."""
    if not subs:
        return
    told, groups, end = _told(subs), _statements(subs), draft.close
    for group in groups:
        whole = statement(told if len(groups) == 1 else _told(group))
        draft.add(f'{draft.I} {iri(kind[1])} "{whole}{end}')
    parts = [f' {SIMPLE[code]} "{text}{end}' for code, text in told]
    if scope is not None and kind[0] == coded_kind(draft.fixed) and draft.close == '" .' and not draft.coded:
        parts += coded_parts(draft)
        draft.coded = True
    parts = list(dict.fromkeys((*parts, *(scope or ()))))
    node = draft.node(draft.I_, (kind[0], "bf:ProvisionActivity"), parts)
    draft.add(f"{draft.I} {ACTIVITY} {node} .")


def coded_kind(fixed: str) -> str:
    """The activity that the dates of 008 are of, by their type (008/06): collections are produced; where the date
    of distribution stands beside that of production (p), no field takes them."""
    kind = fixed[6:7]
    return "bf:Production" if kind in COLLECTED else "" if kind == "p" else "bf:Publication"


def coded_place(fixed: str) -> list[str]:
    """The place that 008/15-17 codes, as a line."""
    place = fixed[15:18].strip(" |#-")
    known = place and place.isascii() and place.isalnum() and place.islower()
    return [f" {PLACE} {iri('loc:countries/' + place)} ."] if known else []


def coded_parts(draft: Draft) -> list[str]:
    """Place and date of publication as 008 codes them."""
    parts = coded_place(draft.fixed)
    kind = draft.fixed[6:7]
    state = {"c": "current", "d": "ceased"}.get(kind)
    if state:
        parts.append(f" {STATUS}{state}> .")
    if kind in COLLECTED:
        said = draft.node(draft.I_, ("bf:Note",), (f' {LABEL} "{COLLECTED[kind]}" .',))
        parts.append(f" {iri('bf:note')} {said} .")
    date = coded_date(draft.fixed)
    if date:
        parts.append(f' {DATE} "{date}"{EDTF} .')
    return parts


def coded_date(fixed: str) -> str:
    """008/06-14 as EDTF: an interval for the types that have one, else the first date."""
    first, last = year(fixed[7:11]), year(fixed[11:15])
    if fixed[6:7] == "q":
        first, last = (f"{end}~" if end.isdigit() else end for end in (first, last))
    if fixed[6:7] == "e":
        return edtf_date(fixed[7:15].strip(" |#")) or ("" if first == ".." else first)
    if fixed[6:7] in INTERVALS:
        if not last and not fixed[11:15].strip():
            return first if first != ".." else ""
        return interval(first, last or ("" if fixed[6:7] != "c" else ".."))
    return first if first != ".." else ""


def _dated(date: str) -> list[str]:
    return [f' {DATE} "{date}"{EDTF} .'] if date not in ("", "..") else []


def _made(kind: str, parts: list[str], draft: Draft) -> None:
    if parts:
        node = draft.node(draft.I_, (kind, "bf:ProvisionActivity"), parts)
        draft.add(f"{draft.I} {ACTIVITY} {node} .")


def after(draft: Draft) -> None:
    """What 008 says where no 260 or 264 took it in; the original's date of reprints, the copyright's beside it."""
    if draft.fixed[6:7] == "p":
        first, last = (year(draft.fixed[i : i + 4]) for i in (7, 11))
        _made("bf:Distribution", [*coded_place(draft.fixed), *_dated(first)], draft)
        _made("bf:Production", _dated(last), draft)
    elif not draft.coded:
        _made(coded_kind(draft.fixed), coded_parts(draft), draft)
    if draft.fixed[6:7] == "r":
        original = year(draft.fixed[11:15])
        if original and original != "..":
            draft.add(f'{draft.W} {iri("bf:originDate")} "{original}"{EDTF} .')
    if draft.fixed[6:7] == "t":
        protected = year(draft.fixed[11:15])
        if protected and protected != "..":
            draft.add(f'{draft.I} {COPYRIGHT} "{protected}"{EDTF} .')
    language = draft.fixed[35:38]
    if language.isalpha() and language.isascii():
        draft.add(f"{draft.W} {iri('bf:language')} {iri('loc:languages/' + language.lower())} .")
