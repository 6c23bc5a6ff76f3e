"""Records that describe no resource of their own: separate holdings (MFHD) and authorities; and such as are in
another format."""

from pymarc import Record

from graph.names import PREFIXES
from ingest.items import ItemRules
from ingest.problems import Problem, Severity
from ingest.readers.kinds import is_unimarc, kind_of
from ingest.source import Source

ITEM_OF = f" <{PREFIXES['bf']}itemOf> "
UNIMARC = Problem(
    "unimarc-record",
    "This record is UNIMARC (title in 200, processing data in 100 $a): its fields mean other things. Nothing is "
    "stated of it; it is kept in the archive.",
    "Convert it to MARC 21, for example with MarcEdit or USEMARCON, and load the file again.",
    Severity.LOST,
    place="200",
)


def convert_other(base_iri: str, source: Source, record: Record) -> tuple[list[str], list[Problem]] | None:
    """The statements of a holdings or authority record, and its problems; None for a bibliographic one. One in
    UNIMARC among MARC 21 records states nothing: read as MARC 21 it would name its processing data a person."""
    if record.get("245") is None and is_unimarc(record):
        return [], [UNIMARC]
    kind = kind_of(record)
    if kind == "holdings":
        return _holdings(base_iri, source, record)
    if kind == "authority":
        from ingest.authority import AuthorityRules  # they use the converter, which uses this module

        return AuthorityRules(base_iri, source).lines(record)
    return None


def _holdings(base_iri: str, source: Source, record: Record) -> tuple[list[str], list[Problem]]:
    """A holdings record; its fields that say nothing of an item are kept as local fields of the instance."""
    from ingest.convert.draft import Draft
    from ingest.convert.local import keep_field
    from ingest.copies import is_of_copies, is_private, said_of_copies

    instance, spoken = ItemRules(base_iri, source).holdings(record)
    copies = [line[1 : line.index(">")] for line in spoken.lines if f"{ITEM_OF}<{instance}>" in line]
    left = [field for field in record.fields if not field.control_field and id(field) not in spoken.used]
    of_copies = [field for field in left if copies and is_of_copies(field)]
    said = said_of_copies(base_iri, record, copies, of_copies)
    draft = Draft(base_iri, record)
    draft.I, draft.I_ = f"<{instance}>", f"<{instance}#"
    for field in left:
        if field not in of_copies and not is_private(field):
            keep_field(draft, field)
    return list(dict.fromkeys(spoken.lines + said.lines + draft.lines)), spoken.problems + said.problems
