"""Every operation's page over the example network: whole, small, in both languages, with its data; the figures."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import feedparser
import pyoxigraph as ox
import pytest
from icalendar import Calendar
from lxml import etree, html
from openpyxl import load_workbook

from ingest.sheets import read_sheets
from ontology.operations import PLACE, operations
from ontology.queries import saved_queries
from web.pages.candidates import ranked
from web.pages.choosing import choices

HTML = {"Accept": "text/html"}
DAY = "on=2026-03-15"
NAMES = {"L": "wana", "A": "A1", "N": "jpmr", "P": "P1", "K": "pk1"}
CHOSEN = {
    "/jalur": "dari=karang&ke=giri", "/tukar-hadiah": "untuk=tirta", "/katalog-induk": "a=prov&b=kota",
    "/rotasi/rencana": "kemitraan=P7&mulai=2026-07-13", "/sebelum-membeli": "cari=9789799731234&untuk=wana",
    "/tambahan-koleksi": "bulan=2026-02&me=giri", "/perpustakaan/{L}/keuntungan": "year=2026",
}  # fmt: skip
BASE = "https://data.jejaring.example"


TELLING = {
    "/perpustakaan/{L}/akses": "kota", "/perpustakaan/{L}/neraca-tukar": "prov", "/kemitraan/{P}/pengolahan": "P3",
}  # fmt: skip
"""Where the example says something of another entity than those above."""


def address(page, more="lang=en"):
    path = PLACE.sub(lambda found: TELLING.get(page, NAMES[found[1]]), page)
    return f"{path}?{'&'.join(part for part in (CHOSEN.get(page, ''), DAY, more) if part)}"


def opened(client, path):
    response = client.get(path, headers=HTML)
    assert response.status_code == 200, path
    return html.fromstring(response.data)


def table(page, key):
    """The texts of a table's rows, by its place on the page."""
    found = page.xpath(f"//section[@id='{key}']//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in found]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("page", operations())
def test_page_is_whole_and_in_its_language(client, page, language):
    response = client.get(address(page, f"lang={language}"), headers=HTML)
    assert response.status_code == 200
    tree = html.fromstring(response.data)
    assert tree.get("lang") == language
    assert tree.xpath("string(//h1)") == operations()[page].title[language]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    labelled = set(tree.xpath("//label/@for"))
    assert all(one.get("id") in labelled for one in tree.xpath("//input[not(@type='hidden')] | //select"))
    assert not tree.xpath("//th[not(@scope)] | //*[@style] | //script[not(@src)]")
    assert all(link.text_content().strip() for link in tree.xpath("//a[@href]"))
    assert len(response.data) < 36_000


@pytest.mark.parametrize("page", operations())
def test_every_table_comes_as_csv_and_json(client, page):
    tree = opened(client, address(page))
    tables = [one.key for one in operations()[page].tables]
    shown = [key for key in tables if table(tree, key)]
    assert shown, "the example shows nothing here"
    for key in shown:
        links = tree.xpath(f"//section[@id='{key}']/p[@class='same']/a/@href")
        rows = list(csv.DictReader(io.StringIO(client.get(links[0]).get_data(as_text=True))))
        assert rows
        assert client.get(links[1]).is_json
        query = next(one for one in operations()[page].tables if one.key == key).query
        assert not query or links[-1].startswith("/q/")
        if len(links) > 2 and "format=ttl" in links[2]:
            turtle, linked = (client.get(link) for link in links[2:4])
            assert len(list(ox.parse(turtle.data, ox.RdfFormat.TURTLE))) > 0
            assert linked.get_json()["@graph"]
    everything = client.get(address(page, "format=json")).get_json()
    assert set(shown) <= set(everything)


@pytest.mark.parametrize("page", operations())
def test_what_it_offers_is_there(client, page):
    tree = opened(client, address(page))
    for href in tree.xpath("//ul[@class='pills']//a/@href | //section[@class='also']//a/@href"):
        if not href.startswith("/dumps") and ".mrc" not in href:  # made later; the example has no records
            assert client.get(href, headers=HTML).status_code == 200, href


def test_overview_leads_to_every_operation(client):
    tree = opened(client, f"/kerja-sama?untuk=wana&{DAY}")
    paths = {href.partition("?")[0] for href in tree.xpath("//main//a/@href")}
    wanted = {"L": "wana", "A": "A1", "N": "jpmr", "P": "P1"}
    for page, one in operations().items():
        if one.of != "entity":
            assert PLACE.sub(lambda found: wanted[found[1]], page) in paths, page


def test_every_query_with_a_page_is_answered_there(client):
    for name, query in saved_queries().items():
        path = re.split(r"[?#]", query.page)[0]
        if re.fullmatch(r"/(perpustakaan|jejaring|kemitraan|perjanjian)/\{\w\}", path):
            continue
        names = {**NAMES, "W": "w01", "X": "i03", "A": "prov" if path.startswith("/perpustakaan") else "A1"}
        address = re.sub(r"\{(\w)\}", lambda found, names=names: names[found[1]], path)
        assert client.get(address, headers=HTML).status_code == 200, name


def test_unknown_subjects_and_wrong_choices_are_told(client):
    assert client.get("/perpustakaan/nobody/jika-keluar", headers=HTML).status_code == 404
    assert client.get("/rotasi/rencana?kemitraan=P7&hari=x", headers=HTML).status_code == 400
    assert client.get("/tambahan-koleksi?bulan=never", headers=HTML).status_code == 400
    assert client.get("/perpustakaan/wana/keuntungan?year=12345", headers=HTML).status_code == 400
    assert client.get("/perpustakaan/wana/keuntungan?format=csv&table=none", headers=HTML).status_code == 404


def test_departure_agrees_with_the_command(client):
    page = opened(client, f"/perpustakaan/wana/jika-keluar?{DAY}&lang=en")
    lapsing = [row[0] for row in table(page, "lapsing")]
    assert lapsing == ["PKS Silang Layan Tirtasari-Wanakerta", "Kesepakatan lisan Wanakerta-Girilaya"]  # A2, A9
    assert any("Cerita Rakyat Wanakerta" in row[0] for row in table(page, "titles"))


def test_calendar_is_read_by_others(client):
    calendar = Calendar.from_ical(client.get(f"/perjanjian/kalender.ics?{DAY}&lang=en").data)
    events = {(str(one["SUMMARY"]), one.decoded("DTSTART")) for one in calendar.walk("VEVENT")}
    assert len(events) == 9
    assert ("PKS Silang Layan Tirtasari-Wanakerta: last day to give notice", date(2026, 4, 20)) in events
    assert len({str(one["UID"]) for one in calendar.walk("VEVENT")}) == 9
    training = Calendar.from_ical(client.get("/pembinaan.ics").data)
    assert any(one.decoded("DTEND") == date(2025, 9, 13) for one in training.walk("VEVENT"))  # tr1, three days


@pytest.mark.parametrize("path", ["/perjanjian/kalender.atom?", "/tambahan-koleksi.atom?bulan=2026-02&"])
def test_feed_is_read_by_others_and_keeps_the_rules(client, path):
    content = client.get(path + DAY).data
    found = feedparser.parse(content)
    assert not found.bozo
    assert found.version == "atom10"
    assert len(found.entries) == len({entry.id for entry in found.entries}) > 3
    name = {"a": "http://www.w3.org/2005/Atom"}
    root = etree.fromstring(content)
    assert root.find("a:author/a:name", name) is not None
    assert root.xpath("count(a:link[@rel='self'])", namespaces=name) == 1
    for entry in root.findall("a:entry", name):
        for child in ("id", "title", "updated", "content"):
            assert len(entry.findall(f"a:{child}", name)) == 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.findtext("a:updated", None, name))
        assert entry.find("a:link", name).get("href").startswith("http")


