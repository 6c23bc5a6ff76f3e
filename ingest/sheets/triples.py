"""N-Triples text for sheets and directory files: terms, and a node that collects what is said of it."""

from graph.names import PREFIXES, expand

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
TYPE = f"<{PREFIXES['rdf']}type>"
XSD = PREFIXES["xsd"]


def iri(name: str) -> str:
    """A prefixed name or full IRI as a term."""
    return f"<{name if '://' in name or name.startswith('mailto:') else expand(name)}>"


def text(value: str, language: str = "") -> str:
    """A literal, with a language tag where given."""
    quoted = f'"{value.translate(_ESCAPES)}"'
    return f"{quoted}@{language}" if language else quoted


def typed(value: object, datatype: str) -> str:
    """A literal of an XSD datatype: ``typed(5, "integer")``."""
    return f'"{value}"^^<{XSD}{datatype}>'


class Node:
    """A subject and its statements; parts of it are fragments below it, so there are no blank nodes."""

    def __init__(self, subject: str, *types: str, lines: list[str] | None = None) -> None:
        """``subject`` is an IRI without brackets; parts share the list of ``lines``."""
        self.subject = subject
        self.lines: list[str] = [] if lines is None else lines
        for name in types:
            self.lines.append(f"<{subject}> {TYPE} {iri(name)} .")

    def say(self, predicate: str, value: str) -> None:
        """State a value, which is a term already; nothing when it is empty. ``^`` turns the statement round."""
        if not value:
            return
        if predicate.startswith("^"):
            self.lines.append(f"{value} {iri(predicate[1:])} <{self.subject}> .")
        else:
            self.lines.append(f"<{self.subject}> {iri(predicate)} {value} .")

    def part(self, name: str, predicate: str, *types: str) -> "Node":
        """A part of this node, pointed to with ``predicate`` and named by what it is."""
        stem, _, fragment = self.subject.partition("#")
        below = Node(f"{stem}#{fragment}-{name}" if fragment else f"{stem}#{name}", *types, lines=self.lines)
        self.say(predicate, f"<{below.subject}>")
        return below
