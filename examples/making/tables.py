"""The example's catalogues as tables (SLiMS CSV, INLISLite workbook) and its sheets as people hand them over."""

import csv
import io
from pathlib import Path

from making.copies import Copy, copies_of
from making.titles import Title
from openpyxl import Workbook

_SLIMS_TYPE = {
    "BK": "Textbook",
    "REF": "Reference",
    "CHD": "Children",
    "SER": "Serial",
    "RAR": "Rare",
    "AV": "Audio Visual",
}
_SLIMS_STATUS = {"missing": "Missing", "available": "", "loan": ""}
_LANGUAGE = {"ind": "Indonesia", "eng": "English", "jav": "Jawa", "dut": "Belanda", "ara": "Arab", "fre": "Prancis"}
_INLIS_CATEGORY = {
    "BK": "Koleksi Umum",
    "REF": "Koleksi Referensi",
    "CHD": "Koleksi Anak",
    "SER": "Terbitan Berkala",
}
_INLIS_SOURCE = {"purchase": "Pembelian", "gift": "Hadiah/Hibah", "exchange": "Tukar Menukar", "deposit": "Deposit"}
_GMD = {"map": "Map", "audio": "Sound Recording", "video": "Video Recording"}
_MEDIA = {"map": "Peta", "audio": "Rekaman Suara", "video": "Rekaman Video"}
INLISLITE = [
    "TGL_PENGADAAN",
    "NO_INDUK",
    "NO_BARCODE",
    "JENIS_SUMBER",
    "NAMA_SUMBER",
    "KODE_LOKASI_PERPUSTAKAAN",
    "KODE_LOKASI_RUANG",
    "AKSES",
    "KATEGORI",
    "MEDIA",
    "KETERSEDIAAN",
    "HARGA",
    "NOMOR_PANGGIL_EKSEMPLAR",
    "JUDUL_UTAMA",
    "ANAK_JUDUL",
    "TAJUK_PENGARANG",
    "TAJUK_PENGARANG_TAMBAHAN",
    "PERNYATAAN_TANGGUNGJAWAB",
    "EDISI",
    "TEMPAT_TERBIT",
    "PENERBIT",
    "TAHUN_TERBIT",
    "SERI",
    "ISBN",
    "ISSN",
    "NO_DDC",
    "SUBJEK_TOPIK",
    "BAHASA",
]


def _creator(title: Title) -> str:
    return ", ".join(filter(None, (title.author.name, title.author.dates))) if title.author else ""


def slims_biblio(out: Path, titles: list[Title], library: str) -> None:
    """The biblio export of SLiMS 9: a row a title, item codes in angle brackets."""
    copies: dict[str, list[Copy]] = {}
    for copy in copies_of(titles, library):
        copies.setdefault(copy.title.id, []).append(copy)
    heads = [
        "title",
        "gmd_name",
        "edition",
        "isbn_issn",
        "publisher_name",
        "publish_year",
        "collation",
        "series_title",
        "call_number",
        "language_name",
        "place_name",
        "classification",
        "notes",
        "image",
        "sor",
        "authors",
        "topics",
        "item_code",
    ]
    rows = [_slims_title(t, copies[t.id]) for t in titles if library in t.copies]
    write_csv(out, [heads, *rows])


def _slims_title(title: Title, copies: list[Copy]) -> list[str]:
    people = [_creator(title)] if title.author else []
    people += [", ".join(filter(None, (p.name, p.dates))) for p in title.others if p.role != "pbl"]
    return [
        f"{title.title} : {title.rest}" if title.rest else title.title,
        "Serial" if title.is_serial else _GMD.get(title.extra.get("kind", ""), "Text"),
        "",
        title.extra.get("isbn") or title.extra.get("issn", ""),
        title.publisher,
        title.date,
        "",
        title.extra.get("series", "").partition(" ; ")[0],
        copies[0].shelfmark,
        _LANGUAGE.get(title.language, title.language),
        title.place,
        title.ddc,
        "",
        "",
        title.author.name if title.author else "",
        "".join(f"<{p}>" for p in people),
        "".join(f"<{s}>" for s in title.subjects),
        "".join(f"<{c.barcode}>" for c in copies),
    ]


