"""Makes the example network's files, as libraries would hand them over, from the readable sources beside this.

    python examples/make.py build/handover

Twelve organisations of an invented province: sheets as CSV (with commas and with semicolons), XLSX, ODS and YAML;
catalogues as binary MARC, MARC-8, MARCXML, MARC-in-JSON, holdings records, SLiMS CSV and INLISLite workbooks.
"""

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from making import marcfiles, tables  # noqa: E402
from making.copies import ROTATING, copies_of  # noqa: E402
from making.titles import Title, read_titles  # noqa: E402

from ingest.sheets.writing import write  # noqa: E402

WORKBOOK = ("perpustakaan", "petugas")
OPEN_DOCUMENT = ("jejaring", "kemitraan", "keanggotaan")
SEMICOLONS = ("silang_layan", "pembinaan", "hambatan")


def make(out: Path) -> None:
    """Write all files below ``out``, which is emptied first."""
    shutil.rmtree(out, ignore_errors=True)
    for folder in ("lembar", "katalog", "kode"):
        (out / folder).mkdir(parents=True)
    titles = read_titles(HERE / "titles.txt")
    shutil.copy(HERE / "jejaring.yaml", out)
    for code_map in sorted((HERE / "kode").glob("*.csv")):
        shutil.copy(code_map, out / "kode")
    make_sheets(out / "lembar", titles)
    make_catalogues(out / "katalog", titles)


def make_sheets(out: Path, titles: list[Title]) -> None:
    """The 21 sheets in the forms people use."""
    sheets = {path.stem: tables.read_sheet(path) for path in sorted((HERE / "lembar").glob("*.csv"))}
    packages = sheets["paket_rotasi"]
    packages[0].append("barkode")
    for row in packages[1:]:
        row.append("; ".join(_barcodes(titles, row[0])))
    write({name: sheets.pop(name) for name in WORKBOOK}, out, "xlsx", "direktori")
    write({name: sheets.pop(name) for name in OPEN_DOCUMENT}, out, "ods")
    for name, rows in sheets.items():
        if name in SEMICOLONS:
            tables.semicolons(out / f"{name}.csv", rows)
        else:
            tables.write_csv(out / f"{name}.csv", rows)


def _barcodes(titles: list[Title], package: str) -> list[str]:
    library = next(name for name, packed in ROTATING.items() if packed == package)
    return [copy.barcode for copy in copies_of(titles, library) if copy.package]


def make_catalogues(out: Path, titles: list[Title]) -> None:
    """Each library's catalogue in the form its system exports."""
    marcfiles.write_xml(out / "prov.xml", titles, "prov", rda=True)
    marcfiles.write_holdings(out / "prov-mfhd.mrc", titles, "prov", serials_only=True)
    marcfiles.write_binary(out / "kota-koha.mrc", titles, "kota", items="952")
    marcfiles.write_marc8(out / "univ-marc8.mrc", titles, "univ")
    marcfiles.write_holdings(out / "univ-mfhd.mrc", titles, "univ", serials_only=False)
    marcfiles.write_xml(out / "giri.xml.gz", titles, "giri", rda=False)
    marcfiles.write_json(out / "agri.json", titles, "agri")
    marcfiles.write_binary(out / "budaya.mrc", titles, "budaya", items="852")
    for library in ("wana", "samudra", "karang", "sman1"):
        tables.slims_biblio(out / f"{library}-slims-biblio.csv", titles, library)
        tables.slims_items(out / f"{library}-slims-item.csv", titles, library)
    for library in ("tirta", "suka"):
        tables.inlislite(out / f"{library}-inlislite.xlsx", titles, library)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python examples/make.py DIRECTORY")
    make(Path(sys.argv[1]))
