"""A record that finds its fields by tag: conversion asks for some thirty tags of each record."""

from pymarc import Field, Record


class Indexed(Record):
    """A record that knows its fields by tag; it shares fields and leader with the one it was made of, and is not
    to be changed."""

    __slots__ = ("by_tag",)
    by_tag: dict[str, list[Field]]

    @classmethod
    def of(cls, record: Record) -> "Indexed":
        """The same record, with an index."""
        found = cls.__new__(cls)
        found.leader, found.fields, found.pos = record.leader, record.fields, record.pos
        found.to_unicode, found.force_utf8 = record.to_unicode, record.force_utf8
        by_tag: dict[str, list[Field]] = {}
        for field in record.fields:
            by_tag.setdefault(field.tag, []).append(field)
        found.by_tag = by_tag
        return found

    def get(self, tag: str, default: Field | None = None) -> Field | None:
        """The first field of a tag."""
        fields = self.by_tag.get(tag)
        return fields[0] if fields else default

    def get_fields(self, *args: str) -> list[Field]:  # type: ignore[override]  # lists of tags are not asked for
        """The fields of some tags, in the order of the record."""
        found = [fields for tag in args if (fields := self.by_tag.get(tag))]
        if len(found) < 2 and args:  # nearly always: a record has 260 or 264, 100 or 110
            return found[0] if found else []
        return super().get_fields(*args)
