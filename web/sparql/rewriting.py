"""Rewriting: the dataset a request names is written into the update itself, as USING clauses.

The SPARQL 1.1 Protocol (section 2.2.3) lets ``using-graph-uri`` name the dataset of every operation that has a
WHERE; the engine has no parameter for it.
"""

from collections.abc import Iterator
from itertools import islice

from graph.errors import QueryError
from web.sparql.tokens import Token, tokens

_OWN_DATASET = frozenset({"USING", "WITH"})


def with_dataset(text: str, default: tuple[str, ...], named: tuple[str, ...]) -> str:
    """An update with ``USING`` for these graphs. Raises QueryError when it has a dataset of its own."""
    found = list(tokens(text))
    for token in found:
        if token.keyword in _OWN_DATASET:
            raise QueryError(f"{token.keyword} and using-graph-uri exclude each other.", "Use one of the two.")
    clauses = [f"USING <{iri}>" for iri in default] + [f"USING NAMED <{iri}>" for iri in named]
    dataset = " ".join(clauses) + " "
    pieces, position = [], 0
    for place in _places(found):
        start = found[place].start
        pieces += [text[position:start], _insertion(text, found, place, dataset)]
        position = start
    return "".join([*pieces, text[position:]])


def _places(found: list[Token]) -> Iterator[int]:
    """The indexes of the WHERE of operations: those outside all brackets."""
    depth = 0
    for index, token in enumerate(found):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.keyword == "WHERE":
            yield index


def _insertion(text: str, found: list[Token], place: int, dataset: str) -> str:
    if found[place - 1].keyword != "DELETE":
        return dataset
    # DELETE WHERE { pattern } is short for DELETE { pattern } WHERE { pattern }, which alone may have USING.
    return f"{text[found[place].end : _closing(found, place + 1).end]} {dataset}"


def _closing(found: list[Token], start: int) -> Token:
    """The bracket that closes the one at ``start``."""
    depth = 0
    for token in islice(found, start, None):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return token
    raise QueryError("A bracket is never closed.")
