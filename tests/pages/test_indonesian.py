"""Indonesian pages say everything in Indonesian, also what code below them has to say."""

import re
from io import BytesIO
from json import dumps

import pytest
from lxml import html
from pymarc import JSONReader
from werkzeug.exceptions import InternalServerError

from graph.settings import Settings
from ingest.inputs import collect
from ingest.pipeline import Pipeline
from tests.pages.test_browser import AXE_PAGES
from tests.pages.test_pages import PAGES
from web.app import create_app

HTML = {"Accept": "text/html", "Accept-Language": "id"}
ENGLISH = re.compile(r"\b(the|is|of|and|was|were|not|this|there|cannot|must|with|known|write|correct|give)\b", re.I)
NAMES = re.compile(r"Library of Congress|AND l\b")
"""Names that are English everywhere, and a shelf mark."""
BAD_SHEETS = {
    "perpustakaan.csv": "id,nama,jenis,lintang,warna\n"
    "kota,Perpustakaan Kota,perpustakaan umum,-7.25,biru\n"
    "kota,Perpustakaan Kota Lagi,perpustakaan umum,,\n"
    "desa,,perpustakaan umum,,\n"
    "bukit,Perpustakaan Bukit,perpustakaan terbang,selatan,\n",
    "kemitraan.csv": "id,nama,bentuk,mulai,perjanjian\nK1,Kemitraan,silang layan,kapan-kapan,tiada\n",
    "perjanjian.csv": "id,nama\nA1,Perjanjian\n",
    "dagangan.csv": "a,b\n1,2\n",
    "kosong.csv": "",
}
RECORD = {
    "leader": "00000nam a2200000 a 4500",
    "fields": [
        {"001": "b1"},
        {"005": "kemarin"},
        {"245": {"ind1": "1", "ind2": "0", "subfields": [{"a": "Bumi manusia"}]}},
        {"852": {"ind1": " ", "ind2": " ", "subfields": [{"b": "TIADA"}, {"h": "X 1"}]}},
        {"856": {"ind1": "4", "ind2": "0", "subfields": [{"u": "www tanpa skema"}]}},
    ],
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """Sheets and a catalogue with faults, loaded as they are."""
    folder = tmp_path_factory.mktemp("masukan")
    for name, text in BAD_SHEETS.items():
        (folder / name).write_text(text, encoding="utf-8")
    record = next(iter(JSONReader(dumps([RECORD])))).as_marc()
    (folder / "katalog.mrc").write_bytes(record + record.replace(b"a22", b"a2x") + b"rusak\x1d")
    settings = Settings(data=str(tmp_path_factory.mktemp("data") / "data"))
    (folder / "kosong.csv").unlink()
    assert Pipeline(settings).load(collect([folder])).useful
    return settings


@pytest.fixture(scope="module")
def reader(loaded):
    return create_app(loaded).test_client()


def texts(response):
    """Every text of a page, also those heard or hovered, that has words of English; code is not a text."""
    tree = html.fromstring(response.data)
    for one in tree.xpath("//code | //pre | //script | //textarea | //style"):
        one.drop_tree()
    found = tree.xpath("//text() | //@title | //@aria-label | //@placeholder | //@alt | //@content")
    return [text.strip() for text in found if ENGLISH.search(NAMES.sub("", text))]


def english(response):
    """Texts with words of English, and what is marked as English because nothing is known of it."""
    marked = html.fromstring(response.data).xpath('//main//*[@lang="en"]')
    return [*texts(response), *(one.text_content() for one in marked)]


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/karya/tidak-ada", 404, "Tidak ada yang dikenal pada /karya/tidak-ada."),
        ("/tidak/ada/halaman", 404, "Tidak ada halaman di alamat ini."),
        ("/q/tiada", 404, "Tidak ada pertanyaan tersimpan"),
        ("/q/accessions?from=kemarin", 400, "'kemarin' bukan tanggal."),
        ("/?on=besok", 400, "'besok' bukan tanggal."),
        ("/releases/77", 404, "Tidak ada rilis 77"),
        ("/mengapa", 404, "Tidak ada keterangan yang disebut."),
        ("/sparql?query=SELECT * WHERE { ?s ?p }", 400, "Kueri tidak dapat dibaca: kesalahan pada"),
        ("/sparql?query=INSERT DATA {}", 400, "pembaruan, bukan kueri"),
        ("/sparql?query=SELECT * { SERVICE <http://x> {} }", 400, "SERVICE tidak dibolehkan di sini."),
        ("/tukar-hadiah/tiada", 404, "Tidak ada"),
        ("/dumps/tiada", 404, "Tidak ada"),
    ],
)  # fmt: skip
def test_refusals_are_in_indonesian(reader, path, status, sentence):
    response = reader.get(path, headers=HTML)
    assert response.status_code == status
    assert sentence in html.fromstring(response.data).text_content()
    assert not english(response), english(response)


