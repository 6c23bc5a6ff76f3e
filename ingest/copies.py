"""What a holdings record says of its copies in fields that a bibliographic record has, too: access (506), custody,
binding, what was done to them (583), links. Rules for bibs convert them, with the copy in the resource's place."""

from collections.abc import Iterable, Sequence

from pymarc import Field, Record

from ingest.convert import compiled
from ingest.convert.draft import Draft
from ingest.convert.scripts import linked_tag, literal_end
from ingest.convert.text import cleaned

OF_COPIES = frozenset(("506", "538", "540", "542", "561", "562", "563", "583", "856"))
"""Fields of the MARC 21 Format for Holdings Data beside 841-878 that speak of copies (506, 538, 561-563, 583, 856),
and those on rights (540, 542), which systems put there."""


PRIVATE = frozenset(("541", "542", "561", "583"))
"""Fields whose first indicator tells that they are private (0); those are not published."""


def is_private(field: Field) -> bool:
    """Whether a field is marked as private."""
    return field.tag in PRIVATE and field.indicator1 == "0"


def is_of_copies(field: Field) -> bool:
    """Whether a field of a holdings record speaks of its copies in a bib's manner; an 880 by what it stands for."""
    return (linked_tag(field)[0] if field.tag == "880" else field.tag) in OF_COPIES


def said_of_copies(base: str, record: Record, copies: Sequence[str], fields: Iterable[Field]) -> Draft:
    """The statements about each copy (by IRI) that such fields make, in the lines of a draft, with its problems."""
    draft, functions = Draft(base, record), compiled().functions
    fields = tuple(fields)
    for copy in copies:
        draft.I = draft.W = draft.R = f"<{copy}>"
        draft.I_ = draft.W_ = draft.R_ = f"<{copy}#"
        for field in fields:
            draft.tag = linked_tag(field)[0] if field.tag == "880" else field.tag
            draft.close = literal_end(field, draft) if field.tag == "880" else '" .'
            functions[draft.tag](field, cleaned(field.subfields), draft)
    return draft
