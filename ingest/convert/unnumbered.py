"""What a record without a number of its own (001) is called, so that an edit elsewhere in it renames nothing.

In this order: its first system number (035 $a), LCCN (010 $a) or national number (016 $a); else what a title page
and a shelf tell it by: type, heading, title, responsibility, edition, imprint, extent, volume. ISBN and
ISSN are no part of it: they are added and corrected later, and several records of a source may have the same.
"""

from pymarc import Record

from graph.names import digest
from ingest.convert.headings import normal

NUMBERS = (("035", "a"), ("010", "a"), ("016", "a"))
TOLD_BY = (
    ("100", "abcdq"),
    ("110", "abcdn"),
    ("111", "acdn"),
    ("130", "adfklmnoprs"),
    ("245", "abcfgknps"),
    ("250", "ab"),
    ("260", "abc"),
    ("264", "abc"),
    ("300", "ac"),
    ("490", "v"),
    ("773", "gtw"),
)
"""Fields and subfields that name a record without number."""


def own_name(record: Record) -> str:
    """A digest that stays while the record's number, or what tells it from others, stays; else one of the whole."""
    for tag, code in NUMBERS:
        for field in record.get_fields(tag):
            number = normal(field.get(code) or "")
            if any(c.isdigit() for c in number):
                return digest(tag, number)
    told = [f"{tag}{code}{normal(value)}" for tag, code, value in _told(record)]
    return digest(str(record.leader)[6:8], *told) if record.get("245") is not None else digest(str(record))


def _told(record: Record) -> list[tuple[str, str, str]]:
    return [
        (tag, subfield.code, subfield.value)
        for tag, codes in TOLD_BY
        for field in record.get_fields(tag)
        for subfield in field.subfields
        if subfield.code in codes and subfield.value
    ]
