"""Why a fact is shown: the sheet and row, or the record, its field and the rule that read it."""

import pytest
from lxml import html

from graph.settings import Settings
from ingest.inputs import collect
from ingest.pipeline import Pipeline
from web.app import create_app

BASE = "https://data.jejaring.example"
HTML = {"Accept": "text/html"}
SHEET = """id,nama,jenis,surel
kota,Perpustakaan Kota,perpustakaan umum,
bukit,Perpustakaan Bukit,perpustakaan sekolah,b@example.org
"""
RECORD = (
    '{"leader":"00000nam a2200000 a 4500","fields":[{"001":"r1"},'
    '{"245":{"ind1":"0","ind2":"0","subfields":[{"a":"Cerita <b>rakyat"}]}},'
    '{"650":{"ind1":" ","ind2":"0","subfields":[{"a":"Folklore"}]}}]}'
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("loaded")
    (folder / "perpustakaan.csv").write_text(SHEET, encoding="utf-8")
    (folder / "kota.json").write_text(RECORD, encoding="utf-8")
    settings = Settings(data=str(folder / "data"), base_iri=BASE)
    outcome = Pipeline(settings).load(collect([folder / "perpustakaan.csv", folder / "kota.json"]))
    assert outcome.useful, outcome.refused
    return create_app(settings).test_client()


def reasons(client, path):
    page = html.fromstring(client.get(path, headers=HTML).data)
    found = page.xpath("//dt/a[@class='why']/@href")
    assert found
    return [client.get(href + "&lang=en", headers=HTML).get_data(as_text=True) for href in found]


def test_a_fact_of_a_sheet_names_file_sheet_and_row(loaded):
    for text in reasons(loaded, "/perpustakaan/bukit"):
        assert "Row 3 of the sheet perpustakaan" in text
        assert "perpustakaan.csv" in text
        assert "Perpustakaan Bukit" in text


def test_a_fact_of_a_record_names_record_field_and_rule(loaded):
    found = loaded.get("/search.json?q=cerita&kind=work").get_json()["results"][0]
    name = found["iri"].partition("/id/work/")[2]
    title = reasons(loaded, f"/karya/{name}")[0]
    assert "=245  00$aCerita &lt;b&gt;rakyat" in title
    assert "2XX-titles.yaml:" in title
    assert "mainTitle" in title


def test_an_edition_leads_to_its_record_on_the_bench(loaded):
    found = loaded.get("/search.json?q=cerita&kind=work").get_json()["results"][0]
    work = html.fromstring(loaded.get(f"/karya/{found['iri'].partition('/id/work/')[2]}", headers=HTML).data)
    edition = next(href for href in work.xpath("//main//a/@href") if href.startswith("/terbitan/"))
    page = html.fromstring(loaded.get(edition + "?lang=en", headers=HTML).data)
    bench = next(href for href in page.xpath("//main//a/@href") if href.startswith("/bangku-pemetaan"))
    text = loaded.get(bench, headers=HTML).get_data(as_text=True)
    assert "6XX-subjects.yaml:" in text
    assert "madsrdf:Topic | " in text, "the key by which records meet in a subject"
    assert "Cerita &lt;b&gt;rakyat" in text


def test_a_fact_nobody_states_is_not_found(loaded):
    path = f"/mengapa?iri={BASE}/id/kota&property=http://purl.org/dc/terms/subject"
    assert loaded.get(path, headers=HTML).status_code == 404
