"""What 007 and 008 of a separate holdings record say of its copies: how they came, whether they stay, whether they
are lent and copied (MARC 21 Format for Holdings Data, 007 and 008). The codes are in ``holdings-008.csv`` below
``ontology/holdings-codes``; what becomes of the other positions, in ``holdings-008-positions.csv``.
"""

import csv
from dataclasses import dataclass
from functools import cache

from pymarc import Record

from ingest.code_map import CodeMap, Meaning
from ingest.items.draft import Draft
from ingest.items.profiles import CODES
from ontology.codes import table
from ontology.item_terms import item_terms

TABLE = CODES / "holdings-008.csv"
DECIDES = {"lending-policy": ("access",), "receipt-status": ("status",)}
SPANS = (("expected end of acquisition", 8, 12), ("specific retention policy", 13, 16), ("copies reported", 17, 20))
"""Positions that are kept as notes: kind, first position, the one after the last."""


@dataclass(frozen=True, slots=True)
class CodedPosition:
    """One code of one position: its column, what it is called (English, Indonesian), how the copies came."""

    column: str
    label: str
    indonesian: str
    method: str
    meaning: Meaning


@cache
def positions() -> dict[int, dict[str, CodedPosition]]:
    """The codes of 008 by position. Raises KeyError for a word of the table that is no term of the network."""
    found: dict[int, dict[str, CodedPosition]] = {}
    with TABLE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            access = item_terms("access")[row["akses"]] if row["akses"] else ""
            status = item_terms("status")[row["status"]] if row["status"] else ""
            meaning = Meaning(access=access, status=status)
            code = CodedPosition(row["kolom"], row["label"], row["label_id"], row["metode"], meaning)
            found.setdefault(int(row["posisi"]), {})[row["nilai_lokal"]] = code
    return found


@cache
def meanings() -> CodeMap:
    """What the codes decide, beneath those of the source and its system."""
    known = {(code.column, value): code.meaning for codes in positions().values() for value, code in codes.items()}
    return CodeMap("holdings-008", known)


@cache
def labels() -> dict[tuple[str, str], tuple[str, str]]:
    """What a code is called in English and Indonesian, by column and value."""
    return {
        (code.column, value): (code.label, code.indonesian)
        for codes in positions().values()
        for value, code in codes.items()
    }


def take_codes(draft: Draft, record: Record) -> None:
    """Add what the record's 007 and 008 say to the draft of one of its copies."""
    field = record.get("008")
    fixed = (field.data or "") if field is not None else ""
    for place, codes in positions().items():
        known = codes.get(fixed[place : place + 1])
        if known is None:
            continue
        value = fixed[place]
        draft.codes.append((known.column, value, DECIDES.get(known.column, ())))
        if known.method and not draft.values.get("method"):
            draft.values["method"] = [known.method]
        if known.column == "retention-policy" and value > "1":
            draft.values["retention"] = [known.label]
    for kind, start, end in SPANS:
        said = fixed[start:end]
        if said.strip(" |u#0") and not said.isspace():
            draft.notes.append((kind, said.strip()))
    carriers = [
        found for line in record.get_fields("007") if (found := table("carriers").get((line.data or "")[:2]))
    ]
    draft.values["carrier"] = [term.object for term in carriers]
