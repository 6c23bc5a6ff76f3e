"""What strict parsers say to statements: lines refused, ill-formed literals, language tags, blank nodes."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import pyoxigraph as ox
import rdflib
from edtf_validate.valid_edtf import is_valid
from langcodes import tag_is_valid

EDTF = "http://id.loc.gov/datatypes/edtf"
STRING = "http://www.w3.org/2001/XMLSchema#string"
_OPEN = re.compile(r"(?<=X)/(\.\.)?$")
tag_known = lru_cache(tag_is_valid)
"""Whether a language tag is well-formed and all of it is in IANA's registry (BCP 47)."""


@lru_cache(maxsize=100_000)
def well_formed(value: str, datatype: str) -> bool:
    """Whether a literal's text is one of its datatype; of types that nobody here knows none is."""
    if datatype == EDTF:
        # The library knows unspecified digits in closed intervals only; ISO 8601-2 has them in open ones, too.
        return bool(is_valid(_OPEN.sub("", value)))
    return rdflib.Literal(value, datatype=rdflib.URIRef(datatype)).ill_typed is False


def faults(lines: Sequence[str]) -> Counter[str]:
    """How many lines are wrong, by what is wrong; empty when all is well."""
    found: Counter[str] = Counter()
    for line, triple in zip(lines, _parsed(lines), strict=True):
        if triple is None:
            found[f"refused: {line}"] += 1
        elif any(isinstance(part, ox.BlankNode) for part in (triple.subject, triple.object)):
            found[f"blank node: {line}"] += 1
        elif isinstance(triple.object, ox.Literal) and not _sound(triple.object):
            found[f"ill-formed: {line}"] += 1
    return found


def _parsed(lines: Sequence[str]) -> list[ox.Quad | None]:
    """A statement for each line, None for what the strict parser refuses."""
    try:
        return list(ox.parse("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES))
    except (SyntaxError, ValueError):
        return [None] if len(lines) == 1 else [triple for line in lines for triple in _parsed([line])]


def _sound(literal: ox.Literal) -> bool:
    if literal.language:
        return bool(tag_known(literal.language))
    return literal.datatype.value == STRING or well_formed(literal.value, literal.datatype.value)


def refused_by_rdflib(lines: Sequence[str]) -> int:
    """How many statements rdflib's parser finds too few; it raises ParserError for a line that is none."""
    distinct = set(lines)
    text = "\n".join(distinct) + "\n"
    return len(distinct) - len(rdflib.Graph().parse(io.StringIO(text), format="nt"))
