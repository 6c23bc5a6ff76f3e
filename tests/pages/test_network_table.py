"""Walks docs/network.md: every element's sheets, queries, page and test really work over the example network."""

import csv
import importlib
import io
import re
from pathlib import Path

import pytest
from lxml import html

from graph.queries import find
from graph.statements import canonical
from graph.store import LocalStore
from ingest.sheets import read_sheets
from ingest.sheets.export import Export
from ingest.sheets.writing import write
from ontology.sheets import sheets
from tests.sheets.network import BASE, SHEETS, store_of

ROOT = Path(__file__).resolve().parents[2]
HTML = {"Accept": "text/html"}
IDS = {"jejaring": "jpmr", "kemitraan": "P1", "perjanjian": "A1", "karya": "w01"}
TELLING = {
    "/kemitraan/{P}/pengolahan": "P3",
    "/rotasi/rencana?kemitraan={P}": "P7",
    "/perpustakaan/{A}/neraca-tukar": "prov",
}


def rows():
    text = (ROOT / "docs" / "network.md").read_text(encoding="utf-8").partition("\n## ")[0]
    lines = [
        line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| **", "| Element"))
    ]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


TABLE = rows()


def address(page):
    page = page.strip("`")
    kind = page.split("/")[1]
    path = re.sub(r"\{\w\}", TELLING.get(page, IDS.get(kind, "kota")), page)
    return path + ("&" if "?" in path else "?") + "on=2026-03-15"


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The example's sheets, read, stored, and written back."""
    lines = canonical(read_sheets(SHEETS, BASE).lines)
    folder = tmp_path_factory.mktemp("lembar")
    write(Export(LocalStore(store_of(sorted(lines))), BASE).tables(), folder, "csv")
    return folder


@pytest.mark.parametrize("sheet", sorted({name for row in TABLE for name in row[1].split(", ")} - {"marc"}))
def test_sheet_is_read_and_written_back_row_by_row(exported, sheet):
    original = next(path for path in SHEETS if path.stem == sheet)
    back = exported / f"{sheet}.csv"
    assert sheet in sheets()
    ids = [{line[0] for line in csv.reader(file.open(encoding="utf-8-sig"))} for file in (original, back)]
    assert ids[0] == ids[1]
    others = [path for path in SHEETS if path.stem != sheet]
    assert canonical(read_sheets([back, *others], BASE).lines) == canonical(read_sheets(SHEETS, BASE).lines)


@pytest.mark.parametrize("name", sorted({name for row in TABLE for name in row[2].split(", ")}))
def test_query_is_answered_over_http(client, name):
    query = find(name)
    given = {p.name: p.example for p in query.parameters if p.example != "UNDEF"}
    response = client.get(f"/q/{query.name}", query_string={"format": "csv", **given})
    assert list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("page", sorted({row[3] for row in TABLE}))
def test_page_is_there_and_says_something(client, page, language):
    response = client.get(address(page) + f"&lang={language}&untuk=kota", headers=HTML)
    assert response.status_code == 200, page
    tree = html.fromstring(response.data)
    assert tree.get("lang") == language
    assert tree.xpath("//main//tbody/tr | //main//dl/div | //main//li")
    own = re.search(r"/(perpustakaan|jejaring|kemitraan|perjanjian)/\{\w\}`$", page)
    wanted = "//a[contains(@href, '/data/')]" if own else "//p[@class='same']/a[contains(@href, 'csv')]"
    assert tree.xpath(wanted) or "pinjam" in page


@pytest.mark.parametrize("test", sorted({row[4] for row in TABLE}))
def test_named_test_is_there(test):
    file, _, name = test.partition("::")
    module = importlib.import_module(f"tests.answers.{file.removesuffix('.py')}")
    assert callable(getattr(module, name))


def test_every_element_of_the_design_has_a_row():
    # 4.1: 4, 4.2: 7 and the gap report, 4.3: 7, 4.4: 6, 4.5: 6, 4.6: 9, 4.7: 8, 4.8: 5
    assert len(TABLE) == 4 + 8 + 7 + 6 + 6 + 9 + 8 + 5
    assert len({row[0] for row in TABLE}) > 50
