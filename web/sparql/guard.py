"""The guard: what is refused before any child process sees it, by tokens and never by patterns on raw text.

Refused: SERVICE and LOAD (they would send requests in our name), brackets nested deeper than ``DEPTH`` (4,096 of
them crash the engine's parser), text that is too long. Escapes are looked at both as they stand and decoded,
since readers of the recommendation differ on when they are decoded.
"""

from collections import deque
from contextlib import nullcontext
from dataclasses import dataclass
from threading import Semaphore

from graph.errors import QueryError
from web.failures import Refused
from web.sparql.tokens import decoded, tokens

DEPTH = 60
QUERY_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATE_FORMS = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_FORBIDDEN = {
    "SERVICE": "SERVICE would make this server send requests for you; ask the other endpoint yourself.",
    "LOAD": "LOAD would make this server fetch for you; send the statements with INSERT DATA or /graph-store.",
}
_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})
_OPENING = frozenset({"(", "[", "{", "{|", "<<", "<<("})
_CLOSING = frozenset({")", "]", "}", "|}", ">>", ")>>"})
_LONG = 8192
_TURN = Semaphore(1)
"""Long texts are read one at a time: many at once would keep the interpreter from the short ones."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Text that may be run, and its form (the first keyword after the prologue; empty when there is none)."""

    text: str
    form: str


def judge_query(text: str, limit: int) -> Judged:
    """A query that may be run. Raises QueryError or Refused with the reason and what to change."""
    judged = _judge(text, limit)
    if judged.form in UPDATE_FORMS:
        raise QueryError(f"{judged.form} is an update, not a query.", "Send it as `update` with a token.")
    if judged.form not in QUERY_FORMS:
        raise QueryError("The text holds no SELECT, ASK, CONSTRUCT or DESCRIBE.")
    return judged


def judge_update(text: str, limit: int) -> Judged:
    """An update that may be run. Raises QueryError or Refused with the reason and what to change."""
    judged = _judge(text, limit)
    if judged.form in QUERY_FORMS:
        raise QueryError(f"{judged.form} is a query, not an update.", "Send it as `query`.")
    return judged


def _judge(text: str, limit: int) -> Judged:
    if len(text.encode("utf-8", "surrogatepass")) > limit:
        raise Refused(413, f"The text is longer than the {limit:,} bytes accepted.", "Send several shorter ones.")
    if "\x00" in text:
        raise QueryError("The text holds a null character.")
    with _TURN if len(text) > _LONG else nullcontext():
        if "\\u" in text or "\\U" in text:
            text = _unescaped(text)
        return Judged(text, _survey(text))


def _unescaped(text: str) -> str:
    """The text to be run: as it stands, or decoded where escapes stand outside strings and IRIs, which the engine
    does not read. The decoded form must be harmless in either case.
    """
    plain = decoded(text)
    _survey(plain)
    try:
        deque(tokens(text), maxlen=0)
    except QueryError:
        return plain
    return text


def _survey(text: str) -> str:
    """The form of a text that holds nothing forbidden. Raises QueryError for one that does."""
    depth, form = 0, ""
    for token in tokens(text):
        keyword = token.keyword
        if keyword:
            if keyword in _FORBIDDEN:
                raise QueryError(f"{keyword} is not allowed here.", _FORBIDDEN[keyword])
            form = form or ("" if keyword in _PROLOGUE else keyword)
        elif token.kind == "sign":
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            if depth > DEPTH:
                raise QueryError(f"Brackets are nested deeper than {DEPTH}.", "Write the query flatter.")
    return form
