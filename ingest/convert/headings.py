"""Names of persons, families, organizations and meetings: agents that records share."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from pymarc import Field

from ingest.convert.authorities import authority, control_numbers
from ingest.convert.draft import Draft, Subfields, type_line
from ingest.convert.life import known_by
from ingest.convert.text import clean, plain
from ingest.convert.values import ROLES as SHORTENED
from ingest.convert.values import agency, end_stop, sentence, valid_iri
from ingest.convert.vocabulary import call
from ontology.codes import table
from ontology.relator_terms import of_unimarc, relators_of
from ontology.rules import Rule
from ontology.terms import iri

LABEL, MARC_KEY = iri("rdfs:label"), iri("bflc:marcKey")
AGENT, ROLE, CONTRIBUTION = iri("bf:agent"), iri("bf:role"), iri("bf:contribution")
RELATORS = iri("loc:relators")[:-1] + "/"
NAMES = {"00": "abcdjq", "10": "abcdgn", "11": "acdegnq"}
"""Subfields of a name, by the last digits of the tag; before ``$t`` where a title follows."""
ROLES = {"00": "e", "10": "e", "11": "j"}
_INNER = re.compile(r"[^\w]+", re.UNICODE)
_WORDS = {code: chr(code).lower() if chr(code).isalnum() or chr(code) == "_" else " " for code in range(128)}
"""What is left of each character of ASCII in a heading for comparison."""
NAME_SCHEMES = iri("loc:nameTitleSchemes")[:-1] + "/"


def marc_key(tag: str, field: Field, subs: Subfields) -> str:
    """A heading as MARC writes it: ``1001 $aToer, Pramoedya Ananta,$d1925-2006``."""
    return tag + field.indicator1 + field.indicator2 + "".join([f"${code}{value}" for code, value in subs])


@lru_cache(maxsize=2048)  # a record asks for its title and main name several times: 30 to 50 % are found
def normal(text: str) -> str:
    """A heading for comparison: no case, punctuation, diacritics or double blanks."""
    if text.isascii():  # a table does in half the time what folding and the pattern do
        return " ".join(text.translate(_WORDS).split())
    folded = text.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join([c for c in decomposed if not unicodedata.combining(c)])
    return _INNER.sub(" ", folded).strip()


def kind_of(tag: str, ind1: str) -> str:
    """The class of agent: by the tag's last two digits and the first indicator."""
    last = tag[1:]
    if last == "00":
        return "bf:Family" if ind1 == "3" else "bf:Person"
    if last == "10":
        return "bf:Jurisdiction" if ind1 == "1" else "bf:Organization"
    return "bf:Meeting"


def heading_key(kind: str, name: Subfields) -> str:
    """A heading for comparison: a person's by name and year of birth where it is told, else all of it."""
    told = known_by(name) if kind == "bf:Person" else None
    return f"{normal(told[0])} {told[1]}" if told else normal(label_of(name))


def label_of(name: Subfields) -> str:
    """The heading as one text, without the punctuation that closes it."""
    return end_stop(" ".join([value for _, value in name]).rstrip(" ,;:"))


def agent(
    draft: Draft, tag: str, field: Field, subs: Subfields, extra: Sequence[str] = (), key: Subfields | None = None
) -> str:
    """Write the agent that a heading names and give its IRI; ``key`` is the heading as MARC writes it, where that
    is more than ``subs``.

    The identity key is the authority's IRI where ``$1`` or ``$0`` give one, else the class of agent and the
    heading, normalised (docs/identity.md).
    """
    last = tag[1:]
    wanted = NAMES[last]
    name = [(code, value) for code, value in subs if code in wanted and value]
    kind = kind_of(tag, field.indicator1)
    label = label_of(name)
    known = authority(subs)
    others = paired(draft, field)
    vernacular = [(label_of(_name(other, wanted)), close) for other, close in others]
    node = draft.entity("agent", *((known,) if known else (kind, heading_key(kind, name))))
    add = draft.add
    add(node + type_line("bf:Agent"))
    add(node + type_line(kind))
    if label:
        add(f'{node} {LABEL} "{label}{draft.close}')
    for text, close in vernacular:
        if text:
            add(f'{node} {LABEL} "{text}{close}')
    add(f'{node} {MARC_KEY} "{marc_key(tag, field, key or subs)}{draft.close}')
    for partner, (other, close) in zip(_partners(draft, field), others, strict=True):
        own = [pair for pair in other if pair[0] not in "vxyz"] if tag[0] == "6" else other
        add(f'{node} {MARC_KEY} "{marc_key("880", partner, own)}{close}')
    for part in control_numbers(subs, draft, node[:-1] + "#"):
        add(node + part)
    if tag[0] != "6":
        for code, value in subs:
            if code == "2" and value.isascii() and value.isalnum():
                add(f"{node} {iri('bf:source')} {NAME_SCHEMES}{value.lower()}> .")
    for part in extra:
        add(node + part)
    return node


def _name(subs: Subfields, wanted: str) -> Subfields:
    return [(code, value) for code, value in subs if code in wanted and value]


def paired(draft: Draft, field: Field) -> list[tuple[Subfields, str]]:
    """The 880s that give a field in another script: cleaned subfields and how their literals end."""
    found = _partners(draft, field)
    if not found:
        return []
    from ingest.convert.scripts import literal_end

    return [([(s.code, clean(s.value)) for s in other.subfields], literal_end(other, draft)) for other in found]


