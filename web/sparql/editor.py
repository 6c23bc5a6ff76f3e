"""The page at ``/sparql`` for people: a form that works without scripts, and the editor that takes its place."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request

from graph.names import shorten
from ontology.federation import federated_queries
from web.site import site
from web.sparql.answering import ask
from web.sparql.examples import examples
from web.sparql.formats import SOLUTIONS, TRIPLES, Format
from web.sparql.pool import Answer
from web.sparql.protocol import Operation

POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The editor sets styles from its script; scripts, and everything else, still come from us alone."""
SHOWN_ROWS = 1000
_SHOWN_BYTES = 4 << 20
_START = "SELECT ?class (COUNT(?s) AS ?n)\nWHERE { ?s a ?class }\nGROUP BY ?class\nORDER BY DESC(?n)"
_LABELS = {
    "en": {
        "query": "Query",
        "format": "Format",
        "run": "Ask",
        "result": "Result",
        "examples": "Examples",
        "federated": "For your own query engine",
        "engine": "This service asks nobody else (SERVICE is refused). The queries below ask it from outside: save "
        "one as a file and run it with an engine of yours, such as Apache Jena's arq, Comunica or Oxigraph.",
        "html": "Table on this page",
        "sentence": "Ask the graph in SPARQL. A query may take {seconds:g} seconds; writing needs a token.",
        "cut": "Only the first {rows:,} rows are shown here; the other formats give all of them.",
        "large": "The result is too large for a page; ask for it as CSV.",
    },
    "id": {
        "query": "Kueri",
        "format": "Format",
        "run": "Tanyakan",
        "result": "Hasil",
        "examples": "Contoh",
        "federated": "Untuk mesin kueri Anda sendiri",
        "engine": "Layanan ini tidak bertanya ke tempat lain (SERVICE ditolak). Kueri di bawah bertanya dari luar: "
        "simpan sebagai berkas dan jalankan dengan mesin Anda, misalnya arq (Jena), Comunica, atau Oxigraph.",
        "html": "Tabel di halaman ini",
        "sentence": "Tanyai graf dengan SPARQL. Satu kueri paling lama {seconds:g} detik; menulis perlu token.",
        "cut": "Hanya {rows:,} baris pertama yang ditampilkan; format lain memberikan semuanya.",
        "large": "Hasilnya terlalu besar untuk satu halaman; mintalah sebagai CSV.",
    },
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as the page shows it: rows of cells, or text."""

    note: str = ""
    text: str = ""
    names: list[str] = field(default_factory=list)
    rows: list[list[dict[str, str]]] = field(default_factory=list)


def page(query: str = _START, shown: Shown | None = None) -> Response:
    """The page, with a query in it and perhaps its result."""
    language, labels = _language(), _LABELS[_language()]
    formats = [("html", labels["html"]), *((form.key, form.mime) for form in (*SOLUTIONS, *TRIPLES))]
    content = render_template(
        "sparql.html",
        labels=labels,
        sentence=labels["sentence"].format(seconds=site().settings.seconds("query_seconds")),
        action="/sparql",
        query=query,
        formats=formats,
        result=shown,
        examples=[
            {"title": e.titles[language], "query": e.query, "href": "/sparql?" + urlencode({"query": e.query})}
            for e in examples(site().base_iri)
        ],
        federated=[
            {"title": q.title[language], "sentence": q.sentence[language], "text": q.at(site().url("/sparql"))}
            for q in federated_queries()
        ],
    )
    return Response(content, headers={"Content-Security-Policy": POLICY}, mimetype="text/html")


def result_page(operation: Operation, *, graph: bool) -> Response:
    """The page with the answer to its query."""
    form = TRIPLES[0] if graph else SOLUTIONS[0]
    answer = ask(operation, form)
    try:
        content = _read(answer)
    finally:
        answer.close()
    return page(operation.text, _shown(content, form))


def _read(answer: Answer) -> bytes | None:
    """The result, None when it is too large to be shown."""
    content = bytearray()
    for chunk in answer.chunks():
        content += chunk
        if len(content) > _SHOWN_BYTES:
            return None
    return bytes(content)


def _shown(content: bytes | None, form: Format) -> Shown:
    labels = _LABELS[_language()]
    if content is None:
        return Shown(note=labels["large"])
    if form in TRIPLES:
        return Shown(text=content.decode())
    document: dict[str, Any] = json.loads(content)
    if "boolean" in document:
        return Shown(text=str(document["boolean"]).lower())
    names, bindings = document["head"]["vars"], document["results"]["bindings"]
    note = labels["cut"].format(rows=SHOWN_ROWS) if len(bindings) > SHOWN_ROWS else ""
    return Shown(note, "", names, [[_cell(row.get(name)) for name in names] for row in bindings[:SHOWN_ROWS]])


def _cell(term: dict[str, Any] | None) -> dict[str, str]:
    if term is None:
        return {"text": ""}
    value = term["value"]
    if term["type"] == "uri":
        here = site()
        ours = here.path(value)
        safe = ours or (value if value.startswith(("http://", "https://")) else "")
        return {"text": shorten(value, here.base_iri), "href": safe}
    return {"text": str(value), "lang": term.get("xml:lang", "")}


def _language() -> str:
    best = request.accept_languages.best_match(_LABELS)
    return request.args.get("lang", "") if request.args.get("lang") in _LABELS else best or _default()


def _default() -> str:
    text = site().settings.text("language")
    return text if text in _LABELS else "id"