@pytest.mark.parametrize("path", sorted({*PAGES, *AXE_PAGES}))
def test_no_page_speaks_english(client, path):
    assert not texts(client.get(path.replace("lang=en", "lang=id"), headers=HTML))


@pytest.mark.parametrize("name", ["form-1-acquisition", "access-loanable", "std-ddc"])
def test_a_term_is_explained_in_one_language(client, name):
    path = f"/entitas?iri=https%3A%2F%2Fw3id.org%2Fjejaring%2Fns%23{name}"
    assert not texts(client.get(path, headers=HTML))
    assert texts(client.get(path + "&lang=en", headers=HTML))


def test_programs_are_told_in_english(reader):
    answer = reader.get("/karya/tidak-ada?lang=id", headers={"Accept": "application/problem+json"}).get_json()
    assert answer["detail"] == "Nothing is known under /karya/tidak-ada."


def test_the_settings_are_explained(reader):
    response = reader.get("/about", headers=HTML)
    assert "Waktu (detik) yang boleh dipakai satu kueri SPARQL sebelum dihentikan." in response.get_data(
        as_text=True
    )
    assert not english(response)


@pytest.mark.parametrize("path", ["/laporan", "/pemeriksaan"])
def test_problems_of_a_load_are_in_indonesian(reader, path):
    response = reader.get(path, headers=HTML)
    text = html.fromstring(response.data).text_content()
    assert "perpustakaan tidak dikenal" in text
    assert "Kode perpustakaan 'TIADA' tidak ada di direktori" in text
    assert not english(response), english(response)


def test_the_english_report_says_it_in_english(reader):
    text = html.fromstring(reader.get("/laporan?lang=en", headers=HTML).data).text_content()
    assert "unknown library" in text
    assert "Library code 'TIADA' is not in the directory" in text


def test_a_preview_of_bad_files_is_in_indonesian(loaded):
    app = create_app(loaded)
    _, secret = app.extensions["site"].credentials.make("Siti", ("update",))
    client = app.test_client()
    client.post("/unggah/masuk", data={"token": secret}, headers=HTML)
    page = html.fromstring(client.get("/unggah", headers=HTML).data)
    files = [(BytesIO(text.encode()), name) for name, text in BAD_SHEETS.items()]
    files.append((BytesIO(b"<html><body>x</body></html>"), "halaman.mrc"))
    data = {"word": page.xpath("//input[@name='word']/@value")[0], "files": files}
    response = client.get(client.post("/unggah", data=data, headers=HTML).headers["Location"], headers=HTML)
    text = html.fromstring(response.data).text_content()
    for sentence in (
        "Kolom 'warna' tidak dikenal dan dilewati.",
        "'perpustakaan terbang' tidak dikenal di sini. cantuman 5",
        "Id 'kota' sudah dipakai",
        "'kapan-kapan' bukan tanggal.",
        "berkas tidak dapat dipakai kosong.csv kosong.",
        "halaman.mrc adalah halaman web, yang tidak dibaca di sini.",
    ):
        assert sentence in text, sentence
    assert not english(response), english(response)


def test_the_mapping_bench_tells_of_problems_in_indonesian(reader):
    record = "=LDR  00000nam a2200000 a 4500\n=001  b1\n=245  10$aBumi\n=856  40$uwww tanpa skema\n"
    response = reader.post("/bangku-pemetaan", data={"record": record}, headers=HTML)
    assert "bukan URL yang sah; disimpan sebagai teks." in response.get_data(as_text=True)
    refused = reader.post("/bangku-pemetaan", data={"record": "bukan cantuman"}, headers=HTML)
    assert refused.status_code == 400
    assert "Teks itu tidak memuat cantuman MARC." in refused.get_data(as_text=True)
    assert not english(refused), english(refused)


def test_before_the_first_release_and_after_a_failure(tmp_path):
    app = create_app(Settings(data=str(tmp_path / "data")))
    response = app.test_client().get("/", headers=HTML)
    assert response.status_code == 503
    assert "Belum ada yang diterbitkan." in response.get_data(as_text=True)
    assert html.fromstring(response.data).get("lang") == "id"
    with app.test_request_context("/", headers=HTML):
        assert "Ada yang gagal di pihak kami." in app.handle_http_exception(InternalServerError()).get_data(
            as_text=True
        )


@pytest.mark.parametrize(("language", "names"), [("id", ["Perbesar", "Perkecil"]), ("en", ["Zoom in", "Zoom out"])])
def test_the_buttons_of_a_map_are_named(served, chromium, language, names):
    page = chromium.new_page()
    page.goto(f"{served}/direktori?lang={language}")
    page.wait_for_selector("#map path.leaflet-interactive, #map .pin")
    found = page.eval_on_selector_all("#map [role=button]", "all => all.map(one => [one.ariaLabel, one.title])")
    page.close()
    assert [[name, name] for name in names] == [one for one in found if one[1]]
