"""Subjects: chains of topic, place, time and form; names and titles as subjects; index terms; genre and form."""

from collections.abc import Callable
from functools import cache

from pymarc import Field

from ingest.convert.authorities import authority, control_numbers
from ingest.convert.draft import Draft, Subfields, type_line
from ingest.convert.headings import (
    LABEL,
    MARC_KEY,
    NAMES,
    ROLES,
    _relator,
    agent,
    institution,
    kind_of,
    label_of,
    marc_key,
    normal,
    paired,
)
from ingest.convert.titles import TITLE, UNIFORM, hub, title_node
from ingest.convert.values import end_stop
from ingest.convert.vocabulary import call
from ontology.codes import sources
from ontology.rules import Rule
from ontology.terms import iri

SUBJECT, SOURCE, GENRE = iri("bf:subject"), iri("bf:source"), iri("bf:genreForm")
NOTE, INSTITUTION = iri("bf:note"), iri("bflc:applicableInstitution")
AUTHORITATIVE, SCHEME = iri("madsrdf:authoritativeLabel"), iri("madsrdf:isMemberOfMADSScheme")
LIST, FIRST, REST, NIL = iri("madsrdf:componentList"), iri("rdf:first"), iri("rdf:rest"), iri("rdf:nil")
SCHEMES = {
    "0": "http://id.loc.gov/authorities/subjects",
    "1": "http://id.loc.gov/authorities/childrensSubjects",
    "2": "http://id.loc.gov/vocabulary/subjectSchemes/mesh",
    "3": "http://id.loc.gov/vocabulary/subjectSchemes/nal",
    "5": "http://id.loc.gov/vocabulary/subjectSchemes/cash",
    "6": "http://id.loc.gov/vocabulary/subjectSchemes/rvm",
}
OWN = {"lcsh": SCHEMES["0"], "lcshac": SCHEMES["1"]}
"""Sources of $2 that the second indicator could have named."""
MADS_SCHEMES = frozenset("01")
DIVISIONS = {"v": "madsrdf:GenreForm", "x": "madsrdf:Topic", "y": "madsrdf:Temporal", "z": "madsrdf:Geographic"}
MAIN = {
    "647": ("bf:Event", "bf:Event"),
    "648": ("bf:Temporal", "madsrdf:Temporal"),
    "650": ("bf:Topic", "madsrdf:Topic"),
    "651": ("bf:Place", "madsrdf:Geographic"),
    "655": ("bf:GenreForm", "madsrdf:GenreForm"),
}


def source_of(field: Field, subs: Subfields, genre: bool = False) -> str:
    """The IRI of the list a heading is from: by the second indicator, or by ``$2``, also where that says that the
    source is not specified, or nothing. A language after the code (``yso/fin``) is that of the heading."""
    ind2 = field.indicator2
    if ind2 not in SCHEMES:
        code = next((value for found, value in subs if found == "2"), "").strip(" .")
        if not (code and code.isascii() and code.replace("-", "").replace("/", "").isalnum()):
            return ""
        code = code.lower().partition("/")[0]
        return OWN.get(code) or f"http://id.loc.gov/vocabulary/{_registry(code, genre)}/{code}"
    return SCHEMES.get(ind2, "")


@cache
def _registry(code: str, genre: bool) -> str:
    """Which list of sources has a code: the one of the field's kind, else another that registers it."""
    usual = "genreFormSchemes" if genre else "subjectSchemes"
    found = sources().get(code, ())
    return usual if usual in found or not found or found == ("nameTitleSchemes",) else found[0]


def _tail(value: str) -> str:
    return end_stop(value.rstrip(" ,;:"))


def _is_topic(tag: str, tails: list[tuple[str, str]]) -> bool:
    """Whether a divided heading is a topic: a form stays a form, a place within places a place."""
    return tag != "655" and any(code != "z" or tag != "651" for code, _ in tails)


