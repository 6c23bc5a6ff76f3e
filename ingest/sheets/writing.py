"""Writing tables: as CSV files, as one XLSX workbook, or as one ODS workbook."""

import csv
from collections.abc import Mapping
from io import BytesIO, StringIO
from pathlib import Path

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdsTable
from odf.table import TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ontology.sheets import Column, sheets
from ontology.vocabulary import vocabulary

Tables = Mapping[str, list[list[str]]]
"""Rows by sheet id; the first row holds the headings."""
LISTS = "daftar_kode"
ROWS = 1000
"""Rows of a template that get a drop-down list."""


def write(tables: Tables, folder: Path, form: str, name: str = "jejaring") -> list[Path]:
    """Write tables below a folder; ``form`` is csv, xlsx or ods. Gives the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    if form == "csv":
        return [_csv(folder / f"{sheet}.csv", rows) for sheet, rows in tables.items()]
    path = folder / f"{name}.{form}"
    if form == "xlsx":
        _xlsx(tables).save(path)
    else:
        _ods(tables).save(str(path))
    return [path]


def as_xlsx(tables: Tables) -> bytes:
    """Tables as one workbook."""
    content = BytesIO()
    _xlsx(tables).save(content)
    return content.getvalue()


def as_csv(rows: list[list[str]]) -> bytes:
    """A table as a CSV file; the mark at its beginning tells spreadsheets the encoding."""
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _csv(path: Path, rows: list[list[str]]) -> Path:
    path.write_bytes(as_csv(rows))
    return path


def _xlsx(tables: Tables) -> Workbook:
    book = Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    for sheet, rows in tables.items():
        page = book.create_sheet(sheet)
        for row in rows:
            page.append(row)
        for cells in page.iter_rows():
            for cell in cells:
                cell.number_format = "@"  # text, so that no spreadsheet rewrites dates and codes
        page.freeze_panes = "A2"
        for cell in page[1]:
            cell.font = Font(bold=True)
    return book


def _ods(tables: Tables) -> OpenDocumentSpreadsheet:
    book = OpenDocumentSpreadsheet()
    for sheet, rows in tables.items():
        page = OdsTable(name=sheet)
        for row in rows:
            line = TableRow()
            for cell in row:
                holder = TableCell(valuetype="string")
                for part in cell.split("\n"):
                    holder.addElement(P(text=part))
                line.addElement(holder)
            page.addElement(line)
        book.spreadsheet.addElement(page)
    return book


def choices(column: Column) -> list[str]:
    """The words a cell of a column may hold, in Indonesian; none where it is free."""
    if column.kind == "boolean":
        return ["ya", "tidak"]
    if column.kind == "sort":
        return list(column.choices)
    return [vocabulary().label(iri) for iri in vocabulary().codes(column.codes)] if column.codes else []


def templates(folder: Path) -> list[Path]:
    """Write empty sheets: a workbook with drop-down lists, the same as ODS, and one CSV file each."""
    headings = {sheet.id: [[column.id for column in sheet.columns]] for sheet in sheets().values()}
    book = _xlsx(headings)
    lists = book.create_sheet(LISTS)
    place = 0
    for sheet in sheets().values():
        for number, column in enumerate(sheet.columns, 1):
            page = book[sheet.id]
            assert isinstance(page, Worksheet)
            page.cell(1, number).comment = Comment(_explained(column), "jejaring")
            page.column_dimensions[get_column_letter(number)].width = max(12, len(column.id) + 2)
            if words := choices(column):
                place += 1
                _drop_down(page, lists, number, place, words, column)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "jejaring.xlsx"
    book.save(path)
    codes = {LISTS: [["lembar", "kolom", "Indonesia", "English"], *_codes()]}
    return [path, *write({**headings, **codes}, folder, "ods"), *write(headings, folder / "csv", "csv")]


def _drop_down(
    page: Worksheet, lists: Worksheet, number: int, place: int, words: list[str], column: Column
) -> None:
    for row, word in enumerate([f"{page.title}.{column.id}", *words], 1):
        lists.cell(row, place, word)
    letter = get_column_letter(place)
    source = f"{LISTS}!${letter}$2:${letter}${len(words) + 1}"
    validation = DataValidation(type="list", formula1=source, allow_blank=True)
    validation.showErrorMessage = not column.several  # several values are separated by semicolons
    page.add_data_validation(validation)
    target = get_column_letter(number)
    validation.add(f"{target}2:{target}{ROWS}")


def _codes() -> list[list[str]]:
    return [
        [sheet.id, column.id, vocabulary().label(iri), vocabulary().label(iri, "en")]
        for sheet in sheets().values()
        for column in sheet.columns
        if column.codes
        for iri in vocabulary().codes(column.codes)
    ]


def _explained(column: Column) -> str:
    parts = [f"{column.en}: {column.kind}", "wajib / required" if column.required else ""]
    parts += ["beberapa nilai dengan ; / several with ;" if column.several else "", column.note]
    return "\n".join(part for part in parts if part)
