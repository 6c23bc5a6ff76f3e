"""The description of an entity: one order, one label, one reading per fact, for pages and JSON alike."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from urllib.parse import unquote

import pyoxigraph as ox
from babel.dates import format_date, format_interval, format_time

from graph.edtf import spoken
from graph.labels import labels, shown
from graph.names import PREFIXES, expand, shorten
from graph.store import Store
from ontology.display import Kind, Manner, code_name, kind_of_note, kinds, manners, properties

TYPE = expand("rdf:type")
_HIDDEN = {TYPE, *(expand(name) for name in ("rdfs:label", "skos:prefLabel", "schema:name"))}
_HIDDEN |= {expand(name) for name in ("odrl:uid", "odrl:profile", "odrl:conflict", "odrl:permission")}
_HIDDEN |= {expand(name) for name in ("bflc:marcKey", "madsrdf:componentList", "madsrdf:authoritativeLabel")}
_HIDDEN |= {expand(name) for name in ("odrl:prohibition", "odrl:obligation", "jp:hasClause")}
_COORDINATES = {expand("schema:latitude"), expand("schema:longitude")}
_WORDED = {expand(name) for name in ("rdfs:label", "rdfs:comment", "skos:prefLabel", "skos:altLabel")}
_WORDED |= {expand(name) for name in ("skos:definition", "skos:scopeNote", "dct:title", "dct:description")}
"""What a vocabulary says in each language. Titles of works are not among them: a parallel title is its own fact."""
MOST_VALUES = 60
"""Values of one fact that are shown; the rest is counted."""
_DEEPEST = 4
_PLAIN = Manner()
_ITEM_OF, _NOTE_TYPE = expand("bf:itemOf"), expand("bf:noteType")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact: its text, its language, and where it leads when it is an entity or an address."""

    text: str
    iri: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One property with its values; ``more`` counts those left out."""

    property: str
    label: str
    values: tuple[Value, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of one entity, ready to show."""

    iri: str
    kind: Kind
    types: frozenset[str]
    label: str
    facts: tuple[Fact, ...]
    triples: int = field(default=0)

    def value(self, name: str) -> Value | None:
        """The first value of a property given by its prefixed name."""
        return next(iter(self.values(name)), None)

    def values(self, name: str) -> tuple[Value, ...]:
        """The values of a property given by its prefixed name."""
        iri = expand(name)
        return next((fact.values for fact in self.facts if fact.property == iri), ())


def kind_of(types: set[str] | frozenset[str]) -> Kind:
    """The kind of an entity with these classes (IRIs)."""
    ranks = _ranks()
    return kinds()[min((ranks[one] for one in types if one in ranks), default=-1)]


@cache
def _ranks() -> dict[str, int]:
    """Class → the place of its kind, the most telling kind first."""
    ranked = [(expand(name), place) for place, kind in enumerate(kinds()) for name in kind.classes]
    return dict(reversed(ranked))


def describe(store: Store, iri: str, language: str = "id", base: str = "") -> Description | None:
    """The description of an entity, None when nothing is known of it. Two queries, however much is known."""
    by_subject = _by_subject(store.describe(iri))
    own = by_subject.get(iri)
    if not own:
        return None
    stem = iri.partition("#")[0] + "#"
    outside = {
        value.value
        for one in by_subject.values()
        for values in one.values()
        for value in values
        if isinstance(value, ox.NamedNode) and not value.value.startswith(stem)
    }
    known = labels(store, {iri, *outside}, language)
    reading = _Reading(by_subject, known, language, base)
    types = frozenset(value.value for value in own.get(TYPE, []))
    facts = tuple(reading.fact(name, own[name]) for name in _ordered(own) if name not in _HIDDEN)
    count = sum(len(values) for one in by_subject.values() for values in one.values())
    whole = next((known[v.value] for v in own.get(_ITEM_OF, []) if v.value in known), "")
    name = known.get(iri) or _unnamed(iri, types, language, base, whole)
    return Description(iri, kind_of(types), types, name, facts, count)


def _unnamed(iri: str, types: frozenset[str], language: str, base: str, whole: str) -> str:
    """What to call an entity without a label: what it is a copy of, its kind and its id."""
    short = shorten(iri, base)
    if short == iri:
        return iri
    name = f"{kind_of(types).name[language]} {unquote(short.rpartition('/')[2])}"
    return f"{whole} · {name[0].lower()}{name[1:]}" if whole else name


Term = ox.NamedNode | ox.Literal | ox.BlankNode
Node = dict[str, list[Term]]


def _by_subject(triples: list[ox.Triple]) -> dict[str, Node]:
    found: defaultdict[str, Node] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if not isinstance(triple.object, ox.Triple):
            found[triple.subject.value][triple.predicate.value].append(triple.object)  # type: ignore[union-attr]
    return found


def _ordered(node: Node) -> list[str]:
    order = {expand(name): place for place, name in enumerate(properties())}
    return sorted(node, key=lambda name: (order.get(name, len(order)), name))


@cache
def _manners() -> dict[str, Manner]:
    """How parts read, with full IRIs."""
    words = [field.name for field in fields(Manner)]
    return {
        expand(name): Manner(**{word: tuple(map(expand, getattr(manner, word))) for word in words})
        for name, manner in manners().items()
    }


def _in_manner(names: list[str], manner: Manner) -> list[str]:
    """The properties of a part that are told: those of ``first``, the others, those in brackets."""
    left_out = {TYPE, _NOTE_TYPE, *manner.silent, *manner.span}
    others = [name for name in names if name not in (*manner.first, *manner.brackets)]
    told = [*manner.first, *others, *manner.brackets]
    return [name for name in told if name in names and name not in left_out]


