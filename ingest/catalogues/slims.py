"""SLiMS 9 (Senayan): biblio export (18 columns, heading line or none) and item export, as CSV."""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pymarc import Record

from graph.errors import InputError
from ingest.catalogues.marc import (
    add,
    add_people,
    add_series,
    add_standard_number,
    add_topics,
    content_number,
    new_record,
    title_parts,
)
from ingest.problems import Problem, Severity
from ingest.readers.streams import HEAD
from ingest.record import LostRecord, SourceRecord
from ingest.sheets.tables import decoded, delimiter_of

BIBLIO = (
    *("title", "gmd_name", "edition", "isbn_issn", "publisher_name", "publish_year", "collation", "series_title"),
    *("call_number", "language_name", "place_name", "classification", "notes", "image", "sor", "authors", "topics"),
    "item_code",
)
ITEM_HEADINGS = {"item_code", "coll_type_name", "location_name"}
_LIST = re.compile(r"<([^<>]*)>")
_SOURCES = {"1": "Pembelian", "2": "Hadiah/Hibah"}
Row = dict[str, str]
_NONE = {"", "none", "null", "0000-00-00", "\\n"}


def recognise(path: Path, head: bytes) -> bool:
    """Whether the file is one of the two exports: by its headings, or 18 columns that end in ``<a><b>`` lists."""
    if not {".csv", ".gz"} & set(path.suffixes):
        return False
    try:
        first = _rows(_text(head.rpartition(b"\n")[0] if len(head) >= HEAD else head))[:1]
    except csv.Error:
        return False
    if not first:
        return False
    cells = {cell.strip().casefold() for cell in first[0]}
    return "item_code" in cells or (len(first[0]) >= len(BIBLIO) and bool(_LIST.match(first[0][17] + first[0][15])))


def read_together(paths: Sequence[Path]) -> Iterator[tuple[Path, SourceRecord | LostRecord]]:
    """The records of a library's exports, each with its file: one per title. Items join the titles whose biblio
    row lists their code; those that none lists become records by their title. Raises InputError when a file is
    neither export."""
    tables = [(path, *_table(path)) for path in paths]
    items = {item["item_code"]: item for _, rows, are_items in tables if are_items for item in rows}
    for path, rows, are_items in tables:
        if not are_items:
            for number, row in enumerate(rows, 1):
                yield path, _title(number, row, path, items)
    for path, rows, are_items in tables:
        if are_items:
            for record in _items([row for row in rows if row["item_code"] in items]):
                yield path, record


def _table(path: Path) -> tuple[list[Row], bool]:
    """The rows by column name, and whether this is the item export."""
    raw = path.read_bytes()
    try:
        rows = _rows(_text(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw))
    except (csv.Error, OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read as CSV: {error}.", "Export it again.") from error
    headings = [cell.strip().casefold() for cell in rows[0]] if rows else []
    are_items = set(headings) >= ITEM_HEADINGS
    named = are_items or "title" in headings
    if not rows or (not named and len(rows[0]) < len(BIBLIO)):
        raise InputError(f"{path} is no SLiMS export.", f"A biblio export has the columns {', '.join(BIBLIO)}.")
    columns = headings if named else list(BIBLIO)
    content = rows[1:] if named else rows
    return [dict(zip(columns, map(_value, row), strict=False)) for row in content], are_items


def _text(raw: bytes) -> str:
    """UTF-8 or UTF-16; else what has more letters beyond ASCII: UTF-8 with bytes lost, or Windows-1252, in which
    spreadsheet programs save what they opened."""
    text = decoded(raw)
    if text is None:
        text = raw.decode("utf-8-sig", "replace")
        if text.count("\ufffd") > sum(not letter.isascii() for letter in text) / 2:
            text = raw.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _rows(text: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter_of(text), escapechar="\\")
    return [row for row in reader if row]


def _value(cell: str) -> str:
    value = cell.strip()
    return "" if value.casefold() in _NONE else value


def _title(number: int, row: Row, path: Path, items: dict[str, Row]) -> SourceRecord | LostRecord:
    if not row.get("title"):
        message = "This row has no title."
        remedy = "Give it one in SLiMS, or check the delimiter of the line."
        problem = Problem("no-title", message, remedy, Severity.LOST, str(path), number, place="title")
        return LostRecord(number, None, problem)
    return SourceRecord(number, biblio_record(row, items))


def biblio_record(row: Row, items: dict[str, Row]) -> Record:
    """A biblio row, by column name, as MARC; ``items`` are rows of the item export by code, and those that the
    row lists are taken out of it."""
    get = row.get
    own = content_number(*(get(name, "") for name in BIBLIO[:17]), *_listed(get("item_code", ""))[:1])
    record = new_record(own, get("publish_year", ""), get("language_name", ""), get("gmd_name", ""))
    add_standard_number(record, get("isbn_issn", ""))
    add(record, "082", ("a", get("classification", "")), indicators="04")
    add_people(record, _listed(get("authors", "")))
    add(record, "245", *title_parts(get("title", "")), ("c", get("sor", "")), indicators="10")
    add(record, "250", ("a", get("edition", "")))
    published = (("a", "place_name"), ("b", "publisher_name"), ("c", "publish_year"))
    add(record, "264", *((code, get(name, "")) for code, name in published), indicators=" 1")
    add(record, "300", ("a", get("collation", "")))
    add_series(record, get("series_title", ""))
    add(record, "500", ("a", get("notes", "")))
    add_topics(record, _listed(get("topics", "")))
    for code in _listed(get("item_code", "")):
        item = items.pop(code, {"item_code": code})
        item["call_number"] = item.get("call_number") or get("call_number", "")
        add(record, "952", *_item_subfields(item), ("8", get("gmd_name", "")))
    return record


def _listed(value: str) -> list[str]:
    found = [part.strip() for part in _LIST.findall(value) if part.strip()]
    return found or ([value] if value and "<" not in value else [])


def _items(rows: list[Row]) -> Iterator[SourceRecord | LostRecord]:
    """Titles of the item export: it names them by title alone, which is said with every record."""
    titles: dict[str, list[Row]] = {}
    for item in rows:
        titles.setdefault(item.get("title", "") or item.get("item_code", ""), []).append(item)
    for number, (title, items) in enumerate(titles.items(), 1):
        record = new_record(content_number("item", title), "", "")
        add(record, "245", ("a", title), indicators="00")
        for item in items:
            add(record, "952", *_item_subfields(item))
        message = f"The items of {title!r} were joined by title alone."
        remedy = "Load the biblio export of the same library: it lists item codes with each title."
        yield SourceRecord(number, record, repairs=[Problem("joined-by-title", message, remedy, record=number)])


def _item_subfields(item: Row) -> list[tuple[str, str]]:
    get = item.get
    return [
        ("p", get("item_code", "")),
        ("o", get("call_number", "")),
        ("y", get("coll_type_name", "")),
        ("a", get("location_name", "")),
        ("c", get("site", "")),
        ("d", get("received_date", "")),
        ("i", get("inventory_code", "")),
        ("e", get("supplier_name", "")),
        ("K", _SOURCES.get(get("source", ""), get("source", ""))),
        ("v", " ".join(filter(None, (get("price", ""), get("price_currency", ""))))),
        ("Y", get("item_status_name", "")),
    ]
