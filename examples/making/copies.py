"""The copies of the example network: every item with barcode, shelf mark, category and history.

Nothing is random: what differs from copy to copy follows from the title's and the copy's number, so that the
same sources always make the same files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from making.titles import Title

_FIRST_DAY = date(2008, 1, 7)
_DAYS = 6500
_METHODS = ("purchase", "purchase", "purchase", "gift", "purchase", "exchange", "purchase", "deposit")
ROTATING = {"wana": "pk1", "tirta": "pk2"}
"""Libraries that give children's books into a rotation package."""


@dataclass(frozen=True)
class Copy:
    """One item. ``kind`` is a code of the library's system (BK, REF, CHD, SER, AV, EBK, RAR, LOC)."""

    title: Title
    library: str
    number: int
    barcode: str
    shelfmark: str
    kind: str
    status: str
    acquired: date
    method: str
    price: int
    package: str


def copies_of(titles: list[Title], library: str) -> Iterator[Copy]:
    """All copies a library holds, in the order of the titles."""
    for title in titles:
        for number in range(1, title.copies.get(library, 0) + 1):
            yield _copy(title, library, number)


def _copy(title: Title, library: str, number: int) -> Copy:
    chance = crc32(f"{title.id}{library}{number}".encode())
    kind = kind_of(title, library)
    acquired = _FIRST_DAY + timedelta(days=chance % _DAYS)
    year = int(title.year) if title.year.isdigit() else 2000
    return Copy(
        title,
        library,
        number,
        f"{library[:2].upper()}{title.id[1:]}{number:02d}",
        f"{title.ddc} {_cutter(title)}",
        kind,
        _status(chance, kind),
        max(acquired, date(min(year + 1, 2026), 2, 3)),
        _METHODS[chance // 7 % len(_METHODS)],
        25000 + chance % 30 * 5000,
        ROTATING.get(library, "") if kind == "CHD" and number == 1 else "",
    )


def kind_of(title: Title, library: str) -> str:
    """The item type a library gives to its copies of a title."""
    if title.is_serial:
        return "SER"
    if title.extra.get("cat") == "rare" or (library == "budaya" and title.language == "jav"):
        return "RAR"
    by_kind = {"video": "AV", "audio": "AV", "ebook": "EBK", "map": "REF"}
    by_category = {"ref": "REF", "child": "CHD"}
    return by_kind.get(title.extra.get("kind", "")) or by_category.get(title.extra.get("cat", ""), "BK")


def _status(chance: int, kind: str) -> str:
    if kind in {"REF", "SER", "RAR", "EBK"}:
        return "available"
    if chance % 61 == 0:
        return "missing"
    return "loan" if chance % 9 == 0 else "available"


def _cutter(title: Title) -> str:
    entry = title.author.name if title.author else title.title
    return f"{entry[:3].upper()} {title.title[:1].lower()}"