def test_accessions_by_library_and_subject(client):
    rows = list(
        csv.DictReader(
            io.StringIO(client.get("/tambahan-koleksi.csv?bulan=2026-02&library=kota").get_data(as_text=True))
        )
    )
    assert [row["work"] for row in rows] == [f"{BASE}/id/w07"]
    assert (
        len(
            list(
                csv.DictReader(
                    io.StringIO(
                        client.get("/tambahan-koleksi.csv?bulan=2026-02&subject=subj-6").get_data(as_text=True)
                    )
                )
            )
        )
        == 2
    )


def test_way_between_two_libraries(client):
    page = opened(client, f"/jalur?dari=karang&ke=giri&{DAY}")
    assert len(table(page, "path")) == 2
    assert not table(page, "access")
    together = opened(client, f"/jalur?dari=tirta&ke=wana&{DAY}&lang=id")
    assert any("PKS Silang Layan" in row[-1] and "muatan lokal" in row[3] for row in table(together, "access"))


def test_signing_a_draft_shows_who_gains_what(client):
    # A12: univ would lend general items to giri, which has OF2 for the same; giri left JPMR, so nothing else
    page = opened(client, f"/perjanjian/A12/dampak?{DAY}&lang=en")
    library, before, after, gain, better = table(page, "figures")[0]
    assert library.endswith("Girilaya")
    assert (before, gain) == (after, "0")
    assert int(better) > 0
    # without A2, wana may still borrow from tirta by A1, but not local content
    access = table(opened(client, f"/perjanjian/A2/dampak?{DAY}&lang=en"), "access")
    assert next(row for row in access if "Wanakerta" in row[0] and "local content" in row[2])[3:] == ["1", "1"]
    assert next(row for row in access if "Wanakerta" in row[0] and "general" in row[2])[3:] == ["1", "0"]


