"""PICA in its four forms, and the sigel directory read from them; the record is invented."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import directories
from ingest.directories.pica import is_pica, records
from tests.directories.test_directories import BASE, answer

FIELDS = [
    ("003@", [("0", "1")]),
    ("008H", [("b", "AB123"), ("d", "Xy 1"), ("e", "DE-Xy1")]),
    ("009Q", [("u", "https://kebun.example"), ("z", "A")]),
    ("009Q", [("u", "https://opac.kebun.example"), ("z", "B")]),
    ("029@", [("a", "Kebunstadt Gartenb."), ("4", "c")]),
    ("029@", [("a", "Garden Library"), ("4", "d")]),
    ("029A", [("a", "Gartenbibliothek $ Kebun")]),
    ("032P", [("a", "Postfach 1"), ("b", "Poststadt"), ("2", "P")]),
    ("032P", [("a", "Allee 1"), ("b", "Kebunstadt"), ("d", "DE"), ("k", "9.5"), ("l", "51.5"), ("2", "S")]),
    ("035B", [("a", "S"), ("d", "49"), ("e", "99"), ("f", "123"), ("k", "info@kebun.example")]),
    ("035B", [("a", "W"), ("b", "Nehmende Fernleihe"), ("k", "ambil@kebun.example")]),
    ("035B", [("a", "W"), ("b", "Gebende Fernleihe"), ("k", "beri@kebun.example")]),
    ("035E", [("f", "60")]),
    ("035I", [("a", "XYZ")]),
]
SECOND = [("008H", [("e", "DE-Xy2")]), ("029A", [("a", "Zweite")]), ("035I", [("a", "XYZ")])]
NAMELESS = [("008H", [("e", "DE-Xy3")])]
THREE = [FIELDS, SECOND, NAMELESS]


def normalised(record):
    return "1 \x1e" + "\x1e".join(f"{tag} " + "".join(f"\x1f{c}{v}" for c, v in pairs) for tag, pairs in record)


def plain(record):
    return "\n".join(f"{tag} " + "".join(f"${c}{v.replace('$', '$$')}" for c, v in pairs) for tag, pairs in record)


def listed(record):
    return [[tag, None, *(part for pair in pairs for part in pair)] for tag, pairs in record]


def xml(record):
    fields = "".join(
        f'<p:datafield tag="{tag}">'
        + "".join(f'<p:subfield code="{c}">{v}</p:subfield>' for c, v in pairs)
        + "</p:datafield>"
        for tag, pairs in record
    )
    return f'<p:record xmlns:p="info:srw/schema/5/picaXML-v1.0">{fields}</p:record>'


FORMS = {
    "dat": "\n".join(map(normalised, THREE)) + "\n",
    "pica": "\n\n".join(map(plain, THREE)) + "\n",
    "xml": f"<zs:response xmlns:zs='http://x'>{''.join(map(xml, THREE))}</zs:response>",
    "ndjson": "\n".join(json.dumps(listed(record)) for record in THREE),
    "json": json.dumps([listed(record) for record in THREE]),
}


@pytest.mark.parametrize("form", FORMS)
def test_all_forms_say_the_same(form: str) -> None:
    assert is_pica(FORMS[form])
    assert list(records(FORMS[form])) == THREE


@pytest.mark.parametrize("form", FORMS)
def test_the_sigel_directory_becomes_libraries(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"sigel.{form}"
    path.write_text(FORMS[form], encoding="utf-8")
    found = directories.recognise(path)
    assert found is not None
    assert found.name == "isil-pica"
    read = directories.read(path, found.name, BASE)
    assert answer(
        read.lines,
        'ex:DE-Xy1 schema:name "Gartenbibliothek $ Kebun"@de ; jp:isil "DE-Xy1" ; jp:localCode "Xy 1", "AB123" ;'
        'org:classification jp:kind-academic-library ; schema:alternateName "Garden Library" ;'
        'jp:catalogue <https://opac.kebun.example> ; schema:telephone "+49 99 123" ;'
        'schema:address/schema:streetAddress "Allee 1" ; schema:geo/schema:latitude 51.5',
    )
    assert answer(read.lines, '?post org:postIn ex:DE-Xy1 ; schema:email "beri@kebun.example"')
    assert not answer(read.lines, '?x schema:alternateName "Kebunstadt Gartenb."')
    said = {problem.kind: problem.message for problem in read.problems}
    assert "2 records" in said["field-035I"]
    assert "ISIL" in said["empty-cell"]


def test_title_records_in_pica_are_no_directory(tmp_path: Path) -> None:
    path = tmp_path / "titel.pica"
    path.write_text("021A $aBuku\n028A $aNama\n")
    assert directories.recognise(path) is None


@given(st.text(max_size=200))
def test_any_text_is_looked_at_without_failing(text: str) -> None:
    is_pica(text)
