"""The same store interface over any SPARQL 1.1 endpoint, for those who outgrow one machine.

Query and update go through SPARQLWrapper, whole graphs through the graph store protocol. Seen working with
Oxigraph's server and Virtuoso 7.2; Virtuoso takes updates at ``/sparql-auth`` with Digest and fails near 5,000
triples in one INSERT DATA, hence ``BATCH``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from itertools import islice
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    Request,
    build_opener,
)

import pyoxigraph as ox
from SPARQLWrapper import BASIC, DIGEST, JSON, N3, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import (
    EndPointInternalError,
    EndPointNotFound,
    QueryBadFormed,
    SPARQLWrapperException,
    Unauthorized,
    URITooLong,
)

from graph.errors import QueryError, QueryTimeout, StoreError
from graph.store import Row

BATCH = 1000
"""Lines sent in one update."""
_STATUS: dict[type[Exception], int] = {
    EndPointInternalError: 500,
    EndPointNotFound: 404,
    Unauthorized: 401,
    URITooLong: 414,
}
REMEDY = "Correct store_url (for updates store_update_url), or leave it empty to read the release on this machine."


@dataclass(frozen=True)
class Address:
    """Where an endpoint is; user and password are taken out of an address like ``https://me:secret@host/…``."""

    url: str
    user: str = ""
    password: str = ""
    auth: str = BASIC

    @classmethod
    def parse(cls, url: str) -> "Address":
        """``digest+https://…`` asks for Digest instead of Basic authentication."""
        scheme, _, rest = url.rpartition("+") if url.startswith("digest+") else ("", "", url)
        parts = urlsplit(rest)
        host = parts.netloc.rpartition("@")[2]
        auth = DIGEST if scheme == "digest" else BASIC
        return cls(urlunsplit(parts._replace(netloc=host)), parts.username or "", parts.password or "", auth)


