"""Records that describe no resource of their own: separate holdings (MFHD) and authorities."""

from pymarc import Record

from ingest.items import ItemRules
from ingest.problems import Problem
from ingest.readers.kinds import kind_of
from ingest.source import Source


def convert_other(base_iri: str, source: Source, record: Record) -> tuple[list[str], list[Problem]] | None:
    """The statements of a holdings or authority record, and its problems; None for a bibliographic one."""
    kind = kind_of(record)
    if kind == "holdings":
        return ItemRules(base_iri, source).holdings(record)
    if kind == "authority":
        from ingest.authority import AuthorityRules  # it uses the converter, which uses this module

        return AuthorityRules(base_iri, source).lines(record)
    return None
