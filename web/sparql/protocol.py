"""The request side of the SPARQL 1.1 Protocol: what was asked, of which dataset, by which of the allowed ways."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Request
from pyoxigraph import NamedNode

from graph.errors import QueryError
from web.failures import Refused

FORM = "application/x-www-form-urlencoded"
DIRECT = {"application/sparql-query": "query", "application/sparql-update": "update"}
_DATASET = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
_FORM_FACTOR = 4


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or update as sent: its text, the dataset the request names (None where it names none), the format."""

    kind: str
    text: str
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None
    format: str = ""


def read_operation(request: Request, limit: int) -> Operation | None:
    """The operation of a request; None for a GET without one. ``limit`` bounds the text, in bytes.

    Raises QueryError for what the protocol forbids, Refused for a body that is too large or of another type.
    """
    in_address = _pairs(request.query_string)
    if request.method == "POST":
        return _posted(request, in_address, limit)
    if _values(in_address, "update"):
        raise Refused(405, "An update must be sent by POST.", "See SPARQL 1.1 Protocol, 2.2.", Allow="POST")
    return _operation("query", in_address) if _values(in_address, "query") else None


def _posted(request: Request, in_address: list[tuple[str, str]], limit: int) -> Operation:
    body = _body(request, limit * _FORM_FACTOR)
    if request.mimetype == FORM:
        fields = _pairs(body)
        kinds = [kind for kind in ("query", "update") if _values(fields, kind)]
        if len(kinds) != 1:
            raise QueryError("The form must hold one field `query` or one field `update`.")
        return _operation(kinds[0], fields + [pair for pair in in_address if pair[0] == "format"])
    if request.mimetype in DIRECT:
        charset = request.mimetype_params.get("charset", "utf-8").lower()
        if charset not in {"utf-8", "utf8", "us-ascii"}:
            raise Refused(415, f"The text is sent as {charset}.", "Send it as UTF-8.")
        kind = DIRECT[request.mimetype]
        return _operation(kind, [(kind, _utf8(body)), *in_address])
    types = ", ".join((FORM, *DIRECT))
    raise Refused(
        415, f"A body of type {request.mimetype or 'unknown'} cannot be read here.", f"Send one of {types}."
    )


def _body(request: Request, limit: int) -> bytes:
    if (request.content_length or 0) > limit:
        raise Refused(413, f"The body is longer than the {limit:,} bytes accepted here.", "Send shorter text.")
    request.max_content_length = limit
    return request.get_data(cache=False)


def _operation(kind: str, fields: list[tuple[str, str]]) -> Operation:
    texts = _values(fields, kind)
    if len(texts) != 1:
        raise QueryError(f"The request holds {len(texts)} fields `{kind}`; it must hold one.")
    default, named = (_graphs(_values(fields, name)) for name in _DATASET[kind])
    given = bool(default or named)
    wanted = (_values(fields, "format") or _values(fields, "output") or [""])[0]
    return Operation(kind, texts[0], default if given else None, named if given else None, wanted)


def _values(fields: list[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in fields if key == name]


def _graphs(iris: list[str]) -> tuple[str, ...]:
    for iri in iris:
        try:
            NamedNode(iri)
        except ValueError as error:
            raise QueryError(f"{iri!r} is no IRI of a graph: {error}.") from error
    return tuple(iris)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except (UnicodeDecodeError, ValueError) as error:
        raise QueryError("The fields are not percent-encoded UTF-8.") from error


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"The text is not UTF-8: byte {error.start}.") from error