def slims_items(out: Path, titles: list[Title], library: str) -> None:
    """The item export of SLiMS 9."""
    heads = [
        "item_code",
        "call_number",
        "coll_type_name",
        "inventory_code",
        "received_date",
        "supplier_name",
        "order_no",
        "location_name",
        "order_date",
        "item_status_name",
        "site",
        "source",
        "invoice",
        "price",
        "price_currency",
        "invoice_date",
        "input_date",
        "last_update",
        "title",
    ]
    rows = []
    for c in copies_of(titles, library):
        no_loan = "No Loan" if c.kind in {"REF", "SER", "RAR"} else _SLIMS_STATUS[c.status]
        source = {"purchase": "1", "gift": "2"}.get(c.method, "")
        rows.append(
            [
                c.barcode,
                c.shelfmark,
                _SLIMS_TYPE.get(c.kind, "Textbook"),
                c.barcode,
                c.acquired.isoformat(),
                "",
                "",
                c.library,
                "",
                no_loan,
                "",
                source,
                "",
                str(c.price),
                "Rupiah",
                "",
                "",
                "",
                c.title.title,
            ]
        )
    write_csv(out, [heads, *rows])


def inlislite(out: Path, titles: list[Title], library: str) -> None:
    """The item workbook of INLISLite v3: a row a copy, dates DD-MM-YYYY."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Koleksi"
    sheet.append(INLISLITE)
    for copy in copies_of(titles, library):
        values = _inlis_row(copy)
        sheet.append([values.get(head, "") for head in INLISLITE])
    book.save(out)


def _inlis_row(copy: Copy) -> dict[str, str]:
    title = copy.title
    reading_room = copy.kind in {"REF", "SER", "RAR"}
    return {
        "TGL_PENGADAAN": f"{copy.acquired:%d-%m-%Y}",
        "NO_INDUK": f"{copy.barcode}/{copy.library.upper()}/{copy.acquired:%Y}",
        "NO_BARCODE": copy.barcode,
        "JENIS_SUMBER": _INLIS_SOURCE[copy.method],
        "KODE_LOKASI_PERPUSTAKAAN": copy.library,
        "KODE_LOKASI_RUANG": "RB" if reading_room else "UM",
        "AKSES": "Baca di tempat" if reading_room else "Dapat dipinjam",
        "KATEGORI": _INLIS_CATEGORY.get(copy.kind, "Koleksi Umum"),
        "MEDIA": "Majalah" if title.is_serial else _MEDIA.get(title.extra.get("kind", ""), "Buku"),
        "KETERSEDIAAN": {"loan": "Dipinjam", "missing": "Hilang"}.get(copy.status, "Tersedia"),
        "HARGA": str(copy.price),
        "NOMOR_PANGGIL_EKSEMPLAR": copy.shelfmark,
        "JUDUL_UTAMA": title.title,
        "ANAK_JUDUL": title.rest,
        "TAJUK_PENGARANG": _creator(title),
        "TAJUK_PENGARANG_TAMBAHAN": "; ".join(
            ", ".join(filter(None, (p.name, p.dates))) for p in title.others if p.role != "pbl"
        ),
        "PERNYATAAN_TANGGUNGJAWAB": title.author.name if title.author else "",
        "TEMPAT_TERBIT": title.place,
        "PENERBIT": title.publisher,
        "TAHUN_TERBIT": title.date,
        "SERI": title.extra.get("series", ""),
        "ISBN": title.extra.get("isbn", ""),
        "ISSN": title.extra.get("issn", ""),
        "NO_DDC": title.ddc,
        "SUBJEK_TOPIK": "; ".join(title.subjects),
        "BAHASA": title.language,
    }


def write_csv(out: Path, rows: list[list[str]], delimiter: str = ",") -> None:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    out.write_text(text.getvalue(), "utf-8")


def read_sheet(path: Path) -> list[list[str]]:
    """A CSV sheet as rows of cells."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def semicolons(out: Path, rows: list[list[str]]) -> None:
    """A sheet as Excel with Indonesian settings writes it."""
    write_csv(out, rows, ";")