def _partners(draft: Draft, field: Field) -> Sequence[Field]:
    """The 880s that give a field in another script."""
    link = draft.paired and field.get("6")
    return draft.paired.get(f"{field.tag}-{link[4:6]}", ()) if link and field.tag != "880" else ()


@cache
def _relator_terms() -> dict[str, str]:
    return {known.label.casefold(): code for code, known in table("relators").items()}


def roles(subs: Subfields, code: str, draft: Draft) -> list[str]:
    """Lines for the roles that ``$4`` and ``$e`` (``$j``) give: the IRIs of the list's own terms and of words of
    other catalogues that mean them (``relator-terms.yaml``); other words stay text, and such as mean something else
    than ``$4`` says. The words as they are stand in the agent's heading as MARC writes it."""
    coded = [f" {ROLE} {_relator(value, draft)} ." for found, value in subs if found == "4"]
    parts = list(coded)
    for found, value in subs:
        if found == code:
            for term in _role_terms(value):
                parts += _role(term, coded, draft)
    return list(dict.fromkeys(parts))


def _role_terms(value: str) -> list[str]:
    """The roles that one text names: ``writer, director`` are two, ``author of introduction, etc.`` is one."""
    if "," not in value or value.rstrip(" ,;:.").casefold() in _relator_terms() or "etc" in value:
        return [value]
    return value.split(",")


def _role(value: str, coded: Sequence[str], draft: Draft) -> list[str]:
    term = end_stop(value.strip(" ,;:."))
    known = _relator_terms().get(term.casefold())
    if known:
        draft.lines += table("relators")[known].lines
        return [f" {ROLE} {RELATORS}{known}> ."]
    if not term:
        return []
    meant = [f" {ROLE} {RELATORS}{one}> ." for one in relators_of(plain(value))]
    if meant and (not coded or set(meant) <= set(coded)):
        return meant
    told = sentence(value.strip(" ,;:"), SHORTENED)
    node = draft.node(draft.I_, ("bf:Role",), (f' {LABEL} "{told}{draft.close}',))
    return [f" {ROLE} {node} ."]


def _relator(value: str, draft: Draft) -> str:
    raw = plain(value).strip(" .")
    if raw.startswith("http") and valid_iri(raw):
        return f"<{raw}>"
    if raw.lower() in table("relators") or (len(raw) == 3 and raw.isascii() and raw.isalpha()):
        return f"{RELATORS}{raw.lower()}>"
    if raw in of_unimarc():
        return f"{RELATORS}{of_unimarc()[raw]}>"
    if len(meant := relators_of(raw)) == 1:  # a word where the code should be: ``$4editor``
        return f"{RELATORS}{meant[0]}>"
    return draft.node(draft.I_, ("bf:Role",), (f' {LABEL} "{value}" .',))


PASSED_ON = {"3": ("bflc:appliesTo", "bflc:AppliesTo")}
PASSED_ON |= dict.fromkeys(["f", "g", "i", "k", "l", "n", "p", "u"], ("bf:note", "bf:Note"))
"""What a heading without a title says beside the name: notes of the contribution."""


def _is_book(leader: str) -> bool:
    """Whether a name without role in 1XX is taken for the author's: of a printed book or a part of one. Whom
    a collection, a serial or a manuscript names may have gathered, issued or copied it."""
    return leader[6:8] in ("am", "aa")


@call
def contribution(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """1XX or 7XX without title: a contribution with its agent and roles. Options: ``primary``, ``role`` (the
    relator code to infer where the record names none; the record's node says that it was inferred)."""
    kind = ("bf:Contribution", "bf:PrimaryContribution") if rule.options.get("primary") else ("bf:Contribution",)
    inferred = rule.options["role"]

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        tag = draft.tag
        named = roles(subs, ROLES[tag[1:]], draft)
        parts = [f" {AGENT} {agent(draft, tag, field, subs)} ."]
        parts += named or [f" {ROLE} {RELATORS}{inferred if _is_book(draft.leader) else 'ctb'}> ."]
        parts += _leftovers(subs, draft)
        node = draft.node(draft.W_, kind, parts, "contribution")
        draft.add(f"{draft.W} {CONTRIBUTION} {node} .")
        if not named:
            draft.add(f"{draft.I_}description> {iri('jp:inferred')} {node} .")
        if rule.options.get("primary"):
            draft.main = parts

    return convert


def _leftovers(subs: Subfields, draft: Draft) -> list[str]:
    parts = []
    heading = NAMES[draft.tag[1:]]
    for code, value in subs:
        if code in PASSED_ON and code not in heading:
            name, kind = PASSED_ON[code]
            node = draft.node(draft.W_, (kind,), (f' {LABEL} "{value}{draft.close}',))
            parts.append(f" {iri(name)} {node} .")
        elif code == "5":
            parts.append(f" {iri('bflc:applicableInstitution')} {institution(value, draft)} .")
    return parts


def institution(value: str, draft: Draft, *, told: bool = True) -> str:
    """A library named by its MARC organization code; ``told``: its code with it."""
    node = agency(value)
    if node:
        if told:
            draft.add(f'{node} {iri("bf:code")} "{value}" .')
        return node
    return draft.node(draft.I_, ("bf:Agent",), (f' {iri("bf:code")} "{value}" .',))
