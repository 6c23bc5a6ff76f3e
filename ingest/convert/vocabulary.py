"""The named functions that mapping rules may mention, gathered from the modules that define them."""

from collections.abc import Callable
from typing import Any, TypeVar

from ingest.convert.text import digest, split
from ontology.compiler import Vocabulary

F = TypeVar("F", bound=Callable[..., Any])
TEXT: dict[str, Callable[..., Any]] = {}
PLAIN: dict[str, Callable[..., Any]] = {}
TERM: dict[str, Callable[..., Any]] = {}
MAKERS: dict[str, tuple[str, Callable[..., Any]]] = {}
CALLS: dict[str, Callable[..., Any]] = {}


def text(function: F) -> F:
    """Declare a value function that gives literal text, in the language of its field."""
    TEXT[function.__name__] = function
    return function


def plain(function: F) -> F:
    """Declare a value function that gives literal text without language (numbers, codes)."""
    PLAIN[function.__name__] = function
    return function


def term(function: F) -> F:
    """Declare a value function of (text, draft) that gives an N-Triples object, or "" for nothing."""
    TERM[function.__name__] = function
    return function


def maker(kind: str) -> Callable[[F], F]:
    """Declare a function that makes a value function of ``kind`` from the words after its name in the rule."""

    def declare(function: F) -> F:
        MAKERS[function.__name__] = (kind, function)
        return function

    return declare


def call(function: F) -> F:
    """Declare a function that makes, of a rule, what converts a whole field: (field, subfields, draft)."""
    CALLS[function.__name__] = function
    return function


def vocabulary() -> Vocabulary:
    """All that is declared."""
    from ingest.convert import (  # noqa: F401
        admin,
        areas,
        assigned,
        authentication,
        authorities,
        characteristics,
        description,
        events,
        fixed,
        headings,
        linking,
        music,
        provision,
        relations,
        series,
        subjects,
        titles,
        values,
    )

    return Vocabulary(
        TEXT, PLAIN, TERM, MAKERS, CALLS, {"digest": digest, "split": split, "listed_term": authorities.listed_term}
    )
