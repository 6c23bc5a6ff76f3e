"""Authority records meet the headings of bibs."""

from pymarc import Field, Indicators, Record, Subfield

from ingest.authority import AuthorityRules
from ingest.convert import Converter
from ingest.source import Source

BASE = "https://jejaring.test"


def field(tag: str, ind1: str, *pairs: str) -> Field:
    return Field(tag, Indicators(ind1, " "), [Subfield(pair[0], pair[1:]) for pair in pairs])


def record(leader: str, *fields: Field) -> Record:
    made = Record(force_utf8=True)
    made.leader = leader
    made.fields = [Field("001", data="a1"), *fields]
    return made


def test_a_person_meets_the_heading_of_a_bib_and_brings_variants():
    person = field("100", "1", "aAndaru, Sekar,", "d1950-")
    bib = record("00000nam a2200000 i 4500", person, field("245", "1", "aLaut biru"))
    authority = record(
        "00000nz  a2200000n  4500", person, field("400", "1", "aSekar Andaru"), field("500", "1", "aWijaya, B.")
    )
    lines, problems = AuthorityRules(BASE, Source("kota")).lines(authority)
    assert problems == []
    variant = next(line for line in lines if "altLabel" in line)
    assert '"Sekar Andaru"' in variant
    node = variant.partition(" ")[0]
    assert any(f"{node} " in line for line in Converter(BASE, Source("kota")).convert(bib).lines)
    assert any(line.startswith(node) and "core#related" in line for line in lines)


def test_the_converter_passes_authority_records_on():
    authority = record("00000nz  a2200000n  4500", field("150", " ", "aKopi"), field("450", " ", "aKofi"))
    lines = Converter(BASE, Source("kota")).convert(authority).lines
    assert any("altLabel" in line and '"Kofi"' in line for line in lines)
    assert not any("bibframe/Instance>" in line for line in lines)


def test_a_record_without_heading_is_reported():
    _, problems = AuthorityRules(BASE, Source("kota")).lines(record("00000nz  a2200000n  4500"))
    assert [problem.kind for problem in problems] == ["no-heading"]