def _day(term: Term) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(term.value)
    return None


class _Reading:
    """Turns terms into texts, with the labels and the parts of one entity at hand."""

    def __init__(self, nodes: dict[str, Node], known: dict[str, str], language: str, base: str) -> None:
        self.nodes, self.known, self.language, self.base = nodes, known, language, base

    def worded(self, name: str, terms: list[Term]) -> list[Term]:
        """The values of a property; of what is said in each language only the page's, where there is one."""
        languages = {term.language for term in terms if isinstance(term, ox.Literal)}
        if name not in _WORDED or self.language not in languages:
            return terms
        wanted = (self.language, None)
        return [term for term in terms if not isinstance(term, ox.Literal) or term.language in wanted]

    def fact(self, name: str, values: list[Term]) -> Fact:
        values = self.worded(name, values)
        texts = dict.fromkeys(self.value(value, name) for value in values[:MOST_VALUES])
        entities = {value.text for value in texts if self.is_ours(value.iri)}
        ordered = sorted(
            (v for v in texts if v.text and (self.is_ours(v.iri) or v.text not in entities)),
            key=lambda v: (v.language not in (self.language, ""), v.text),
        )
        return Fact(name, property_name(name, self.language), tuple(ordered), max(0, len(values) - MOST_VALUES))

    def value(self, term: Term, name: str = "") -> Value:
        """A value of the property ``name``: a part of the entity as one line, else its label or its text."""
        if isinstance(term, ox.Literal):
            return Value(_literal(term, self.language), language=term.language or "")
        if term.value in self.nodes:
            return self.part(term.value, 0, name)
        label = self.known.get(term.value) or code_name(term.value, self.language)
        if not label and "#" in term.value and self.base and term.value.startswith(self.base):
            return Value("")
        return Value(label or shorten(term.value, self.base), iri=term.value)

    def part(self, iri: str, depth: int, name: str = "") -> Value:
        """A part of the entity (address, title, contribution …) as one line, which leads to what is told first:
        rather to an entity of ours than to a code, and not to what is in brackets."""
        manner, node = _manners().get(name, _PLAIN), self.nodes[iri]
        told: dict[str, None] = dict.fromkeys(self.span(node, manner))
        added: dict[str, None] = {}
        links: list[str] = []
        for said in _in_manner(_ordered(node), manner):
            for term in self.worded(said, node[said]):
                nested = isinstance(term, ox.NamedNode) and term.value in self.nodes and depth < _DEEPEST
                value = self.part(term.value, depth + 1, said) if nested else self.value(term, said)
                if value.text:
                    text = self._figure(said, term, value.text, named=said in manner.named)
                    (added if said in manner.brackets else told)[text] = None
                    if value.iri and said not in manner.brackets:
                        links.append(value.iri)
        line = self.kind_of_note(iri) + self.sort_of(node, manner) + ", ".join(told)
        ours = (link for link in links if self.is_ours(link))
        return Value(line + (f" ({', '.join(added)})" if added else ""), iri=next(ours, next(iter(links), "")))

    def is_ours(self, iri: str) -> bool:
        """Whether an IRI is of an entity of this network."""
        return bool(self.base) and iri.startswith(self.base)

    def sort_of(self, node: Node, manner: Manner) -> str:
        """What a part is, before its text, where that tells more than its property does."""
        types = {term.value for term in node.get(TYPE, [])}
        return next((f"{code_name(one, self.language)}: " for one in manner.classes if one in types), "")

    def span(self, node: Node, manner: Manner) -> Iterator[str]:
        """Two days as one span, where both are known."""
        days = [_day(term) for name in manner.span for term in node.get(name, [])[:1]]
        if len(days) == 2 and (first := days[0]) and (last := days[1]):
            yield format_interval(first, last, "yMMMd", locale=self.language).replace("\u2009", " ")
        elif manner.span:
            yield from (self.value(term).text for name in manner.span for term in node.get(name, []))

    def kind_of_note(self, iri: str) -> str:
        """What a note is about, before its text; a kind of a published list has a name of its own."""
        kinds = [term.value for term in self.nodes[iri].get(_NOTE_TYPE, []) if isinstance(term, ox.Literal)]
        return f"{kind_of_note(kinds[0], self.language)}: " if kinds else ""

    def _figure(self, name: str, term: Term, text: str, *, named: bool) -> str:
        """A number with what it counts, since a bare one says nothing; coordinates need no name."""
        counts = isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in ("integer", "decimal")
        if not named and (not counts or name in _COORDINATES):
            return text
        return f"{property_name(name, self.language)}: {text}"


def _literal(term: ox.Literal, language: str) -> str:
    """The text of a value: a day in words, true and false as yes and no, anything else as it stands."""
    kind = term.datatype.value.rpartition("#")[2]
    with suppress(ValueError):
        if kind == "date":
            return format_date(date.fromisoformat(term.value), "medium", locale=language)
        if kind == "dateTime":
            moment = datetime.fromisoformat(term.value)
            return (
                f"{format_date(moment, 'medium', locale=language)} {format_time(moment, 'short', locale=language)}"
            )
    if kind.endswith("/edtf"):
        return spoken(term.value, language)
    if kind == "boolean":
        words = {"id": ("tidak", "ya"), "en": ("no", "yes")}[language]
        return words[term.value == "true"]
    return shown(term.value)


def property_name(iri: str, language: str) -> str:
    """What a property is called: by the display file, else its own name spelt out."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            local = iri[len(namespace) :]
            names = properties().get(f"{prefix}:{local}")
            return names[language] if names else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local).lower()
    return iri.rpartition("/")[2].rpartition("#")[2]
