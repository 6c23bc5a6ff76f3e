"""Language tags of names, where authority files say the language."""

from pathlib import Path

import pytest

from ingest.authority_files import read
from ingest.authority_files.tongues import tag
from tests.authority_files.test_reading import entries, marc


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ger", "de"),
        ("deu", "de"),
        ("EN", "en"),
        ("zh-Hant", "zh-hant"),
        ("jav", "jv"),
        ("und", ""),
        ("12", ""),
        ("", ""),
    ],
)
def test_codes_become_tags(code: str, expected: str) -> None:
    assert tag(code) == expected


def test_records_say_the_language_of_their_agency_and_of_single_names(tmp_path: Path) -> None:
    file = tmp_path / "a.mrc"
    agency = ("040", "$aDE-101$bger")
    topic = marc(
        ("001", "4031791-2"),
        ("003", "DE-588"),
        agency,
        ("150", "$aMuskat"),
        ("450", "$aPala$9L:ind"),
        ("450", "$aNux"),
    )
    person = marc(("001", "118607626"), ("003", "DE-588"), agency, ("100", "$aSutarno, Mira"))
    file.write_bytes(topic.as_marc() + person.as_marc())
    found = {one.label: one.name_languages() for one in entries(file)}
    assert found == {"Muskat": {"Muskat": "de", "Pala": "id"}, "Sutarno, Mira": {}}


def test_a_mapping_declares_a_column_a_sign_or_one_language(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "no,nama,lain,lang,utama\n1,Pala,Nutmeg@eng|Nux,ind,1\n1,Muskat,,ger,1\n1,Kembang pala,,ind,0\n"
    )
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "iri: 'http://x/{no}'\nlabel: nama\nkind: topic\nlanguage: {column: lang}\n"
        "preferred: {column: utama, value: '1'}\nvariants: [{column: lain, split: '|', language: '@'}]\n"
    )
    (nutmeg,) = entries(table, mapping=str(mapping))
    assert nutmeg.name_languages() == {
        "Pala": "id", "Nutmeg": "en", "Nux": "id", "Muskat": "de", "Kembang pala": "id",
    }  # fmt: skip
    assert (nutmeg.label, nutmeg.preferred) == ("Pala", ("Muskat",))
    mapping.write_text("iri: 'http://x/{no}'\nlabel: nama\nlanguage: id\n")
    assert entries(table, mapping=str(mapping))[0].name_languages()["Pala"] == "id"


def test_what_the_project_declares_for_the_registry_of_organisations(tmp_path: Path) -> None:
    table = tmp_path / "r.tsv"
    table.write_text("ror\tname\tnames\nhttps://ror.org/0x\tPusat Zeni\tZeni Centre@en|PZ\n")
    (found,) = read(table, mapping="ror")
    assert (found.variants, found.name_languages()) == (("Zeni Centre", "PZ"), {"Zeni Centre": "en"})
