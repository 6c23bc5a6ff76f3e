"""From a yes to a request: page, ISO 18626 message, sheet row, and the balance it feeds."""

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from lxml import etree, html

from graph.network import Network
from graph.store import LocalStore
from ingest.sheets import read_sheets
from tests.answers.conftest import example_store

HTML = {"Accept": "text/html"}
BASE = "https://data.jejaring.example"
ASKED = "copy=i04&borrower=kota&on=2026-03-15&lang=en"
NAME = {"i": "http://illtransactions.org/2013/iso18626"}


def test_a_yes_leads_to_the_request(client):
    page = html.fromstring(client.get(f"/may-borrow?{ASKED}&action=lend", headers=HTML).data)
    assert page.xpath("string(//h1)").startswith("Yes — IDR 15,000")
    form, message = page.xpath("//main/ul[contains(@class, 'pills')]//a/@href")
    assert client.get(form, headers=HTML).status_code == 200
    assert client.get(message).mimetype == "application/xml"


def test_a_no_leads_to_none(client):
    page = html.fromstring(client.get("/may-borrow?copy=i19&borrower=kota&on=2026-03-15", headers=HTML).data)
    assert not page.xpath("//main/ul[contains(@class, 'pills')]")
    assert client.get("/permintaan?copy=i19&borrower=kota&on=2026-03-15", headers=HTML).status_code == 400
    assert client.get("/permintaan", headers=HTML).status_code == 400
    assert client.get("/permintaan.xml?copy=i04&borrower=nobody").status_code == 404


def test_form_holds_the_terms_and_keeps_its_number(client):
    page = html.fromstring(client.get(f"/permintaan?{ASKED}&nomor=abc123", headers=HTML).data)
    text = " ".join(page.xpath("//main")[0].text_content().split())
    for said in (
        "Request abc123",
        "Bumi Manusia",
        "899.221 PRA",
        "ISIL ID-UM1",
        "IDR 15,000",
        "21 days",
        "IDR 1,000",
    ):
        assert said in text
    links = page.xpath("//main/ul[contains(@class, 'pills')]//a/@href")
    assert all("nomor=abc123" in link for link in links)
    hostile = client.get(f"/permintaan?{ASKED}&nomor=<script>", headers=HTML).get_data(as_text=True)
    assert "script" not in hostile.partition("<main")[2].partition("</main")[0]


def test_message_says_what_it_may_cost_and_in_which_money(client):
    root = etree.fromstring(client.get(f"/permintaan.xml?{ASKED}&nomor=abc123").data)
    assert root.findtext(".//i:requestingAgencyRequestId", None, NAME) == "abc123"
    assert root.findtext(".//i:maximumCosts/i:currencyCode", None, NAME) == "IDR"
    assert float(root.findtext(".//i:maximumCosts/i:monetaryValue", None, NAME)) == 15000
    assert root.find(".//i:patronInfo", NAME) is None
    free = etree.fromstring(client.get("/permintaan.xml?copy=i03&borrower=wana&on=2026-03-15").data)
    assert free.find(".//i:maximumCosts", NAME) is None


@pytest.mark.shared
@pytest.mark.parametrize("asked", [ASKED, "copy=i03&borrower=wana&on=2026-03-15", f"{ASKED}&action=photocopy"])
def test_message_is_valid(client, asked, shared: Path):
    schema = etree.XMLSchema(etree.parse(str(shared / "data" / "vocabularies" / "iso18626_v1_2.xsd")))
    schema.assertValid(etree.fromstring(client.get(f"/permintaan.xml?{asked}").data))


def test_its_row_feeds_the_lending_balance(client, tmp_path):
    def balance(network):
        rows = {row.library: (row.requests, row.supplied, row.received) for row in network.ask("cq36").rows}
        return rows[f"{BASE}/id/univ"], rows[f"{BASE}/id/kota"]

    store = example_store()
    (univ, kota) = balance(Network(LocalStore(store), BASE))
    response = client.get(f"/permintaan.csv?{ASKED}&nomor=abc123")
    assert "silang_layan-abc123.csv" in response.headers["Content-Disposition"]  # its own name: it replaces nothing
    row = response.data.decode("utf-8-sig")
    headings, cells = csv.reader(io.StringIO(row))
    cells[headings.index("tanggal_kirim")] = "2026-03-17"  # the supplier sent it
    cells[headings.index("status")] = "dipinjamkan"
    file = tmp_path / "silang_layan.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([headings, cells])
    reading = read_sheets([file], BASE, LocalStore(store))
    assert reading.problems == []
    store.load("\n".join(reading.lines).encode(), ox.RdfFormat.N_TRIPLES)
    after_univ, after_kota = balance(Network(LocalStore(store), BASE))
    assert after_univ == (univ[0] + 1, univ[1] + 1, univ[2])
    assert after_kota == (kota[0], kota[1], kota[2] + 1)
