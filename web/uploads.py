"""Uploads: what is sent to us is bounded, also after decompression, and fetches or expands nothing."""

import zlib
from collections.abc import Iterator
from xml.parsers import expat

from flask import Request

from graph.errors import InputError
from web.failures import Refused

_LONGEST_ENTITY = 1000


def body(request: Request, limit: int) -> bytes:
    """The body of a request, decompressed where it says so. Raises Refused (413, 415) or InputError."""
    if (request.content_length or 0) > limit:
        raise too_large(limit)
    request.max_content_length = limit
    content = request.get_data(cache=False)
    coding = request.headers.get("Content-Encoding", "identity").lower()
    if coding == "identity":
        return content
    if coding not in {"gzip", "deflate"}:
        raise Refused(415, f"The coding {coding} cannot be read here.", "Send it as gzip, or as it is.")
    return b"".join(_inflated(content, limit))


def parts(request: Request, limit: int) -> list[tuple[str, bytes]]:
    """Media type and content of each file of a ``multipart/form-data`` body."""
    if (request.content_length or 0) > limit:
        raise too_large(limit)
    request.max_content_length = limit
    return [(file.mimetype, file.read()) for file in request.files.values()]


def too_large(limit: int) -> Refused:
    """The refusal of what is larger than it may be."""
    return Refused(
        413, f"What was sent is larger than {limit >> 20} MiB.", "Send it in parts, or load it as a file."
    )


def refuse_entities(content: bytes) -> None:
    """Raise InputError for XML whose entities are external, nested or long (billion laughs). Short plain ones,
    as ontology editors write them for namespaces, stay allowed.
    """

    def declared(
        name: str, parameter: bool, value: str | None, base: str | None, system: str | None, *_: str | None
    ) -> None:
        if parameter or value is None or system or "&" in value or "%" in value or len(value) > _LONGEST_ENTITY:
            raise InputError(f"The XML declares the entity {name!r}, which is not allowed.", "Write its text out.")

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = declared
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise InputError(f"This is no well-formed XML: {error}.") from error


def _inflated(content: bytes, limit: int) -> Iterator[bytes]:
    """Decompress in steps, so that a bomb is refused before it has burst."""
    size, machine = 0, zlib.decompressobj(wbits=47)
    try:
        while content:
            part = machine.decompress(content, 1 << 20)
            size += len(part)
            if size > limit:
                raise too_large(limit)
            yield part
            content = machine.unconsumed_tail
            if machine.eof and machine.unused_data:
                content, machine = machine.unused_data, zlib.decompressobj(wbits=47)
    except zlib.error as error:
        raise InputError(f"The compressed content is damaged: {error}.") from error
    if not machine.eof:
        raise InputError("The compressed content is cut off.")