def test_completeness_grid_has_a_row_for_each_agreement(client):
    page = opened(client, f"/perjanjian/kelengkapan?{DAY}&lang=en")
    rows = table(page, "matrix")
    assert all(len(row) == 10 for row in rows)
    assert {cell for row in rows for cell in row[1:]} == {"complete", "words only", "missing"}


def test_requirements_grid_shows_evidence(client):
    rows = table(opened(client, f"/jejaring/jpmr/syarat?{DAY}&lang=en"), "matrix")
    assert len(rows) == 8
    assert all(len(row) == 7 for row in rows)
    assert "https://opac.kota.example/" in next(row for row in rows if "Kota Mandala" in row[0])[3]


def test_ranks_are_the_mean_of_ranks():
    row = dict.fromkeys(("partnerships", "titles", "equipment", "reached", "supplied"), 1)
    best, tied, last = (
        {**row, "titles": 9, "unmet": 0, "member": "a"},
        {**row, "unmet": 0, "member": "b"},
        {**row, "unmet": 3, "member": "c"},
    )
    assert [(one["rank"], one["member"]) for one in ranked([last, tied, best])] == [(1, "a"), (2, "b"), (3, "c")]
    assert [one["rank"] for one in ranked([tied, {**tied, "member": "d"}])] == [1, 1]


def test_focal_point_now_is_marked(client):
    rows = table(opened(client, f"/jejaring/jpmr/calon-focal-point?{DAY}&lang=en"), "ranked")
    assert [row[1] for row in rows if row[-1] == "yes"] == ["Perpustakaan Provinsi Mandala Raya"]
    assert rows[0][0] == "1"


def test_claim_is_a_row_that_loads(client, tmp_path):
    page = opened(client, f"/tukar-hadiah?untuk=giri&{DAY}&lang=en")
    row = next(row for row in table(page, "claims") if "Pengantar Ilmu Perpustakaan" in row[2])
    assert row[-2] == "yes"  # of3: giri looks for it
    response = client.get("/tukar-hadiah/minta?tawaran=of2&untuk=giri")
    # a file of the sheet's own name would replace the whole list when it is loaded
    assert response.headers["Content-Disposition"] == 'attachment; filename="daftar_tukar-of2-giri.csv"'
    file = tmp_path / "daftar_tukar-of2-giri.csv"
    file.write_bytes(response.data)
    known = client.application.extensions["site"].releases.current().store
    assert read_sheets([file], BASE, known).problems == []
    line = next(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert (line["id"], line["perpustakaan"], line["diminta_oleh"]) == ("of2", "univ", "giri")
    assert client.get("/tukar-hadiah/minta?tawaran=none&untuk=giri").status_code == 404
    for nobody in ("&untuk=nobody", "", "&untuk=", "&untuk=a%3Cb"):
        assert client.get(f"/tukar-hadiah/minta?tawaran=of2{nobody}").status_code == 400


def test_plan_comes_back_as_sheets(client, tmp_path):
    path = "/rotasi/rencana.xlsx?kemitraan=P7&mulai=2026-07-13&hari=50&putaran=2"
    file = tmp_path / "rencana.xlsx"
    file.write_bytes(client.get(path).data)
    stages = list(load_workbook(file)["rotasi"].values)
    assert stages[0][:5] == ("id", "rencana", "paket", "urutan", "perpustakaan")
    assert {row[5] for row in stages[1:]} == {"2026-07-13", "2026-09-01"}
    network = client.application.extensions["site"].releases.current().store
    assert read_sheets([file], BASE, network).problems == []
    assert client.get("/rotasi/rencana.xlsx").status_code == 400


def test_planner_shows_what_stays_at_home_and_why(client):
    page = opened(client, f"/rotasi/rencana?kemitraan=P7&mulai=2026-07-13&{DAY}&lang=en")
    why = {row[0]: row[3] for row in table(page, "home")}
    assert sum(reason == "last copy in the network" for reason in why.values()) == 2  # w11, only at wana
    assert "occupied" not in str(why)
    later = opened(client, "/rotasi/rencana?kemitraan=P7&mulai=2027-01-01&lang=en")
    assert "supposes that it is renewed" in later.text_content()
    only = opened(client, f"/rotasi/rencana?kemitraan=P7&mulai=2026-07-13&paket=pk1&{DAY}&lang=en")
    assert {row[0] for row in table(only, "stages")} == {"Paket Wana 1"}


def test_packing_list_is_ready_to_sign(client):
    page = opened(client, "/rotasi/paket/pk1?lang=en")
    assert len(table(page, "items")) == 3
    assert [row[:2] for row in table(page, "signatures")][1] == [
        "Perpustakaan Desa Sukamaju",
        "Perpustakaan Desa Karangmulya",
    ]


def test_before_buying_says_who_holds_it_and_who_answers(client):
    page = opened(client, f"/sebelum-membeli?cari=978-979-97312-3-4&untuk=wana&{DAY}&lang=en")
    row = table(page, "verdict")[0]
    assert row[0] == "Bumi Manusia"
    assert row[1] == "4"  # prov, kota, tirta, univ
    assert row[3:] == ["no", "yes"]
    assert table(page, "responsible")[0][2] == "Perpustakaan Umum Kabupaten Wanakerta"  # rs7: literature
    none = opened(client, "/sebelum-membeli?cari=qqqqxyzzy&lang=en")
    assert "Nobody in the network is known to hold it." in none.text_content()


def test_before_buying_takes_a_title(client):
    page = opened(client, f"/sebelum-membeli?cari=hidroponik&{DAY}")
    assert "Hidroponik untuk Pemula" in table(page, "verdict")[0][0]


def test_directory_comes_back_in_the_columns_of_its_sheet(client, tmp_path):
    file = tmp_path / "perpustakaan.csv"
    file.write_bytes(client.get("/direktori.csv").data)
    reading = read_sheets([file], BASE)
    assert reading.problems == []
    assert len(list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))) == 11


