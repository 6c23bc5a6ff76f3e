from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers import encodings, iso5426, marc8
from tests.readers import made

TITLES = {
    "MARC-8": (b"Pr\xe2ejug\xe2es et f\xe8ordom, T\xe5oky\xe5o", "Préjugés et fördom, Tōkyō"),
    "Windows-1252": (
        "Källor från Gävle, Bollnäs, Hässleholm".encode("cp1252"),
        "Källor från Gävle, Bollnäs, Hässleholm",
    ),
    "Windows-1251": ("Основы гидравлического расчета".encode("cp1251"), "Основы гидравлического расчета"),
    "Big5": ("北京大學圖書館的歷史與發展".encode("cp950"), "北京大學圖書館的歷史與發展"),
    "ISO 5426": (b"Union g\xc2en\xc2erale d'\xc2editions, H\xc2el\xc1ene", "Union générale d'éditions, Hélène"),
    "UTF-8": ("Étude 北京".encode(), "Étude 北京"),
}


@pytest.mark.parametrize("name", TITLES)
def test_the_set_is_found_whatever_the_leader_says(tmp_path: Path, name: str) -> None:
    raw, title = TITLES[name]
    good, _ = made.results(made.written(tmp_path, made.legacy(1, raw)))
    assert good[0].encoding == name
    assert good[0].record["245"]["a"] == f"{title} 1 /"
    assert made.kinds(good[0]) == (set() if name == "MARC-8" else {"encoding"})
    assert good[0].record.leader[9] == "a"


def test_two_sets_in_one_record(tmp_path: Path) -> None:
    chunk = made.iso(1, "#######", f500="Édition 北京").replace(b"#######", b"Qu\xe2ebec")
    good, _ = made.results(made.written(tmp_path, chunk))
    assert good[0].encoding == "UTF-8 and MARC-8"
    assert good[0].record["245"]["a"] == "Québec 1 /"
    assert good[0].record["500"]["a"] == "Édition 北京"


def test_decomposed_utf8_is_composed(tmp_path: Path) -> None:
    good, _ = made.results(made.written(tmp_path, made.iso(1, "E\u0301tude")))
    assert good[0].record["245"]["a"] == "\u00c9tude 1 /"
    assert not good[0].repairs


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"\x1b$1!Be!Hu\x1b(B /", "新潮 /"),
        (b"\x1b(N\x41\x42\x1b(B.", "аб."),
        (b"H\x1bb2\x1bsO", "H₂O"),
        (b"a\xe2", "á"),
        (b"Soci\x1bt\xe2e", "Socité"),
        (b"\x1b$1!Be!H", "新\ufffd"),
        (b"\xd8", "\ufffd"),
        (b"\x1b", ""),
    ],
)
def test_marc8(raw: bytes, text: str) -> None:
    assert marc8.decode(raw) == text


def test_iso5426() -> None:
    assert (
        iso5426.decode(b"\x88Les\x89 \xc9ecoles fran\xd0caises, \xe9rsted, \xfa")
        == "Les ëcoles françaises, Ørsted, œ"
    )


@given(st.binary(max_size=200))
def test_no_bytes_stop_a_decoder(data: bytes) -> None:
    for name in ("MARC-8", "ISO 5426", "Big5", "Windows-1251", "Windows-1252"):
        found = encodings.Encoding(name, f"jejaring_utf8_{encodings._LEGACY[name][0]}")
        assert isinstance(encodings.decoder(found)(data), str)
    assert encodings.guess([data]) in encodings._LEGACY
