"""INLISLite v3: the item template (xlsx, 42 headings), one row per copy, as MARC records with their items."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
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
)
from ingest.problems import Problem, Severity
from ingest.record import LostRecord, SourceRecord

SIGNS = {"NO_INDUK", "JUDUL_UTAMA"}
TITLE = ("JUDUL_UTAMA", "ANAK_JUDUL", "TAJUK_PENGARANG", "PENERBIT", "TAHUN_TERBIT", "ISBN", "EDISI")
ITEM = {
    "p": "NO_BARCODE",
    "i": "NO_INDUK",
    "d": "TGL_PENGADAAN",
    "K": "JENIS_SUMBER",
    "e": "NAMA_SUMBER",
    "a": "KODE_LOKASI_PERPUSTAKAAN",
    "c": "KODE_LOKASI_RUANG",
    "7": "AKSES",
    "y": "KATEGORI",
    "8": "MEDIA",
    "Y": "KETERSEDIAAN",
    "o": "NOMOR_PANGGIL_EKSEMPLAR",
    "v": "HARGA",
}
RESPONSIBLE = ("PERNYATAAN_TANGGUNGJAWAB", "PENANGGUNG_JAWAB")
_DESCRIBED = {
    *(
        *TITLE,
        *RESPONSIBLE,
        *ITEM.values(),
        "ISSN",
        "TAJUK_PENGARANG_TAMBAHAN",
        "NO_DDC",
        "NO_KLAS",
        "SUBJEK_TOPIK",
        "KOTA_TERBIT",
    ),
    *(
        "TEMPAT_TERBIT",
        "DESKRIPSI_FISIK",
        "JUMLAH_HALAMAN",
        "DIMENSI",
        "BAHASA",
        "SERI",
        "CATATAN",
        "NO_URUT",
        "NO",
    ),
}


def recognise(path: Path, head: bytes) -> bool:
    """Whether a workbook has the template's headings."""
    if path.suffix.casefold() != ".xlsx" or not head.startswith(b"PK"):
        return False
    try:
        return _found(path) is not None
    except InputError:
        return False


def read_together(paths: Sequence[Path]) -> Iterator[tuple[Path, SourceRecord | LostRecord]]:
    """The records of several workbooks, each with its file: one per title. Raises InputError when no sheet has
    the template's headings."""
    for path in paths:
        for record in _records(path):
            yield path, record


def _records(path: Path) -> Iterator[SourceRecord | LostRecord]:
    found = _found(path)
    if found is None:
        raise InputError(f"{path} is no INLISLite item template.", f"It needs the headings {', '.join(SIGNS)}.")
    headings, rows = found
    titles: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for place, cells in rows:
        row = dict(zip(headings, cells, strict=False))
        if not row.get("JUDUL_UTAMA"):
            message, remedy = f"Row {place} has no JUDUL_UTAMA.", "Fill in the title, then load the file again."
            problem = Problem("no-title", message, remedy, Severity.LOST, str(path), place, place="JUDUL_UTAMA")
            yield LostRecord(place, None, problem)
            continue
        titles.setdefault(tuple(row.get(name, "") for name in TITLE), []).append(row)
    for number, (key, copies) in enumerate(titles.items(), 1):
        yield SourceRecord(number, _record(content_number(*key), copies))


def _found(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]] | None:
    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read as a workbook: {error}.") from error
    try:
        for sheet in workbook.worksheets:
            rows = [
                (n, [_text(cell) for cell in row]) for n, row in enumerate(sheet.iter_rows(values_only=True), 1)
            ]
            for at, (_, cells) in enumerate(rows[:10]):
                headings = [cell.upper().strip(" *").replace(" ", "_") for cell in cells]
                if set(headings) >= SIGNS:
                    return headings, [(n, row) for n, row in rows[at + 1 :] if any(row)]
    finally:
        workbook.close()
    return None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(";") if name.strip()]


def _record(number: str, copies: list[dict[str, str]]) -> Record:
    row = copies[0]

    def get(*names: str) -> str:
        return next((row[name] for name in names if row.get(name)), "")

    record = new_record(number, get("TAHUN_TERBIT"), get("BAHASA"), get("MEDIA"))
    for name in ("ISBN", "ISSN"):
        add_standard_number(record, get(name))
    add(record, "082", ("a", get("NO_DDC", "NO_KLAS")), indicators="04")
    add_people(record, _names(get("TAJUK_PENGARANG")), _names(get("TAJUK_PENGARANG_TAMBAHAN")))
    title = (("a", get("JUDUL_UTAMA")), ("b", get("ANAK_JUDUL")), ("c", get(*RESPONSIBLE)))
    add(record, "245", *title, indicators="10")
    add(record, "250", ("a", get("EDISI")))
    published = (("a", get("KOTA_TERBIT", "TEMPAT_TERBIT")), ("b", get("PENERBIT")), ("c", get("TAHUN_TERBIT")))
    add(record, "264", *published, indicators=" 1")
    add(record, "300", ("a", get("DESKRIPSI_FISIK", "JUMLAH_HALAMAN")), ("c", get("DIMENSI")))
    add_series(record, get("SERI"))
    add_topics(record, get("SUBJEK_TOPIK").split(";"))
    for name in sorted(row.keys() - _DESCRIBED):
        add(record, "500", ("a", f"{name}: {row[name]}" if row[name] else ""))
    add(record, "500", ("a", get("CATATAN")))
    for copy in copies:
        add(record, "952", *((code, copy.get(name, "")) for code, name in ITEM.items()))
    return record
