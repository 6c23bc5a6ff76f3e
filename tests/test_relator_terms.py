"""Words of catalogues for what somebody did, and the relators they mean."""

from pathlib import Path

import pytest

from ingest.convert import Converter
from ingest.source import Source
from ontology.errors import DeclarationError
from ontology.relator_terms import relator_terms, relators_of
from tests.convert.marc import record

ROLE = "<http://id.loc.gov/ontologies/bibframe/role> <http://id.loc.gov/vocabulary/relators/"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Hrsg.", ("edt",)),
        ("HRSG", ("edt",)),
        ("Übersetzer*in", ("trl",)),
        ("auteur(e)", ("aut",)),
        ("éd. scientifique", ()),
        ("peny.", ("edt",)),
        ("penerjemah dan penyunting", ("trl", "edt")),
        ("ed. [and] tr.", ("edt", "trl")),
        ("vertaler", ("trl",)),
        ("comp.", ()),
        ("Bearbeiter", ()),
        ("juru kunci", ()),
        ("", ()),
    ],
)
def test_a_term_means_its_relator_or_nothing(text: str, codes: tuple[str, ...]) -> None:
    assert relators_of(text) == codes


@pytest.mark.parametrize(
    "declared",
    [
        "terms: {id: {xyz: [penyu]}}\nambiguous: {}",
        "terms: {id: {aut: [penyu], trl: [Penyu.]}}\nambiguous: {}",
        "terms: {id: {aut: [penyu]}}\nambiguous: {penyu: an animal}",
    ],
)
def test_a_table_that_contradicts_itself_is_refused(tmp_path: Path, declared: str) -> None:
    (tmp_path / "terms.yaml").write_text(declared)
    with pytest.raises(DeclarationError):
        relator_terms(tmp_path / "terms.yaml")


def said(field: str) -> str:
    return "\n".join(Converter("https://kb.example", Source("t")).convert(record(field)).lines)


def test_known_words_are_the_relator_and_stay_in_the_heading() -> None:
    for field in (r"=700  1\$aContoh, Siti,$eÜbers.", r"=700  1\$aContoh, Siti,$eÜbers.$4trl"):
        lines = said(field)
        assert lines.count(f"{ROLE}trl>") == 1
        assert "/bibframe/Role>" not in lines
        assert "$eÜbers." in lines


def test_a_full_stop_that_is_the_word_s_own_stays() -> None:
    assert '"comp. ed."' in said(r"=700  1\$aContoh, Siti,$ecomp. ed.")
    assert '"juru ill."' in said(r"=700  1\$aContoh, Siti,$ejuru ill.")


def test_codes_of_unimarc_are_understood() -> None:
    assert f"{ROLE}trl>" in said(r"=700  1\$aContoh, Siti$4730")


def test_a_word_where_the_code_should_be_is_understood() -> None:
    assert f"{ROLE}edt>" in said(r"=700  1\$aContoh, Siti$4penyunting")


def test_a_code_says_it_alone() -> None:
    lines = said(r"=700  1\$aContoh, Siti,$ePenerjemah$4edt")
    assert f"{ROLE}edt>" in lines
    assert f"{ROLE}trl>" not in lines
    assert '"Penerjemah"' in lines


def test_roles_between_commas_are_several() -> None:
    lines = said(r"=700  1\$aContoh, Siti,$epenulis naskah, sutradara.")
    assert all(part in lines for part in (f"{ROLE}aus>", f"{ROLE}drt>"))
