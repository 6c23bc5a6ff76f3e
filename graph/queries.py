"""Asking saved queries: parameters are read, checked and written into the query; rows come back with labels."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from graph.dates import day, resolve
from graph.errors import NotFound, QueryError
from graph.identifiers import Ambiguous, identified, iri
from graph.labels import labels
from graph.names import PREFIXES
from graph.store import Row as Terms
from graph.store import Store
from ontology.queries import PARAMETER_LINE, REQUIRED, Parameter, SavedQuery, saved_queries

Value = str | int | bool | date | Decimal | None
_XSD = PREFIXES["xsd"]
_WHOLE_IRI = re.compile(r"(https?|urn):")
_ORDER = re.compile(r"\sORDER BY(?P<keys>(?:\s+(?:ASC|DESC)?\(?\?\w+\)?)+)\s*$")
_SORTED_BY = re.compile(r"(DESC)?\(?\?(\w+)")


class Row(dict[str, Value]):
    """One answer row: by column name (``row["fee"]``) or as an attribute (``row.fee``)."""

    def __getattr__(self, name: str) -> Value:
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error


@dataclass(frozen=True)
class Answers:
    """The rows of a saved query, the values asked with, and the SPARQL that was sent."""

    query: SavedQuery
    given: Mapping[str, str]
    sparql: str
    rows: list[Row]
    terms: list[Terms] = field(repr=False)
    store: Store = field(repr=False)

    def labels(self, language: str = "id") -> dict[str, str]:
        """What to show for each IRI among the rows."""
        iris = {term.value for row in self.terms for term in row.values() if isinstance(term, ox.NamedNode)}
        return labels(self.store, iris, language)


def find(name: str) -> SavedQuery:
    """A saved query by its name, its number (``cq01``) or its name without number. Raises NotFound."""
    known = saved_queries()
    if name in known:
        return known[name]
    fitting = [full for full in known if name.lower() in (full.partition("-")[0], full.partition("-")[2])]
    if len(fitting) != 1:
        raise NotFound(f"There is no saved query {name!r}.", "`jejaring ask --list` names them all.")
    return known[fitting[0]]


@dataclass(frozen=True)
class Question:
    """A saved query with its parameters filled in: the term of each, and the SPARQL to send."""

    query: SavedQuery
    terms: Mapping[str, str]
    sparql: str

    @property
    def given(self) -> dict[str, str]:
        """The values asked with, as they are shown."""
        return {key: term.strip("<>") for key, term in self.terms.items()}


def prepared(store: Store, name: str, given: Mapping[str, Any], base: str, on: date | None = None) -> Question:
    """A saved query ready to be asked. Raises NotFound (no such query) and QueryError (wrong parameters)."""
    query = find(name)
    terms = parameters(store, query, given, base, on)
    return Question(query, terms, substituted(query, terms))


def ask(store: Store, name: str, given: Mapping[str, Any], base: str, on: date | None = None) -> Answers:
    """The answers of a saved query. Raises NotFound (no such query) and QueryError (wrong parameters)."""
    question = prepared(store, name, given, base, on)
    terms = in_order(store, question.sparql)
    return Answers(question.query, question.given, question.sparql, rows(terms), terms, store)


def rows(found: Iterable[Terms]) -> list[Row]:
    """Rows of terms as rows of Python values."""
    return [Row((name, native(term)) for name, term in row.items()) for row in found]


def in_order(store: Store, sparql: str) -> list[Terms]:
    """The rows of a query in the order it asks for at its end.

    An embedded store reads both values from the disk for each comparison, which took a third to half of the time of
    questions with thousands of rows; here each is read once.
    """
    found = _ORDER.search(sparql)
    if found is None:
        return store.select(sparql)
    names = _SORTED_BY.findall(found["keys"])
    rows = store.select(sparql[: found.start()])
    if rows and not {name for _, name in names} <= rows[0].keys():
        return store.select(sparql)
    for descending, name in reversed(names):
        rows.sort(key=lambda row, name=name: _rank(row[name]), reverse=bool(descending))  # type: ignore[misc]
    return rows


def _rank(term: ox.NamedNode | ox.Literal | ox.BlankNode | None) -> tuple[int, Any]:
    """Where a term stands in the order of SPARQL: nothing, IRIs, then literals by their values."""
    if not isinstance(term, ox.Literal):
        return (0, "") if term is None else (1, term.value)
    value = native(term)
    if isinstance(value, int | Decimal):
        return 2, value
    return (3, value) if isinstance(value, date) else (4, term.value)


def parameters(
    store: Store, query: SavedQuery, given: Mapping[str, Any], base: str, on: date | None = None
) -> dict[str, str]:
    """The SPARQL term of each parameter: given, or by its default rule. Raises QueryError."""
    unknown = set(given) - {parameter.name for parameter in query.parameters}
    if unknown:
        names = ", ".join(parameter.name for parameter in query.parameters) or "none"
        raise QueryError(f"{query.name} has no parameter {', '.join(sorted(unknown))}.", f"It takes: {names}.")
    today = day(given["today"]) if given.get("today") else on or date.today()
    return {p.name: _term(store, query, p, given.get(p.name), base, today) for p in query.parameters}


def substituted(query: SavedQuery, terms: Mapping[str, str]) -> str:
    """The query's text with these terms in its parameter lines."""

    def line(found: re.Match[str]) -> str:
        values = " ".join(terms[name.lstrip("?")] for name in found["names"].split())
        return f"{found['indent']}VALUES ({found['names']}) {{ ({values}) }}"

    return PARAMETER_LINE.sub(line, query.text)