@call
def subject(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """647, 648, 650, 651, 655: a concept, or a chain of concepts, in its scheme. A chain is a topic, whatever
    its head is (a place with a subdivision is no longer a place); 655 says what the work is even then."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        tag = draft.tag
        main = [value for code, value in subs if code in "abcd" and value]
        tails = [(code, _tail(value)) for code, value in subs if code in DIVISIONS and value]
        if not main and not tails:
            return
        head = _tail(" ".join(main))
        kind, mads = MAIN[tag]
        if _is_topic(tag, tails):
            kind = "bf:Topic"
        mains = [(mads, head)] if main else []
        node = _concept(draft, field, subs, kind, mains, tails, tag == "655")
        if tag == "647":  # an event is named as meetings are
            draft.add(f'{node} {MARC_KEY} "{marc_key(tag, field, subs)}{draft.close}')
        _asides(draft, subs, node)
        for other, end in paired(draft, field):
            text = "--".join([_tail(value) for code, value in other if code in "abcdvxyz"])
            draft.add(f'{node} {LABEL} "{text}{end}')
            draft.add(f'{node} {AUTHORITATIVE} "{text}{end}')
            _asides_in_other_script(draft, other, end, node)
        draft.add(f"{draft.W} {GENRE if tag == '655' else SUBJECT} {node} .")

    return convert


def _asides(draft: Draft, subs: Subfields, node: str) -> None:
    """What is said beside a heading: miscellaneous information ($g), the institution that uses it ($5)."""
    for code, value in subs:
        if code == "g":
            note = draft.node(node[:-1] + "#", ("bf:Note",), (f' {LABEL} "{_tail(value)}{draft.close}',))
            draft.add(f"{node} {NOTE} {note} .")
        elif code == "5":
            draft.add(f"{node} {INSTITUTION} {institution(value, draft)} .")


def _asides_in_other_script(draft: Draft, subs: Subfields, end: str, node: str) -> None:
    """The same in an 880, and what the heading is to the work ($e) and the part it is said of ($3)."""
    told = [pair for pair in subs if pair[0] in "eg3"]
    if told:
        before, draft.close = draft.close, end
        _asides(draft, told, node)
        for part in relators(told, draft, node):
            draft.add(node + part)
        draft.close = before


def _concept(
    draft: Draft,
    field: Field,
    subs: Subfields,
    kind: str,
    mains: list[tuple[str, str]],
    tails: list[tuple[str, str]],
    genre: bool = False,
) -> str:
    chain = mains + [(DIVISIONS[code], text) for code, text in tails]
    label = "--".join([text for _, text in chain])
    source = source_of(field, subs, genre)
    known = authority(subs)
    single = len(chain) == 1
    mads = chain[0][0] if single else "madsrdf:ComplexSubject"
    node = draft.entity("subject", *((known,) if known else (kind, mads, source, normal(label))))
    add = draft.add
    end = draft.close
    add(node + type_line(kind))
    add(node + type_line(mads))
    add(f'{node} {LABEL} "{label}{end}')
    add(f'{node} {AUTHORITATIVE} "{label}{end}')
    _membership(node, field, source, draft)
    if not single:
        component_list(node, [(_component(draft, *pair)) for pair in chain], draft)
    for part in (*control_numbers(subs, draft, node[:-1] + "#"), *relators(subs, draft, node)):
        add(node + part)
    return node


def _membership(node: str, field: Field, source: str, draft: Draft) -> None:
    if source:
        draft.add(f"{node} {SOURCE} <{source}> .")
        if field.indicator2 in MADS_SCHEMES:
            draft.add(f"{node} {SCHEME} <{source}> .")


def _component(draft: Draft, kind: str, label: str) -> str:
    """One link of a chain: a concept of its own, shared by kind and label."""
    node = draft.entity("component", kind, normal(label))
    draft.add(node + type_line(kind))
    draft.add(f'{node} {AUTHORITATIVE} "{label}{draft.close}')
    return node


def component_list(node: str, members: list[str], draft: Draft) -> None:
    """The chain as an RDF list whose cells are named by their place in this chain."""
    stem = node[:-1] + "#chain-"
    draft.add(f"{node} {LIST} {stem}1> .")
    for place, member in enumerate(members, 1):
        draft.add(f"{stem}{place}> {FIRST} {member} .")
        rest = f"{stem}{place + 1}>" if place < len(members) else NIL
        draft.add(f"{stem}{place}> {REST} {rest} .")


def relators(subs: Subfields, draft: Draft, node: str) -> list[str]:
    """What the heading is to the work ($e, $4; of meetings $j), and the part it is said of ($3)."""
    parts = []
    for code, value in subs:
        if code == "3":
            child = draft.node(node[:-1] + "#", ("bflc:AppliesTo",), (f' {LABEL} "{value}{draft.close}',))
            parts.append(f" {iri('bflc:appliesTo')} {child} .")
        elif draft.W_ and (code in ROLES.get(draft.tag[1:], "e") or code == "4"):  # an authority is about no work
            if code == "4":
                target = _relator(value, draft)
            elif not (text := _tail(value)):
                continue
            else:
                target = draft.node(draft.W_, ("bf:Relationship",), (f' {LABEL} "{text}{draft.close}',))
            child = draft.node(
                draft.W_,
                ("bf:Relation",),
                (f" {iri('bf:relationship')} {target} .", f" {iri('bf:relatedTo')} {draft.W} ."),
            )
            parts.append(f" {iri('bf:relation')} {child} .")
    return parts


@call
def name_subject(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """600, 610, 611, 630: a name, a name and title, or a title as subject, alone or at the head of a chain."""

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        tag = draft.tag
        tails = [(code, _tail(value)) for code, value in subs if code in DIVISIONS and value]
        head, label = _head(draft, field, tag, subs, alone=not tails)
        node = _chained(draft, field, subs, head, label, tails) if tails else head
        draft.add(f"{draft.W} {SUBJECT} {node} .")
        for other, end in paired(draft, field):
            before, draft.close = draft.close, end
            _in_other_script(draft, head, node, other)
            draft.close = before
            _asides_in_other_script(draft, other, end, node)

    return convert


def _in_other_script(draft: Draft, head: str, node: str, subs: Subfields) -> None:
    """What an 880 adds: the title of a hub, and how the heading or the chain that it begins is called. Names in
    other scripts are the agent's own business."""
    own = _own(subs)
    where = next((i for i, (code, _) in enumerate(own) if code == "t"), None)
    if where is None and draft.tag != "630":
        label = label_of([pair for pair in own if pair[0] in NAMES[draft.tag[1:]]])
    else:
        label = _title_label(own)
        draft.add(f"{head} {TITLE} {title_node(own[where or 0 :], (), head[:-1] + '#', draft)} .")
        if node == head and label:
            draft.add(f'{node} {AUTHORITATIVE} "{label}{draft.close}')
    if node != head:
        whole = "--".join([label, *(_tail(value) for code, value in subs if code in DIVISIONS and value)])
        draft.add(f'{node} {LABEL} "{whole}{draft.close}')
        draft.add(f'{node} {AUTHORITATIVE} "{whole}{draft.close}')


def _own(subs: Subfields) -> Subfields:
    """A heading's subfields without its subdivisions."""
    return [pair for pair in subs if pair[0] not in DIVISIONS and pair[0] not in "269"]


def _title_label(own: Subfields) -> str:
    return end_stop(" ".join([value for code, value in own if code in UNIFORM + "bcjqu"]).rstrip(" ,;:"))


def _head(draft: Draft, field: Field, tag: str, subs: Subfields, alone: bool) -> tuple[str, str]:
    own = _own(subs)
    key = [pair for pair in subs if pair[0] not in DIVISIONS]
    source = source_of(field, subs)
    where = next((i for i, (code, _) in enumerate(own) if code == "t"), None)
    extra = []
    if tag != "630" and where is None:
        if source:
            extra.append(f" {SOURCE} <{source}> .")
        name = [pair for pair in own if pair[0] in NAMES[tag[1:]] or pair[0] == "k"]
        if alone:
            extra += relators(subs, draft, draft.W_[:-1] + ">")
        node = agent(draft, tag, field, [*name, *(p for p in own if p[0] in "01")], extra, key)
        return node, label_of(name)
    named, title = ([], own) if where is None else (own[:where], own[where:])
    label = _title_label(own)
    extra += [f' {AUTHORITATIVE} "{label}{draft.close}'] if label else []
    if field.indicator2 in MADS_SCHEMES:
        extra.append(f" {SCHEME} <{source}> .")
    elif source:
        extra.append(f" {SOURCE} <{source}> .")
    if alone:
        extra += relators(own, draft, draft.W_[:-1] + ">")
    classes = ("bf:Hub", "madsrdf:Title" if where is None else "madsrdf:NameTitle")
    sorting = []
    if tag == "630" and field.indicator1 in "123456789":
        sorting = [f' {iri("bflc:nonSortNum")} "{field.indicator1}" .']
    return hub(draft, field, tag, named, title, sorting, extra, classes, key=None if named else key), label


def _chained(
    draft: Draft, field: Field, subs: Subfields, head: str, label: str, tails: list[tuple[str, str]]
) -> str:
    whole = "--".join([label, *(text for _, text in tails)])
    source = source_of(field, subs)
    kind = kind_of(draft.tag, field.indicator1) if draft.tag != "630" else "title"
    node = draft.entity("subject", "chain", kind, source, normal(whole))
    add = draft.add
    add(node + type_line("bf:Topic"))
    add(node + type_line("madsrdf:ComplexSubject"))
    add(f'{node} {LABEL} "{whole}{draft.close}')
    add(f'{node} {AUTHORITATIVE} "{whole}{draft.close}')
    _membership(node, field, source, draft)
    members = [head, *(_component(draft, DIVISIONS[code], text) for code, text in tails)]
    component_list(node, members, draft)
    for part in relators(subs, draft, node):
        add(node + part)
    return node


@call
def activity_subject(rule: Rule) -> Callable[[Field, Subfields, Draft], None]:
    """656, 657: an occupation or a function, alone or divided ($k form, $v $x $y $z), always as a chain."""
    divisions = {"k": "madsrdf:GenreForm", **DIVISIONS}

    def convert(field: Field, subs: Subfields, draft: Draft) -> None:
        head = "madsrdf:Occupation" if draft.tag == "656" else "madsrdf:Topic"
        chain = [
            (divisions.get(code, head), _tail(value)) for code, value in subs if (code == "a" or code in divisions)
        ]
        label = "--".join([text for _, text in chain])
        if not label:
            return
        source = source_of(field, subs)
        node = draft.entity("subject", "chain", head, source, normal(label))
        for kind in ("bf:Topic", "madsrdf:ComplexSubject"):
            draft.add(node + type_line(kind))
        draft.add(f'{node} {LABEL} "{label}{draft.close}')
        _membership(node, field, source, draft)
        component_list(node, [_named(kind, text, draft) for kind, text in chain], draft)
        for part in (*control_numbers(subs, draft, node[:-1] + "#"), *relators(subs, draft, node)):
            draft.add(node + part)
        draft.add(f"{draft.W} {SUBJECT} {node} .")

    return convert


def _named(kind: str, text: str, draft: Draft) -> str:
    node = _component(draft, kind, text)
    draft.add(f'{node} {LABEL} "{text}{draft.close}')
    return node
