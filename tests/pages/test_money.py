import pytest

from graph.settings import Settings
from web.app import create_app
from web.pages.money import money

JP = "https://w3id.org/jejaring/ns#"


@pytest.mark.parametrize(
    ("amount", "currency", "language", "written"),
    [
        (15000, JP + "IDR", "id", "Rp 15.000"),
        (15000, JP + "IDR", "en", "IDR 15,000"),
        (12.5, JP + "AUD", "en", "A$ 12.50"),
        (12.5, JP + "EUR", "id", "€ 12,50"),
        (7, "USD", "en", "$ 7"),
        (15000, None, "id", "Rp 15.000"),
    ],
)
def test_amount_is_written_in_its_currency(app, amount, currency, language, written):
    with app.test_request_context(f"/?lang={language}"):
        assert money(amount, currency) == written


def test_without_a_stated_currency_the_setting_counts(data):
    app = create_app(Settings(data=str(data), base_iri="https://data.jejaring.example", currency="MYR"))
    with app.test_request_context("/?lang=en"):
        assert money(7) == "MYR 7"


def test_pages_write_the_currency_of_the_terms(client):
    page = client.get("/may-borrow?copy=i04&borrower=kota&on=2026-03-15&lang=id", headers={"Accept": "text/html"})
    assert "Rp 15.000" in page.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/ketentuan/pinjam", "/q/tariffs"])
def test_tables_write_sums_in_the_currency_of_their_row(client, path):
    page = client.get(path + "?on=2026-03-15&lang=en", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert ">IDR 15,000</td>" in page
    assert "Indonesian rupiah" not in page


def test_fines_are_written_in_a_currency(client):
    page = client.get("/silang-layan?on=2026-11-23&lang=id", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert ">Rp 263.000</td>" in page
