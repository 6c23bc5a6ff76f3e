"""Formats: which media types we write for which kind of result, and which of them a request likes best.

Several media types may name one format; ``application/json`` is what programs ask for when they mean whatever
JSON there is (SPARQL 1.1 Protocol, section 2.1.6; RFC 9110, section 12.5.1, for the q-values).
"""

from dataclasses import dataclass

from werkzeug.datastructures import MIMEAccept

from web.failures import Refused


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a result: ``key`` names it to the child process and in addresses, ``mime`` in headers;
    ``names`` are what client libraries send for it as ``format`` or ``output``.
    """

    key: str
    mime: str
    also: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


SOLUTIONS = (
    Format("json", "application/sparql-results+json", ("application/json",)),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
)
TRIPLES = (
    Format("ttl", "text/turtle", ("application/x-turtle",), ("turtle", "n3")),
    Format("nt", "application/n-triples", ("text/plain",), ("ntriples", "n-triples")),
    Format("rdf", "application/rdf+xml", ("application/xml", "text/xml"), ("xml", "rdf+xml", "rdfxml")),
    Format("jsonld", "application/ld+json", ("application/json",), ("json-ld", "json")),
)
PAGE = Format("html", "text/html", ("application/xhtml+xml",))


def choose(accept: MIMEAccept, offered: tuple[Format, ...], wanted: str = "") -> Format:
    """The format to answer with; ``wanted`` is a key or media type given in the address, which goes first.

    Raises Refused with 406 when none of those on offer is acceptable.
    """
    if wanted:
        return _named(wanted, offered)
    by_mime = {mime: form for form in reversed(offered) for mime in (*form.also, form.mime)}
    ordered = [form.mime for form in offered] + [mime for form in offered for mime in form.also]
    best = accept.best_match(ordered, "") if accept else offered[0].mime
    if not best:
        raise Refused(406, "None of the formats you accept is on offer.", f"There are: {_listed(offered)}.")
    return by_mime[best]


def _named(wanted: str, offered: tuple[Format, ...]) -> Format:
    for form in offered:
        if wanted.lower() in {form.key, form.mime, *form.also, *form.names}:
            return form
    raise Refused(406, f"There is no format {wanted!r} for this.", f"There are: {_listed(offered)}.")


def _listed(offered: tuple[Format, ...]) -> str:
    return ", ".join(f"{form.key} ({form.mime})" for form in offered)