class RemoteStore:
    """A store behind a SPARQL 1.1 endpoint; terms are pyoxigraph's, as with the embedded store."""

    def __init__(self, query: str, update: str = "", graphs: str = "", seconds: float = 15.0) -> None:
        """Addresses for queries, updates (default: the same) and the graph store (default: none)."""
        self.query_address = Address.parse(query)
        self.update_address = Address.parse(update or query)
        self.graphs_address = Address.parse(graphs) if graphs else None
        self.seconds = seconds

    def select(self, query: str) -> list[Row]:
        """See Store.select."""
        result = self._results(query)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("This query is no SELECT.")
        names = [variable.value for variable in result.variables]
        try:
            return [{name: row[name] for name in names} for row in result]
        except SyntaxError as error:
            raise self._no_sparql(error) from error

    def ask(self, query: str) -> bool:
        """See Store.ask."""
        result = self._results(query)
        if not isinstance(result, ox.QueryBoolean):
            raise QueryError("This query is no ASK.")
        return bool(result)

    def construct(self, query: str) -> list[ox.Triple]:
        """See Store.construct."""
        answer = self._ask(query, N3)
        try:
            return [quad.triple for quad in ox.parse(answer, ox.RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise self._no_sparql(error) from error

    def describe(self, iri: str) -> list[ox.Triple]:
        """See Store.describe."""
        stem = iri.partition("#")[0] + "#"
        found: list[ox.Triple] = []
        fresh, seen = {iri}, {iri}
        while fresh:
            nodes = " ".join(f"<{node}>" for node in sorted(fresh))
            triples = self.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {nodes} }} ?s ?p ?o }}")
            objects = {triple.object.value for triple in triples if isinstance(triple.object, ox.NamedNode)}
            found += triples
            fresh = {node for node in objects if node.startswith(stem)} - seen
            seen |= fresh
        return found

    def load_lines(self, lines: Iterable[str], graph: str | None = None) -> None:
        """Add N-Triples lines to the default graph, or to a named one."""
        self._send_batches("INSERT DATA", lines, graph)

    def remove_lines(self, lines: Iterable[str], graph: str | None = None) -> None:
        """Take N-Triples lines out of the default graph, or a named one."""
        self._send_batches("DELETE DATA", lines, graph)

    def update(self, text: str) -> None:
        """Carry out a SPARQL update. Raises QueryError, StoreError."""
        wrapper = self._wrapper(self.update_address)
        wrapper.setQuery(text)
        wrapper.setMethod(POST)
        self._run(wrapper)

    def put_graph(self, content: bytes, graph: str | None = None) -> None:
        """Replace a whole graph by N-Triples, through the graph store protocol."""
        self._graph_store("PUT", graph, content)

    def get_graph(self, graph: str | None = None) -> list[ox.Triple]:
        """A whole graph, through the graph store protocol."""
        return [quad.triple for quad in ox.parse(self._graph_store("GET", graph), ox.RdfFormat.N_TRIPLES)]

    def delete_graph(self, graph: str) -> None:
        """Remove a named graph, through the graph store protocol."""
        self._graph_store("DELETE", graph)

    def _send_batches(self, verb: str, lines: Iterable[str], graph: str | None) -> None:
        stream = iter(lines)
        while batch := "\n".join(islice(stream, BATCH)):
            inner = f"GRAPH <{graph}> {{\n{batch}\n}}" if graph else batch
            self.update(f"{verb} {{\n{inner}\n}}")

    def _results(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean:
        try:
            return ox.parse_query_results(self._ask(query, JSON), ox.QueryResultsFormat.JSON)
        except SyntaxError as error:
            raise self._no_sparql(error) from error

    def _no_sparql(self, error: SyntaxError) -> StoreError:
        """Such as the page of a proxy, or of the store itself at an address beside its endpoint."""
        return StoreError(f"{self.query_address.url} does not answer as a SPARQL endpoint does: {error}.", REMEDY)

    def _ask(self, query: str, form: str) -> bytes:
        wrapper = self._wrapper(self.query_address)
        wrapper.setQuery(query)
        wrapper.setReturnFormat(form)
        if len(query) > 1500 or "?" in self.query_address.url:
            wrapper.setMethod(POST)
        return self._run(wrapper)

    def _wrapper(self, address: Address) -> Any:
        wrapper = SPARQLWrapper(address.url)
        wrapper.setTimeout(int(self.seconds) or 1)
        if address.user:
            wrapper.setHTTPAuth(address.auth)
            wrapper.setCredentials(address.user, address.password)
        return wrapper

    def _run(self, wrapper: Any) -> bytes:
        try:
            return bytes(wrapper.query().response.read())
        except QueryBadFormed as error:
            raise QueryError(f"The query cannot be evaluated: {error}.") from error
        except (SPARQLWrapperException, HTTPException, OSError) as error:
            if isinstance(getattr(error, "reason", error), TimeoutError):
                raise QueryTimeout(f"The endpoint did not answer within {self.seconds} s.") from error
            raise StoreError(f"The endpoint {wrapper.endpoint} cannot be used: {_why(error)}.", REMEDY) from error

    def _graph_store(self, method: str, graph: str | None, content: bytes | None = None) -> bytes:
        address = self.graphs_address
        if address is None:
            raise StoreError("The remote store has no graph store address.", "Set store_graph_url.")
        url = address.url + ("?graph=" + quote(graph, safe="") if graph else "?default")
        headers = {"Content-Type": "application/n-triples", "Accept": "application/n-triples"}
        request = Request(url, data=content, headers=headers, method=method)
        try:
            with _opener(address).open(request, timeout=max(self.seconds, 600)) as answer:
                return bytes(answer.read())
        except (HTTPException, OSError) as error:
            remedy = "Correct the setting store_graph_url."
            raise StoreError(f"The graph store {address.url} cannot be used: {_why(error)}.", remedy) from error


def _why(error: Exception) -> str:
    """The status the endpoint answers with, else what keeps us from reaching it."""
    status = error.code if isinstance(error, HTTPError) else _STATUS.get(type(error))
    if status:
        words = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
        return f"it answers {status} {words}".rstrip()
    reason = getattr(error, "reason", error)
    return str(getattr(reason, "strerror", None) or reason)


def _opener(address: Address) -> OpenerDirector:
    passwords = HTTPPasswordMgrWithDefaultRealm()
    if address.user:
        passwords.add_password(None, address.url, address.user, address.password)
    return build_opener(HTTPBasicAuthHandler(passwords), HTTPDigestAuthHandler(passwords))
