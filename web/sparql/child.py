"""The child process that runs other people's queries, one after the other, until it is killed or let go.

Started as ``python -m web.sparql.child DESCRIPTOR MEMORY PARENT STORE``. It gets a question and a pipe, writes the
serialised result into the pipe from the thread that made it, and then says whether that result is complete.
"""

import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from typing import IO, Any

import pyoxigraph as ox

from graph.names import PREFIXES
from web.sparql.confinement import confine, lift_memory_limit, limit_memory
from web.sparql.messages import Message, receive, send

SOLUTIONS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
TRIPLES = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_PREFIXED = {"ttl", "rdf"}


class Reader:
    """Keeps the store of the release asked last; a question about another release opens that one."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._path = ""
        self._store = ox.Store()

    def answer(self, question: Message, out: IO[bytes]) -> Message:
        """Write the result; returns ``{"ok": true}``, or the kind of error and its message."""
        try:
            self.open(question["store"])
            self._write(question, out)
            out.close()
        except SyntaxError as error:
            return {"ok": False, "error": "syntax", "message": str(error)}
        except (ValueError, TypeError) as error:
            return {"ok": False, "error": "value", "message": str(error)}
        except (OSError, RuntimeError, MemoryError) as error:
            return {"ok": False, "error": "engine", "message": str(error)}
        return {"ok": True, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}

    def open(self, path: str) -> None:
        """Have this store open, and the memory limit counted from there. Raises OSError."""
        if path and path != self._path:
            lift_memory_limit()
            self._store = ox.Store.read_only(path)
            self._path = path
            limit_memory(self._memory)

    def _write(self, question: Message, out: IO[bytes]) -> None:
        result = self._store.query(
            question["text"],
            base_iri=question["base"],
            default_graph=_graphs(question["default"]),
            named_graphs=_graphs(question["named"]),
        )
        if isinstance(result, ox.QueryTriples):
            prefixes = PREFIXES if question["format"] in _PREFIXED else None
            ox.serialize(result, out, TRIPLES[question["format"]], prefixes=prefixes)
        else:
            result.serialize(out, SOLUTIONS[question["format"]])


def _graphs(iris: list[str] | None) -> list[Any] | None:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


def serve(control: socket.socket, memory: int, store: str) -> None:
    """Answer questions until the server lets go of the other end; the first will be about ``store``, if given."""
    reader = Reader(memory)
    with suppress(OSError):
        reader.open(store)
    send(control, {"ready": os.getpid()})
    while True:
        try:
            question, descriptors = receive(control)
        except EOFError:
            return
        # The kernel ends this process some seconds after its deadline, should the server be unable to.
        signal.setitimer(signal.ITIMER_REAL, question["seconds"] + 5)
        out = os.fdopen(descriptors[0], "wb", buffering=1 << 16)
        outcome = reader.answer(question, out)
        signal.setitimer(signal.ITIMER_REAL, 0)
        with suppress(OSError):
            out.close()
        send(control, outcome)


def main() -> None:
    """Confine this process, then serve."""
    descriptor, memory, parent = (int(argument) for argument in sys.argv[1:4])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine(parent)
    serve(socket.socket(fileno=descriptor), memory, sys.argv[4])


if __name__ == "__main__":
    main()
