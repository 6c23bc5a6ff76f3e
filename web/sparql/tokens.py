"""Tokens of SPARQL 1.1 text (grammar of the recommendation, section 19.8), for judging text without running it.

A word hidden in a comment, a string, an IRI or a prefixed name is no keyword; only a tokeniser can tell.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import QueryError

_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_LOCAL = r"(?:[\w:%.\-·]|\\[_~.\-!$&'()*+,;=/?#@%])"
_KINDS = (
    ("space", r"[ \t\r\n]+|#[^\r\n]*"),
    ("iri", rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]|{_ESCAPE})*>"),
    ("string", r'"""(?:"{0,2}(?:[^"\\]|\\.))*+"""|' + r"'''(?:'{0,2}(?:[^'\\]|\\.))*+'''"),
    ("short", r'"(?!"")(?:[^"\\\r\n]|\\.)*+"|' + r"'(?!'')(?:[^'\\\r\n]|\\.)*+'"),
    ("variable", r"[?$]\w+"),
    ("language", r"@[A-Za-z]+(?:-+[A-Za-z0-9]+)*"),
    # Bounded, because it is tried at every letter: without a colon the whole text would be read each time.
    ("name", rf"(?:\w[\w.\-·]{{0,200}}+)?:(?:{_LOCAL}*(?:[\w:%\-·]|\\.))?"),
    ("number", r"\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?"),
    ("word", r"[^\W\d]\w*"),
    ("sign", r"<<\(|\)>>|<<|>>|\{\||\|\}|\^\^|&&|\|\||[<>!]=|[{}()\[\].,;*/|^?+\-!=<>~$]"),
)
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS), re.DOTALL)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Token:
    """One token and where it stands; ``kind`` is iri, string, variable, language, name, number, word or sign."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The position after its last character."""
        return self.start + len(self.text)

    @property
    def keyword(self) -> str:
        """The word in capitals; empty for every other kind."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query or update, without space and comments. Raises QueryError where none can begin."""
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            line = text.count("\n", 0, position) + 1
            raise QueryError(f"Line {line} cannot be read: {text[position : position + 20]!r}.")
        kind = str(found.lastgroup)
        if kind != "space":
            yield Token("string" if kind == "short" else kind, found.group(), position)
        position = found.end()


def decoded(text: str) -> str:
    r"""The text with ``\uXXXX`` replaced, as section 19.2 has it, wherever they stand. Raises QueryError."""
    try:
        return _CODEPOINT.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    except (ValueError, OverflowError) as error:
        raise QueryError("An escape names a character that does not exist.") from error
