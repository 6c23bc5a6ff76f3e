"""What kind of record one is, by leader position 06, and whether a file is UNIMARC, by its fields."""

import re
from typing import Literal

from pymarc import Record

Kind = Literal["bibliographic", "authority", "holdings", "classification", "community"]

_KINDS: dict[str, Kind] = {
    "z": "authority",
    "u": "holdings",
    "v": "holdings",
    "x": "holdings",
    "y": "holdings",
    "w": "classification",
    "q": "community",
}
_PROCESSING_DATA = re.compile(r"\d{8}[a-z ]")


def kind_of(record: Record) -> Kind:
    """The MARC 21 format a record is in (LDR/06, https://www.loc.gov/marc/bibliographic/bdleader.html)."""
    return _KINDS.get(str(record.leader or "")[6:7], "bibliographic")


def is_unimarc(record: Record) -> bool:
    """Whether a bibliographic record has UNIMARC's title (200) and processing data (100), and no MARC 21 title."""
    title, processing = record.get("200"), record.get("100")
    if title is None or "a" not in title or record.get("245") is not None:
        return False
    data = processing.get("a") if processing is not None else None
    return data is not None and len(data) >= 34 and bool(_PROCESSING_DATA.match(data))
