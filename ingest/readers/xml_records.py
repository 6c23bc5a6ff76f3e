"""One MARCXML record from its text, mended where it is not well-formed or lacks tags, codes or indicators."""

import re
from html.entities import name2codepoint
from unicodedata import normalize

from lxml import etree
from pymarc import Field, Record

from ingest.readers import parts
from ingest.readers.repairs import Repair

_UNBOUND = re.compile(rb"<(/?)[A-Za-z_][\w.-]*:(?=[A-Za-z])")
_BAD_CHARACTERS = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x(?:0?[0-8bcefBCEF]|1[0-9a-fA-F]|0);|[0-8];|1[124-9];|2\d;|3[01];)"
)
_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)(?:(\w+);)?")
_LINE_BREAK = re.compile(r"\s*[\r\n]\s*")

Parsed = tuple[Record, list[Repair]]


def parse(text: bytes) -> Parsed | str:
    """The record and its repairs, or why there is none."""
    repairs: list[Repair] = []
    element = _element(text, repairs)
    if element is None:
        return "The XML cannot be made out"
    record = Record()
    record.leader = parts.leader("".join(_texts(element, "leader")), repairs)
    for child in element:
        _add(record, child, repairs)
    record.leader.coding_scheme = "a"
    return (record, repairs) if record.fields else "The record has no fields"


def _parser(recover: bool = False) -> etree.XMLParser:
    """A parser that resolves no entities, reaches for no network and takes no document type from elsewhere."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover)


def _element(text: bytes, repairs: list[Repair]) -> etree._Element | None:
    """The element as it is; else with prefixes, stray characters and ampersands put right; else what remains."""
    for mended in (text, _without_prefixes(text)):
        try:
            return etree.fromstring(mended, _parser())
        except etree.XMLSyntaxError as error:
            problem = error
    repairs.append(Repair("not-well-formed", f"The record is not well-formed XML ({problem.msg})."))
    mended = _mended(_without_prefixes(text))
    try:
        return etree.fromstring(mended, _parser())
    except etree.XMLSyntaxError:
        return _rescued(mended)


def _rescued(text: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(text, _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def _without_prefixes(text: bytes) -> bytes:
    """Prefixes were declared on a root that the cut-out record has left behind."""
    return _UNBOUND.sub(rb"<\1", text)


def _mended(text: bytes) -> bytes:
    valid = text.decode("utf-8", "replace").encode("utf-8")
    return _NAMED.sub(_entity, _BAD_CHARACTERS.sub(b"", valid))


def _entity(found: re.Match[bytes]) -> bytes:
    code = name2codepoint.get(found[1].decode("utf-8", "replace")) if found[1] else None
    return chr(code).encode("utf-8") if code else b"&amp;" + found.group()[1:]


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _texts(element: etree._Element, name: str) -> list[str]:
    return [_text(child) for child in element if _name(child) == name][:1]


def _text(element: etree._Element) -> str:
    text = element.text or "" if not len(element) else _all_text(element)
    if text.isascii():
        return _LINE_BREAK.sub(" ", text).strip() if "\n" in text else text
    return normalize("NFC", _LINE_BREAK.sub(" ", text).strip() if "\n" in text else text)


def _all_text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _add(record: Record, child: etree._Element, repairs: list[Repair]) -> None:
    name = _name(child)
    if name not in ("controlfield", "datafield"):
        return
    tag = (child.get("tag") or "").strip()
    if not tag or len(tag) > 3:
        message = f"A {name} has no usable tag ({tag!r}); left out: {_all_text(child).strip()[:80]!r}."
        repairs.append(Repair("tag-missing", message))
        return
    record.fields.append(_field(name, tag.zfill(3) if tag.isdigit() else tag, child, repairs))


def _field(name: str, tag: str, child: etree._Element, repairs: list[Repair]) -> Field:
    control = tag.isdigit() and tag < "010"
    if control:
        if name == "datafield":
            repairs.append(Repair("control-field", "A control field written as a data field.", tag))
        return Field(tag, data=_text(child))
    if name == "controlfield":
        repairs.append(Repair("data-field", "A data field written as a control field; its text taken as $a.", tag))
        return parts.data_field(tag, "  ", [("a", _text(child))], repairs)
    pairs = [(_code(part, tag, repairs), _text(part)) for part in child if _name(part).startswith("subfield")]
    indicators = _indicator(child, "ind1", repairs, tag) + _indicator(child, "ind2", repairs, tag)
    return parts.data_field(tag, indicators, pairs, repairs)


def _code(element: etree._Element, tag: str, repairs: list[Repair]) -> str:
    code = element.get("code")
    if not code:
        repairs.append(Repair("subfield-code", "A subfield has no code; taken as $a.", tag))
        return "a"
    if len(code) > 1:
        repairs.append(
            Repair("subfield-code", f"The subfield code {code!r} is too long; taken as ${code[0]}.", tag)
        )
    return code[0]


def _indicator(element: etree._Element, name: str, repairs: list[Repair], tag: str) -> str:
    value = element.get(name)
    if value is None:
        repairs.append(Repair("indicators", f"The indicator {name} is missing; taken as blank.", tag))
    return (value or " ")[0]
