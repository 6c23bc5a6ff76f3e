"""SPARQL endpoints through SPARQLWrapper, which makes the request and knows the protocol; the fetching is ours."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from SPARQLWrapper import JSON, POST, SPARQLWrapper

from graph.errors import ServiceError
from graph.matching.entry import Entry
from graph.matching.heading import Heading
from ingest.lookups.fetching import Question
from ingest.lookups.protocols import MOST, numbers, sound, text
from ingest.lookups.services import Service

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PLACE = re.compile(r"\$(text|direct|language)\b")


Values = defaultdict[str, dict[str, str]]
"""Variable of a query → its values → the language of each."""


def sparql_question(service: Service, heading: Heading, language: str) -> Question:
    """The request of the SPARQL protocol for a service's query about a heading."""
    wrapper = SPARQLWrapper(service.address, returnFormat=JSON)
    wrapper.setMethod(POST)
    wrapper.setQuery(filled(service.query, heading.text, language))
    request = wrapper._createRequest()
    headers = {name: value for name, value in request.header_items() if name.lower() != "user-agent"}
    body = request.data
    assert isinstance(body, bytes)
    return Question(request.full_url, body, headers)


def filled(query: str, name: str, language: str) -> str:
    """A query with its places filled by literals, each quoted so that it stays one."""
    values = {"text": name, "direct": direct(name), "language": language}
    return _PLACE.sub(lambda place: literal(values[place[1]]), query)


def literal(value: str) -> str:
    """A text as a SPARQL literal.

    >>> literal('so "called"')
    '"so \\\\"called\\\\""'
    """
    return '"' + "".join(_ESCAPED.get(one, one) for one in value) + '"'


def direct(name: str) -> str:
    """A heading in the order of speech, without dates.

    >>> direct("Toer, Pramoedya Ananta, 1925-2006")
    'Pramoedya Ananta Toer'
    """
    parts = [part.strip() for part in name.split(",") if part.strip() and not re.search(r"\d", part)]
    return " ".join([*parts[1:2], *parts[:1], *parts[2:]]) or name


def sparql_entries(service: Service, kind: str, answer: Any) -> list[Entry]:
    """The entries of a result in SPARQL 1.1 JSON. Raises ServiceError when it is none."""
    try:
        rows = answer["results"]["bindings"]
        said: defaultdict[str, Values] = defaultdict(lambda: defaultdict(dict))
        for row in rows:
            iri = text(row["iri"]["value"]) if "iri" in row else ""
            for name, term in row.items():
                value = text(term["value"])
                if iri and value and len(said[iri][name]) < MOST:
                    said[iri][name].setdefault(value, text(term.get("xml:lang")))
        return sound(service, _entries(said, kind))[: service.limit]
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        message = f"{service.title} answers in another form than SPARQL has."
        raise ServiceError(message, "Is the address right?") from error


def _entries(said: dict[str, Values], kind: str) -> Iterator[Entry]:
    for iri, values in said.items():
        labels = list(values["label"])
        if labels:
            variants = (*labels[1:], *values["variant"])
            born, died = _year(values["birth"]), _year(values["death"])
            yield Entry(
                iri, labels[0], kind, variants, f"{born}-{died}" if born or died else "",
                identifiers=numbers(list(values["same"])), coordinates=_coordinates(values),
                place=next(iter(values["place"]), ""), description=next(iter(values["description"]), ""),
                tagged=_tagged(values), preferred=tuple(labels[1:]),
            )  # fmt: skip


def _tagged(values: Values) -> tuple[str, ...]:
    """Names after the tag of their language; ``mul`` is Wikidata's for all languages."""
    names = [pair for part in ("label", "variant") for pair in values[part].items()]
    return tuple(f"{tag} {name}" for name, tag in names if tag and tag != "mul")


def _year(values: dict[str, str]) -> str:
    found = re.match(r"[+-]?0*(\d{1,4})", next(iter(values), ""))
    return found[1].zfill(4) if found else ""


def _coordinates(values: Values) -> tuple[float, float] | None:
    try:
        lat, long = float(next(iter(values["lat"]))), float(next(iter(values["long"])))
    except (StopIteration, ValueError):
        return None
    return (lat, long) if abs(lat) <= 90 and abs(long) <= 180 else None
