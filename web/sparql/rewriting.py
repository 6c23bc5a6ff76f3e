"""Rewriting: the dataset a request names is written into the update itself, as USING clauses.

The SPARQL 1.1 Protocol (section 2.2.3) lets ``using-graph-uri`` name the dataset of every operation that has a
WHERE; the engine has no parameter for it.
"""

from graph.errors import QueryError
from web.sparql.guard import Judged
from web.sparql.tokens import Token

_OWN_DATASET = frozenset({"USING", "WITH"})


def with_dataset(judged: Judged, default: tuple[str, ...], named: tuple[str, ...]) -> str:
    """The text of an update with ``USING`` for these graphs. Raises QueryError when it has a dataset of its own."""
    for token in judged.tokens:
        if token.keyword in _OWN_DATASET:
            raise QueryError(f"{token.keyword} and using-graph-uri exclude each other.", "Use one of the two.")
    clauses = [f"USING <{iri}>" for iri in default] + [f"USING NAMED <{iri}>" for iri in named]
    dataset = " ".join(clauses) + " "
    insertions = [insertion for place in _places(judged) if (insertion := _insertion(judged, place, dataset))]
    text = judged.text
    for position, inserted in sorted(insertions, reverse=True):
        text = text[:position] + inserted + text[position:]
    return text


def _places(judged: Judged) -> list[int]:
    """The indexes of the WHERE of operations: those outside all brackets."""
    places, depth = [], 0
    for index, token in enumerate(judged.tokens):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.keyword == "WHERE":
            places.append(index)
    return places


def _insertion(judged: Judged, place: int, dataset: str) -> tuple[int, str] | None:
    tokens = judged.tokens
    if tokens[place - 1].keyword != "DELETE":
        return tokens[place].start, dataset
    # DELETE WHERE { pattern } is short for DELETE { pattern } WHERE { pattern }, which alone may have USING.
    pattern = judged.text[tokens[place].end : _closing(tokens, place + 1).end]
    return tokens[place].start, f"{pattern} {dataset}"


def _closing(tokens: tuple[Token, ...], start: int) -> Token:
    """The bracket that closes the one at ``start``."""
    depth = 0
    for token in tokens[start:]:
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return token
    raise QueryError("A bracket is never closed.")