def test_directory_speaks_schema_org(client):
    found = client.get("/direktori.jsonld").get_json()
    kota = next(one for one in found["@graph"] if one["@id"].endswith("/kota"))
    assert (kota["@type"], kota["address"]["addressLocality"], float(kota["geo"]["latitude"])) == (
        "Library",
        "Kota Mandala",
        -7.11,
    )
    assert len(found["@graph"]) == 10


def test_nothing_after_the_day_asked_about_counts(client):
    early = table(opened(client, "/silang-layan?on=2026-01-31&lang=en"), "requests")
    assert len(early) == 3  # rq01, rq02, rq10
    statement = table(opened(client, "/perpustakaan/prov/neraca-tukar?on=2025-12-31&lang=en"), "lines")
    assert len(statement) == 1  # tf3


def test_centre_gives_its_records(client):
    rows = table(opened(client, f"/kemitraan/P3/pengolahan?{DAY}"), "records")
    documents = client.get(f"/kemitraan/P3/pengolahan.jsonld?{DAY}").get_json()
    assert len(documents) == len({row[-2] for row in rows}) > 2  # the record, before the centre
    one = client.get(f"/kemitraan/P3/pengolahan.jsonld?{DAY}&library=karang").get_json()
    assert 0 < len(one) < len(documents)
    assert client.get(f"/kemitraan/P3/pengolahan.mrc?{DAY}").status_code == 404  # the example has no archive


def test_readiness_draws_the_scores_and_the_reach(client):
    page = opened(client, f"/kesiapan/kota?{DAY}&lang=en")
    assert len(page.xpath("//figure//polygon")) == 4 + 2
    assert len(table(page, "reach")) == 2
    assert not opened(client, f"/kesiapan/agri?{DAY}").xpath("//figure")


def test_year_of_gains_sums_up(client):
    page = opened(client, f"/perpustakaan/wana/keuntungan?year=2026&{DAY}&lang=en")
    figures = dict(table(page, "figures"))
    assert figures["fees saved"] == "IDR 50,000"
    assert int(figures["titles opened up by cooperation"]) > 0
    assert sum(int(row[2]) > 0 for row in table(page, "opened")) > 2


def test_obstacles_are_also_seen_in_the_data(client):
    page = opened(client, f"/hambatan?{DAY}&lang=en")
    signs = {row[0] for row in table(page, "seen")}
    assert {"facilities and infrastructure", "staffing", "little information between libraries"} <= signs
    assert "insufficient collection" in signs


def test_every_address_is_documented(app):
    text = (Path(__file__).parents[2] / "docs" / "addresses.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([^`]+)`", text, re.MULTILINE))
    assert set(operations()) <= documented
    files = {rule.rule for rule in app.url_map.iter_rules() if re.search(r"\.(ics|atom|csv|xlsx|xml)$", rule.rule)}
    ours = {
        path
        for path in files
        if path.split("/")[1] in ("perjanjian", "pembinaan", "rotasi", "permintaan.xml", "permintaan.csv")
    }
    assert ours
    assert ours <= documented


def test_lists_to_choose_from_know_their_values(client, app):
    with app.test_request_context("/?lang=en"):
        from web.pages.visit import visit

        assert {one.href for one in choices(visit(), "partnership")} >= {"P1", "P7"}
        assert "lend" in {one.href for one in choices(visit(), "action")}
        assert choices(visit(), "text") is None
