"""Exports of SLiMS and INLISLite become MARC records with items."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from graph.errors import InputError
from ingest import catalogues
from ingest.catalogues.marc import add_people, add_series, add_topics, new_record
from ingest.catalogues.slims import BIBLIO
from ingest.inputs import Input
from ingest.recognition import recognise
from ingest.record import LostRecord, SourceRecord

ROW = (
    '"Laut Biru","Text","Cet. 2","978-602-1","Pustaka Kita","2019","vi, 120 hlm.","","899 AND l","Indonesia",'
    '"Jakarta","899.221","","","","<Andaru, Sekar><Wijaya>","<Fiksi>","<B001><B002>"\n'
)


def read(paths: list[Path], name: str) -> list[SourceRecord | LostRecord]:
    return [record for _, record in catalogues.read_together(paths, name)]


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "title,gmd_name,edition,isbn_issn,publisher_name,publish_year,collation,"
        "series_title,call_number,language_name,place_name,classification,notes,image,sor,authors,"
        "topics,item_code\n",
    ],
)
def test_slims_biblio(tmp_path, heading):
    path = tmp_path / "biblio.csv"
    path.write_text(heading + ROW, encoding="utf-8")
    assert catalogues.recognise(path, path.read_bytes()) == "slims"
    [found] = read([path], "slims")
    assert isinstance(found, SourceRecord)
    record = found.record
    assert record["245"]["a"] == "Laut Biru"
    assert record["100"]["a"] == "Andaru, Sekar"
    assert record["700"]["a"] == "Wijaya"
    assert [item["p"] for item in record.get_fields("952")] == ["B001", "B002"]


def test_slims_empty_row_is_listed_as_lost(tmp_path):
    path = tmp_path / "biblio.csv"
    path.write_text(ROW + "," * 17 + "\n", encoding="utf-8")
    found = read([path], "slims")
    assert [type(each) for each in found] == [SourceRecord, LostRecord]


def test_slims_items_join_by_title_with_a_warning(tmp_path):
    path = tmp_path / "item.csv"
    path.write_text(
        "item_code;call_number;coll_type_name;location_name;item_status_name;source;title;\n"
        "B1;899;Reference;Pusat;Missing;2;Laut Biru;\nB2;899;Fiction;Pusat;;1;Laut Biru;\n",
        encoding="utf-8",
    )
    assert catalogues.recognise(path, path.read_bytes()) == "slims"
    [found] = read([path], "slims")
    assert [problem.kind for problem in found.repairs] == ["joined-by-title"]
    assert [item["K"] for item in found.record.get_fields("952")] == ["Hadiah/Hibah", "Pembelian"]


def test_inlislite(tmp_path):
    path = tmp_path / "item.xlsx"
    book = Workbook()
    sheet = book.active
    sheet.append(["NO_INDUK", "NO_BARCODE", "JUDUL_UTAMA", "TAJUK_PENGARANG", "TAHUN_TERBIT", "AKSES", "KATEGORI"])
    sheet.append(["1/2020", "0001", "Laut Biru", "Andaru, Sekar", 2019, "Dapat dipinjam", "Koleksi Umum"])
    sheet.append(["2/2020", "0002", "Laut Biru", "Andaru, Sekar", 2019, "Baca di tempat", "Koleksi Umum"])
    book.save(path)
    assert catalogues.recognise(path, path.read_bytes()) == "inlislite"
    [found] = read([path], "inlislite")
    assert [item["7"] for item in found.record.get_fields("952")] == ["Dapat dipinjam", "Baca di tempat"]
    assert found.record["264"]["c"] == "2019"


def test_inlislite_added_names_responsibility_and_subdivided_topics(tmp_path):
    row = {
        "NO_INDUK": "1",
        "JUDUL_UTAMA": "Tata bahasa",
        "TAJUK_PENGARANG_TAMBAHAN": "Moeliono, Anton M., 1929-2011; Alwi, Hasan",
        "PERNYATAAN_TANGGUNGJAWAB": "disusun oleh tim",
        "ISSN": "0126-1630",
        "SUBJEK_TOPIK": "Bahasa Indonesia -- Tata bahasa; Linguistik",
    }
    path, book = tmp_path / "item.xlsx", Workbook()
    for cells in (list(row), list(row.values())):
        book.active.append(cells)
    book.save(path)
    record = read([path], "inlislite")[0].record
    assert "100" not in record
    assert [name["a"] for name in record.get_fields("700")] == ["Moeliono, Anton M.,", "Alwi, Hasan"]
    assert record["245"]["c"] == "disusun oleh tim"
    assert record["022"]["a"] == "0126-1630"
    assert [topic.get_subfields("a", "x") for topic in record.get_fields("650")] == [
        ["Bahasa Indonesia", "Tata bahasa"],
        ["Linguistik"],
    ]
    assert "500" not in record


@pytest.mark.parametrize(
    ("language", "material", "code", "kind"),
    [
        ("Prancis", "Buku", "fre", "am"),
        ("Balinese", "Majalah", "ban", "as"),
        ("jv?", "MAP", "und", "em"),
        ("", "", "und", "am"),
    ],
)
def test_words_for_language_and_material(language, material, code, kind):
    record = new_record("1", "1990", language, material)
    assert record["008"].data[35:38] == code
    assert str(record.leader)[6:8] == kind


def test_names_of_bodies_are_told_from_persons_by_their_first_word():
    record = new_record("1", "", "")
    add_people(record, ["Pusat Bahasa", "Pusat, Anton", "Andrea Hirata", "Dinas Pertanian Mandala"])
    names = [(field.tag, field["a"]) for field in record.fields[2:]]
    assert names == [
        ("110", "Pusat Bahasa"),
        ("700", "Pusat, Anton"),
        ("700", "Andrea Hirata"),
        ("710", "Dinas Pertanian Mandala"),
    ]


def test_places_are_told_from_topics_by_the_lists_of_countries_and_provinces():
    record = new_record("1", "", "")
    add_topics(record, ["Jawa Tengah", "Indonesia -- Sejarah", "Islam -- Mesir", "IT"])
    assert [str(field) for field in record.fields[2:]] == [
        "=651  \\4$aJawa Tengah",
        "=651  \\4$aIndonesia$xSejarah",
        "=650  \\4$aIslam$zMesir",
        "=650  \\4$aIT",
    ]


@pytest.mark.parametrize(
    ("series", "said"), [("Tetralogi Buru ; 1", "$aTetralogi Buru ;$v1"), ("Lupus", "$aLupus"), ("", None)]
)
def test_number_of_a_series_is_told_from_its_name(series, said):
    record = new_record("1", "", "")
    add_series(record, series)
    assert [str(field) for field in record.fields[2:]] == ([f"=490  0\\{said}"] if said else [])


def test_what_stands_below_a_state_is_entered_below_it():
    record = new_record("1", "", "")
    add_people(record, ["Indonesia", "Indonesia. Departemen Pertanian", "Malaysia, Siti"])
    assert [str(field) for field in record.fields[2:]] == [
        "=110  1\\$aIndonesia",
        "=710  1\\$aIndonesia.$bDepartemen Pertanian",
        "=700  1\\$aMalaysia, Siti",
    ]


def test_a_workbook_of_something_else_is_refused(tmp_path):
    path = tmp_path / "x.xlsx"
    Workbook().save(path)
    with pytest.raises(InputError, match="INLISLite"):
        read([path], "inlislite")


@pytest.mark.shared
def test_every_row_of_the_real_exports_is_accounted_for(shared):
    files = [shared / "data/marc/reitnorF+rlc/senayan_biblio_export.csv.gz"]
    files += sorted((shared / "data/marc/perpussmagapmk+database-perpus").glob("*.csv"))
    assert len(read(files, "slims")) == 6659


def test_items_join_the_title_whose_biblio_row_lists_their_code(tmp_path):
    biblio = tmp_path / "biblio.csv"
    biblio.write_text(
        "title,authors,item_code,call_number\n"
        '"Siti Nurbaya : kasih tak sampai","<Rusli, Marah, 1889-1968>","<B1><B2>","899 RUS s"\n'
    )
    items = tmp_path / "items.csv"
    items.write_text(
        "item_code,coll_type_name,location_name,received_date,item_status_name,title\n"
        "B1,Textbook,wana,2020-01-02,,Siti Nurbaya\n"
        "B3,Reference,wana,2020-01-03,No Loan,Kamus\n"
    )
    found = list(catalogues.read_together([biblio, items], "slims"))
    first, second = (record.record for _, record in found)
    assert [path.name for path, _ in found] == ["biblio.csv", "items.csv"]
    assert [(f.get("p"), f.get("y"), f.get("o")) for f in first.get_fields("952")] == [
        ("B1", "Textbook", "899 RUS s"),
        ("B2", None, "899 RUS s"),
    ]
    assert (first["100"]["a"], first["100"]["d"]) == ("Rusli, Marah,", "1889-1968")
    assert (first["245"]["a"], first["245"]["b"]) == ("Siti Nurbaya :", "kasih tak sampai")
    assert [f["p"] for f in second.get_fields("952")] == ["B3"]


@pytest.mark.parametrize(
    ("delimiter", "encoding", "newline"),
    [(";", "cp1252", "\r\n"), ("\t", "utf-16", "\r\n"), (",", "utf-8", "\r")],
)
def test_a_slims_export_saved_anew_by_a_spreadsheet_program(tmp_path, delimiter, encoding, newline):
    path = tmp_path / "biblio.csv"
    rows = [BIBLIO, ["Café \nnovel", *[""] * 16, "B1"]]
    path.write_bytes(newline.join(delimiter.join(f'"{cell}"' for cell in row) for row in rows).encode(encoding))
    assert recognise(Input(path)).form == "slims"
    [found] = read([path], "slims")
    assert isinstance(found, SourceRecord)
    assert found.record["245"]["a"].startswith("Café")


@pytest.mark.parametrize("name", ["semua.zip", "semua.csv"])
def test_an_archive_is_named_as_one(tmp_path, name):
    path = tmp_path / name
    with ZipFile(path, "w") as file:
        file.writestr("kota.mrc", b"00026nam a2200025 a 4500\x1e\x1d\r\r")
    with pytest.raises(InputError, match="ZIP archive"):
        recognise(Input(path))
