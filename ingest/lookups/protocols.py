"""The protocols of services: how a heading is asked for, and how the answer is read into entries.

Nothing in an answer is trusted: what has another form than its protocol says is passed over, an IRI that is not the
service's own too; an answer that is no answer of the protocol at all raises ServiceError.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from graph.authority_numbers import link
from graph.errors import ServiceError
from graph.matching.entry import Entry
from graph.matching.heading import Heading
from ingest.authority_files.json_lines import entity
from ingest.lookups.fetching import Question
from ingest.lookups.services import Service

LONGEST = 1000
"""Characters of one text of an answer that are taken."""
MOST = 200
"""Texts of one list of an answer that are taken."""
JSON = {"Accept": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", **JSON}
_DATES = re.compile(r",?\s*\(?(\d{3,4}\s*-\s*(?:\d{3,4})?|-\s*\d{3,4})\)?\.?$")
_VIAF_SOURCES = {"lc": "http://id.loc.gov/authorities/names/{}", "dnb": "https://d-nb.info/gnd/{}"}


def question(service: Service, heading: Heading) -> Question:
    """What to ask a service about a heading."""
    return _ASKING[service.protocol](service, heading)


def entries(service: Service, kind: str, body: bytes) -> list[Entry]:
    """The entries of an answer. Raises ServiceError when it is no answer of the protocol."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ServiceError(f"{service.title} answers with something else than JSON.", "Try again later.") from error
    try:
        found = _READING[service.protocol](service, kind, answer)
        return sound(service, found)[: service.limit]
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        message = f"{service.title} answers in another form than {service.protocol} has."
        raise ServiceError(message, "Is the address right?") from error


def sound(service: Service, found: Iterator[Entry]) -> list[Entry]:
    """Entries with an IRI of the service's own and a name, each IRI once."""
    by_iri: dict[str, Entry] = {}
    for one in found:
        proper = re.fullmatch(r'https?://[^\s<>"{}|\\^`\x00-\x20]{1,500}', one.iri)
        if proper and one.iri.startswith(service.iri) and one.label.strip():
            by_iri.setdefault(one.iri, one)
    return list(by_iri.values())


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list, or one text, within bounds; anything else is nothing."""
    values = value if isinstance(value, list) else [value]
    return tuple(one.strip()[:LONGEST] for one in values[:MOST] if isinstance(one, str) and one.strip())


def text(value: Any) -> str:
    """The first text of a value."""
    return next(iter(texts(value)), "")


def numbers(values: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """The IRIs of authority lists among some IRIs and numbers, in the form we use."""
    return tuple(dict.fromkeys(found.iri for one in values if (found := link(one))))


def dated(label: str) -> str:
    """The dates at the end of a heading.

    >>> dated("Toer, Pramoedya Ananta, 1925-2006")
    '1925-2006'
    """
    found = _DATES.search(label)
    return re.sub(r"\s", "", found[1]) if found else ""


def _ask_suggest2(service: Service, heading: Heading) -> Question:
    path, _, type_ = service.types.get(heading.kind, "authorities").partition(" ")
    asked = {"q": heading.text, "searchtype": "keyword", "count": str(service.limit)}
    asked |= {"rdftype": type_} if type_ else {}
    return Question(f"{service.address}/{path}/suggest2?{urlencode(asked)}", headers=JSON)


def _read_suggest2(service: Service, kind: str, answer: Any) -> Iterator[Entry]:
    for hit in answer["hits"]:
        if isinstance(hit, dict):
            more = hit["more"] if isinstance(hit.get("more"), dict) else {}
            label = text(hit.get("aLabel")) or text(hit.get("suggestLabel"))
            variants = (*texts(hit.get("vLabel")), *texts(more.get("variantLabels")))
            born, died = text(more.get("birthdates")), text(more.get("deathdates"))
            dates = f"{born[:4]}-{died[:4]}" if born or died else dated(label)
            same = numbers((*texts(more.get("identifiers")), *texts(more.get("sources"))))
            yield Entry(text(hit.get("uri")), label, kind, variants, dates, identifiers=same,
                        description="; ".join(texts(more.get("notes"))[:3]))  # fmt: skip


def _ask_lobid(service: Service, heading: Heading) -> Question:
    plain = re.sub(r"[^\w\s,.'-]", " ", heading.text)  # lobid reads q as Lucene's query language
    asked = {"q": plain, "format": "json", "size": str(service.limit)}
    asked |= {"filter": f"type:{service.types[heading.kind]}"} if heading.kind in service.types else {}
    return Question(f"{service.address}?{urlencode(asked)}", headers=JSON)


def _read_lobid(service: Service, kind: str, answer: Any) -> Iterator[Entry]:
    for one in answer["member"]:
        if isinstance(one, dict) and (found := entity(one, kind)):
            yield found


def _ask_viaf(service: Service, heading: Heading) -> Question:
    return Question(f"{service.address}?{urlencode({'query': heading.text})}", headers=JSON)


def _read_viaf(service: Service, kind: str, answer: Any) -> Iterator[Entry]:
    wanted = service.types.get(kind, "")
    for one in answer["result"] or ():
        if isinstance(one, dict) and (not wanted or one.get("nametype") in {wanted, None}):
            number, label = text(one.get("viafid")), text(one.get("displayForm")) or text(one.get("term"))
            same = [form.format(text(one.get(key))) for key, form in _VIAF_SOURCES.items() if text(one.get(key))]
            variants = tuple(name for name in texts(one.get("term")) if name != label)
            if number.isdecimal():
                yield Entry(service.iri + number, label, kind, variants, dated(label), identifiers=numbers(same))


def query(service: Service, heading: Heading) -> dict[str, Any]:
    """The query of a Reconciliation service about a heading, version 0.2."""
    asked: dict[str, Any] = {"query": heading.text, "limit": service.limit}
    return asked | ({"type": service.types[heading.kind]} if heading.kind in service.types else {})


def _ask_reconcile(service: Service, heading: Heading) -> Question:
    body = urlencode({"queries": json.dumps({"q0": query(service, heading)}, ensure_ascii=False)}).encode()
    return Question(service.address, body, FORM)


def _read_reconcile(service: Service, kind: str, answer: Any) -> Iterator[Entry]:
    for one in answer["q0"]["result"]:
        if isinstance(one, dict):
            iri = text(one.get("id"))
            iri = iri if iri.startswith(("http://", "https://")) else service.iri + iri
            label, told = text(one.get("name")), text(one.get("description"))
            yield Entry(iri, label, kind, dates=dated(label), description=told)


_Asking = Callable[[Service, Heading], Question]
_Reading = Callable[[Service, str, Any], Iterator[Entry]]
_ASKING: dict[str, _Asking] = {
    "suggest2": _ask_suggest2, "lobid": _ask_lobid, "viaf": _ask_viaf, "reconcile": _ask_reconcile,
}  # fmt: skip
_READING: dict[str, _Reading] = {
    "suggest2": _read_suggest2, "lobid": _read_lobid, "viaf": _read_viaf, "reconcile": _read_reconcile,
}  # fmt: skip
