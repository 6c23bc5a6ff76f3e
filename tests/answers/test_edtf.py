import pytest

from graph.edtf import spoken


@pytest.mark.parametrize(
    ("date", "english", "indonesian"),
    [
        ("1999", "1999", "1999"), ("2001/..", "2001–", "2001–"), ("1970~/", "about 1970–", "sekitar 1970–"),
        ("1990/1995", "1990–1995", "1990–1995"), ("../1980", "–1980", "–1980"), ("199X", "1990s", "1990-an"),
        ("19XX/..", "1900s–", "1900-an–"), ("1968?", "1968?", "1968?"), ("1968%", "about 1968?", "sekitar 1968?"),
        ("1945-08-17", "1945-08-17", "1945-08-17"), ("", "", ""), ("/", "/", "/"), ("c1980", "c1980", "c1980"),
        ("Haupttitel 1999/2000", "Haupttitel 1999/2000", "Haupttitel 1999/2000"),
    ],
)  # fmt: skip
def test_a_date_is_said_in_words(date: str, english: str, indonesian: str) -> None:
    assert spoken(date, "en") == english
    assert spoken(date, "id") == indonesian
