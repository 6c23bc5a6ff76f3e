"""Files of PICA records: normalised (one record a line), plain, XML as SRU gives it, and JSON.

A record is its fields: tag, and pairs of subfield code and value. Source of the forms: https://format.gbv.de/pica
"""

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

Subfields = list[tuple[str, str]]
Record = list[tuple[str, Subfields]]
FIELD, SUBFIELD = "\x1e", "\x1f"
_PLAIN = re.compile(r"^(?P<tag>\d{3}[A-Z@])(?:/\d{2,3})? [$ƒ](?P<rest>.*)$")
_NORMALISED = re.compile(r"^[^\x1e\n]*\x1e?\d{3}[A-Z@](?:/\d{2,3})? \x1f")
_XML = re.compile(r"<(?:\w+:)?datafield [^>]*tag=.\d{3}[A-Z@]")


def is_pica(beginning: str) -> bool:
    """Whether a file that begins like this has PICA records."""
    text = beginning.lstrip("\ufeff \r\n")
    if text.startswith("<"):
        return bool(_XML.search(text))
    if text.startswith("["):
        return bool(re.match(r'\[\s*\[\s*(\[\s*)?"\d{3}[A-Z@]"', text))
    return bool(_NORMALISED.match(text) or _PLAIN.match(text.partition("\n")[0].rstrip("\r")))


def records(content: str) -> Iterator[Record]:
    """The records of a file. Raises ValueError or ParseError when it is none of the four forms."""
    text = content.lstrip("\ufeff \r\n")
    if text.startswith("<"):
        yield from _of_xml(text)
    elif text.startswith("["):
        yield from _of_json(text)
    elif SUBFIELD in text:
        yield from (found for line in text.split("\n") if (found := _of_line(line)))
    else:
        yield from (found for block in re.split(r"\r?\n\s*\r?\n", text) if (found := _of_block(block)))


def _of_line(line: str) -> Record:
    fields = (field.partition(SUBFIELD) for field in line.strip("\r").split(FIELD))
    return [(head.strip()[:4], _pairs(rest.split(SUBFIELD))) for head, mark, rest in fields if mark]


def _of_block(block: str) -> Record:
    found: Record = []
    for line in block.splitlines():
        if match := _PLAIN.match(line.strip()):
            sign = line.strip()[match.start("rest") - 1]
            values = match["rest"].replace(sign * 2, "\0").split(sign)
            found.append((match["tag"], _pairs([value.replace("\0", sign) for value in values])))
    return found


def _pairs(parts: list[str]) -> Subfields:
    return [(part[0], part[1:]) for part in parts if part]


def _of_xml(text: str) -> Iterator[Record]:
    for record in ElementTree.fromstring(text).iter():
        fields = [field for field in record if field.tag.rpartition("}")[2] == "datafield"]
        if fields:
            yield [(field.get("tag", ""), _parts(field)) for field in fields]


def _parts(field: ElementTree.Element) -> Subfields:
    return [(part.get("code", ""), part.text or "") for part in field]


def _of_json(text: str) -> Iterator[Record]:
    """Records as lists of ``[tag, occurrence, code, value, …]``, one a line or all in one list."""
    lines = [json.loads(line) for line in text.splitlines() if line.strip()] if "\n[" in text else json.loads(text)
    for record in lines if lines and isinstance(lines[0][0], list) else [lines]:
        yield [(str(f[0]), list(zip(map(str, f[2::2]), map(str, f[3::2]), strict=False))) for f in record]