def _term(store: Store, query: SavedQuery, parameter: Parameter, value: Any, base: str, today: date) -> str:
    if value in (None, ""):
        value = parameter.default
        if value == REQUIRED:
            raise QueryError(
                f"{query.name} needs {parameter.name} ({parameter.label['en']}).",
                f"Give for instance {parameter.name}={parameter.example.rpartition('/id/')[2]}.",
            )
        if value == "any":
            return "UNDEF"
        if value == "only network":
            return f"<{only_network(store)}>"
    if parameter.type == "entity":
        return f"<{_meant(store, base, str(value))}>"
    return typed(parameter, value, base, today)


def _meant(store: Store, base: str, text: str) -> str:
    """The IRI of an entity by id, IRI, number, code, title or name; an unknown id stands for itself, since
    what bore it may have been withdrawn. Raises QueryError."""
    if _WHOLE_IRI.match(text):
        return iri(text, base)
    try:
        return identified(store, base, text)
    except NotFound as error:
        if isinstance(error, Ambiguous) or " " in text.strip():
            raise QueryError(error.message, error.remedy) from error
        return iri(text, base)


def typed(parameter: Parameter, value: Any, base: str, today: date) -> str:
    """A value as the SPARQL term its parameter asks for. Raises QueryError."""
    text = str(value)
    if parameter.type == "date":
        return f'"{resolve(text, today).isoformat()}"^^<{_XSD}date>'
    if parameter.type == "integer":
        if not re.fullmatch(r"[+-]?\d{1,18}", text):
            raise QueryError(f"{parameter.name} must be a whole number, not {text!r}.")
        return text
    if parameter.type == "language":
        if text not in ("id", "en"):
            raise QueryError(f"{parameter.name} must be id or en, not {text!r}.")
        return f'"{text}"'
    return f"<{iri(text, base, code=parameter.type == 'code')}>"


def only_network(store: Store) -> str:
    """The network, when there is just one. Raises QueryError."""
    rows = store.select(f"SELECT ?n WHERE {{ ?n a <{PREFIXES['jp']}Network> }} LIMIT 2")
    if len(rows) != 1:
        raise QueryError(f"There are {'several' if rows else 'no'} networks.", "Say which one: network=ID.")
    network = rows[0]["n"]
    assert network is not None
    return network.value


def native(term: ox.NamedNode | ox.Literal | ox.BlankNode | None) -> Value:
    """A term as a Python value; IRIs and durations stay text."""
    if not isinstance(term, ox.Literal):
        return None if term is None else term.value
    kind = term.datatype.value.removeprefix(_XSD)
    if kind == "integer":
        return int(term.value)
    if kind in ("decimal", "double", "float"):
        return Decimal(term.value)
    if kind == "boolean":
        return term.value == "true"
    if kind == "date":
        return date.fromisoformat(term.value[:10])
    return term.value
