"""Statements and headings lose the marks that ISBD puts after them, and nothing of their own."""

import pytest

from ingest.convert.provision import coded_date
from ingest.convert.values import agency, edition, end_stop, sentence
from tests.convert.saying import said


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Third edition.", "Third edition"),
        ("Cetakan ke-3.", "Cetakan ke-3"),
        ("2nd ed.", "2nd ed."),
        ("1. Aufl.", "1. Aufl."),
        ("First U.S. edition.", "First U.S. edition"),
        ("Rev. ed., with new introd. /", "Rev. ed., with new introd."),
    ],
)
def test_an_edition_keeps_the_full_stops_of_its_abbreviations(text: str, kept: str) -> None:
    assert edition(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Pramoedya Ananta Toer.", "Pramoedya Ananta Toer"),
        ("Ursula K. Le Guin.", "Ursula K. Le Guin"),
        ("oleh Siti Contoh ... [et al.].", "oleh Siti Contoh ... [et al.]."),
        ("Sh. Niger.", "Sh. Niger."),
        ("New York, N.Y.", "New York, N.Y."),
        ("Reading, Mass.", "Reading, Mass"),
    ],
)
def test_a_statement_keeps_full_stops_where_it_has_others(text: str, kept: str) -> None:
    assert sentence(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Maps.", "Maps"), ("Handbooks, manuals, etc.", "Handbooks, manuals, etc."), ("Toer, P.", "Toer, P.")],
)
def test_a_heading_keeps_the_full_stop_of_etc(text: str, kept: str) -> None:
    assert end_stop(text) == kept


@pytest.mark.parametrize(
    ("coded", "date"),
    [("e20120515", "2012-05-15"), ("e2012    ", "2012"), ("e19940100", "1994"), ("q19501959", "1950~/1959~")],
)
def test_detailed_and_questionable_dates_are_edtf(coded: str, date: str) -> None:
    assert coded_date(f"980101{coded}") == date


@pytest.mark.parametrize("blank", [" ", "#", "-", "|"])
def test_a_place_of_two_letters_is_told_whatever_stands_for_blanks(blank: str) -> None:
    found = said(f"=008  010101s1991{blank * 4}io{blank}            000 0 ind d")
    assert "Instance bf:provisionActivity/[bf:Publication]/bf:place loc:countries/io" in found


def test_dates_of_a_collection_are_of_its_production() -> None:
    found = said("=LDR  00000npc a2200000   4500\n=008  010101i19601995io            000 0 ind d")
    start = "Instance bf:provisionActivity/[bf:Production]"
    assert f'{start}/bf:date "1960/1995"^^dt:edtf' in found
    assert f'{start}/bf:note/[bf:Note]/rdfs:label "inclusive collection dates"' in found


def test_distribution_and_production_have_dates_of_their_own() -> None:
    found = said("=LDR  00000ngm a2200000   4500\n=008  010101p19961993io            000 0 ind d")
    assert 'Instance bf:provisionActivity/[bf:Distribution]/bf:date "1996"^^dt:edtf' in found
    assert 'Instance bf:provisionActivity/[bf:Production]/bf:date "1993"^^dt:edtf' in found


def test_german_agencies_are_named_by_the_directory_that_registers_them() -> None:
    assert agency("DE-599") == "<https://ld.zdb-services.de/resource/organisations/DE-599>"
    assert agency("ID-JaPN") == "<http://id.loc.gov/vocabulary/organizations/idjapn>"
    assert agency("Perpustakaan Nasional") == ""


def test_a_parallel_title_is_given_without_its_mark() -> None:
    found = said("=245  00$aJudul :$b= Title")
    assert 'Instance bf:title/[bf:Title]/bf:subtitle "Title"' in found


def test_the_size_of_an_ensemble_is_counted() -> None:
    size = "Work bf:ensemble/[bf:Ensemble]/bf:ensembleSize"
    assert f"{size} loc:ensemblesize/quartet" in said("=048  \\\\$asa02$asb01$asc01")
    assert f"{size} loc:ensemblesize/ensemble" in said("=048  \\\\$bva01$aoa")
    assert f"{size} loc:ensemblesize/trio" in said("=382  01$abiola$n3$s3$2lcmpt")
