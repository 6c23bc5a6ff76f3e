"""Answering: a judged query goes to the pool, and its result goes out as it comes."""

import logging
import tempfile
from collections.abc import Iterator
from ipaddress import IPv6Address, ip_address
from time import monotonic

from flask import Response, current_app, request, stream_with_context

from graph.settings import Settings
from web.failures import Refused
from web.site import site
from web.sparql.formats import Format
from web.sparql.pool import Answer, Pool
from web.sparql.protocol import Operation
from web.sparql.question import CutOff, Question

LOG = logging.getLogger("jejaring.sparql")
_SPOOLED = 1 << 20


def make_pool(settings: Settings) -> Pool:
    """The pool of an application, as its settings say; its children start with the first query."""
    memory = settings.number("query_memory_mb") << 20
    largest = settings.number("result_mb") << 20
    return Pool(settings.number("query_workers"), memory, settings.number("query_waiting"), largest)


def pool() -> Pool:
    """The pool of the application that serves this request."""
    found: Pool = current_app.extensions["sparql_pool"]
    return found


def ask(operation: Operation, form: Format) -> Answer:
    """The answer of the pool on the release this request reads. Raises QueryError, QueryTimeout, Refused."""
    here = site()
    question = Question(
        store=str((here.release.path / "store").resolve()),
        text=operation.text,
        base=here.base_iri + "/",
        format=form.key,
        client=client(),
        deadline=monotonic() + here.settings.seconds("query_seconds"),
        default=operation.default,
        named=operation.named,
    )
    return pool().ask(question, request.environ.get("waitress.client_disconnected", lambda: False))


def respond(answer: Answer, form: Format) -> Response:
    """The result as a response: with its length when it is complete, else in chunks that break off when it does."""
    if answer.complete:
        response = Response(b"".join(answer.chunks()))
    elif request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0":
        response = _whole(answer)
    else:
        response = Response(stream_with_context(_watched(answer)))
        response.call_on_close(answer.close)
    response.headers["Content-Type"] = form.mime + ("; charset=utf-8" if form.mime.startswith("text/") else "")
    return response


def client() -> str:
    """Who asks, for fairness: the address, and for IPv6 the network it is in."""
    text = request.remote_addr or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else text


def _watched(answer: Answer) -> Iterator[bytes]:
    """The chunks; what cuts them off is logged and goes on to the server, which then drops the connection."""
    try:
        yield from answer.chunks()
    except CutOff as error:
        LOG.warning("A result was cut off: %s", error)
        raise


def _whole(answer: Answer) -> Response:
    """HTTP/1.0 has no chunks that could break off visibly: the result is completed first."""
    spool = tempfile.SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115 the response closes it
    try:
        for chunk in answer.chunks():
            spool.write(chunk)
    except CutOff as error:
        raise Refused(504, str(error), "Ask for less, or add a LIMIT.") from error
    finally:
        answer.close()
    length = spool.tell()
    spool.seek(0)
    response = Response(iter(lambda: spool.read(_SPOOLED), b""), headers={"Content-Length": str(length)})
    response.call_on_close(spool.close)
    return response
