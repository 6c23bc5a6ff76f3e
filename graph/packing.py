"""How the archive keeps a record: compact JSON of the MARC content, compressed.

Not ISO 2709, whose five-digit lengths cannot hold a record over 99,999 bytes; unions with many items have such.
"""

import json
import zlib
from hashlib import blake2b
from itertools import chain

from pymarc import Field, Indicators, Leader, Record, Subfield

HASH_BYTES = 16
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def text(record: Record) -> bytes:
    """The record's content as bytes that are equal exactly when leader and fields are equal, in order."""
    fields = [
        [field.tag, field.data]
        if field.control_field
        else [
            field.tag,
            field.indicator1,
            field.indicator2,
            list(chain.from_iterable(field.subfields)),
        ]
        for field in record.fields
    ]
    return _encoded([str(record.leader), fields]).encode("utf-8", "surrogatepass")


def record(content: bytes) -> Record:
    """The record whose ``text`` this is."""
    leader, fields = json.loads(content.decode("utf-8", "surrogatepass"))
    result = Record(to_unicode=True, force_utf8=True)
    result.leader = Leader(leader)
    result.fields = [_field(*field) for field in fields]
    return result


def _field(tag: str, first: str | None, second: str = "", parts: list[str] | None = None) -> Field:
    # Sets what Field's constructor would set after checks that the packed record has passed already: this runs
    # for every field of every record and takes half the time.
    field = Field.__new__(Field)
    field.tag = tag
    field.control_field = parts is None
    if parts is None:
        field.data, field._indicators, field.subfields = first, None, []
    else:
        field.data, field._indicators = None, Indicators(first or " ", second)
        field.subfields = list(map(Subfield, parts[::2], parts[1::2]))
    return field


def fingerprint(content: bytes) -> bytes:
    """The 16 bytes by which unchanged content is known."""
    return blake2b(content, digest_size=HASH_BYTES).digest()


def compress(content: bytes) -> bytes:
    """Compressed for keeping; level 3 is three times faster than the default and 6 % larger."""
    return zlib.compress(content, 3)


def expand(packed: bytes) -> bytes:
    """The content again."""
    return zlib.decompress(packed)
