"""Authority records meet the headings of bibs."""

import re

import pytest
from pymarc import Field, Indicators, Record, Subfield

from ingest import readers
from ingest.authority import AuthorityRules
from ingest.convert import Converter
from ingest.source import Source
from ontology.terms import PREFIXES
from tests.convert.marc import record as marc
from tests.convert.validity import faults

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


PERSON = """
=LDR  00000nz  a2200000n  4500
=001  a1
=008  260101n| azannaabn          |a aaa
=024  7\\$ahttps://d-nb.info/gnd/118$2gnd
=046  \\\\$f1950
=100  1\\$aAndaru, Sekar,$d1950-
=400  1\\$aSekar Andaru
=400  1\\$wnne$aAndaru, S.,$d1950-
=400  0\\$wnnaa$aSeka
=410  2\\$wd$aSA
=500  1\\$wb$aAndaru-Wijaya, Sekar
=500  1\\$wr$iPasangan:$aWijaya, B.$4https://example.org/spouse
=510  2\\$wt$aPenerbit Laut
=670  \\\\$aLaut biru, 2001:$bt.p. (Sekar Andaru)$uhttps://example.org/laut
=675  \\\\$aKamus nama
=678  0\\$aPenulis.$bLahir di Ambon.
=680  \\\\$iPakai untuk$apenulis
=700  14$aAndaru, Sekar$0https://viaf.example/1
"""


def stated(text: str) -> set[str]:
    """Statements with the heading's own node as ``*`` and prefixes as in ontology.terms."""
    lines, _ = AuthorityRules(BASE, Source("kota")).lines(marc(text))
    own = lines[0].partition(" ")[0]
    found = set()
    for line in lines:
        for prefix, namespace in PREFIXES.items():
            line = line.replace(f"<{namespace}", f"<{prefix}:")
        found.add(line.replace(own[:-1], "<*").replace(f"<{BASE}/id/", "<"))
    return found


def test_variants_neighbours_and_notes_of_a_person():
    found = stated(PERSON)
    tails = {re.sub(r"#[a-z]+-[0-9a-f]{12}", "#…", line) for line in found}
    assert tails >= {
        "<*> <rdf:type> <madsrdf:PersonalName> .",
        '<*> <madsrdf:authoritativeLabel> "Andaru, Sekar, 1950-" .',
        "<*> <madsrdf:hasVariant> <*#…> .",
        '<*#…> <madsrdf:variantLabel> "Sekar Andaru" .',
        "<*> <madsrdf:hasEarlierEstablishedForm> <*#…> .",
        "<*> <madsrdf:hasAcronymVariant> <*#…> .",
        '<*> <skos:altLabel> "Sekar Andaru" .',
        '<*> <skos:hiddenLabel> "Seka" .',
        '<*#…> <madsrdf:citationSource> "Laut biru, 2001:" .',
        '<*#…> <madsrdf:citationNote> "t.p. (Sekar Andaru)" .',
        '<*#…> <madsrdf:citationStatus> "found" .',
        '<*#…> <madsrdf:citationStatus> "not found" .',
        '<*> <skos:note> "Penulis. Lahir di Ambon." .',
        '<*> <madsrdf:scopeNote> "Pakai untuk penulis" .',
        '<*#…> <rdfs:label> "Pasangan" .',
        '<*#…> <jp:tag> "046$f" .',
    }
    for name in ("hasLaterEstablishedForm", "hasReciprocalAuthority", "hasCorporateParentAuthority"):
        assert sum(line.startswith(f"<*> <madsrdf:{name}> <agent/") for line in found) == 1
    assert sum(line.startswith("<*> <https://example.org/spouse> <agent/") for line in found) == 1
    assert sum(line.startswith("<*> <madsrdf:hasCloseExternalAuthority> <agent/") for line in found) == 1
    assert sum(line.startswith("<*> <owl:sameAs> <agent/") for line in found) == 1


@pytest.mark.parametrize(
    ("heading", "kind", "class_"),
    [
        ("=100  1\\$aAndaru, Sekar$tLaut biru", "hub/", "NameTitle"),
        ("=100  1\\$aAndaru, Sekar$xCriticism", "", "ComplexSubject"),
        ("=110  2\\$aPerpusnas", "agent/", "CorporateName"),
        ("=111  2\\$aKonferensi Kopi$d(2001)", "agent/", "ConferenceName"),
        ("=130  \\0$aHikayat Hang Tuah", "hub/", "Title"),
        ("=148  \\\\$a2001-2010", "subject/", "Temporal"),
        ("=150  \\\\$aKopi", "subject/", "Topic"),
        ("=150  \\\\$aKopi$zToraja", "subject/", "ComplexSubject"),
        ("=151  \\\\$aAmbon", "subject/", "Geographic"),
        ("=155  \\\\$aPuisi", "subject/", "GenreForm"),
        ("=162  \\\\$agamelan", "authority/", "MediumOfPerformance"),
        ("=180  \\\\$xSejarah", "component/", "Topic"),
        ("=185  \\\\$vPuisi", "component/", "GenreForm"),
        ("=103  \\\\$aPartai Contoh", "authority/", "Authority"),
    ],
)
def test_headings_of_every_kind(heading, kind, class_):
    text = f"=LDR  00000nz  a2200000n  4500\n=008  260101n| azannaabn\n{heading}\n=4{heading[2:]} (lain)"
    lines, problems = AuthorityRules(BASE, Source("kota")).lines(marc(text))
    assert problems == []
    node = next(line.partition(" ")[0] for line in lines if "hasVariant>" in line)
    assert node.startswith(f"<{BASE}/id/{kind}")
    assert any(line.startswith(f"{node} ") and line.endswith(f"{class_}> .") for line in lines)
    assert any(line.startswith(f"{node} ") and "skos/core#altLabel" in line for line in lines)
    assert not faults(lines)


def test_a_chain_and_a_subdivision_meet_the_subjects_of_a_bib():
    bib = marc("=245  00$aX\n=650  \\0$aKopi$xSejarah\n=600  10$aAndaru, Sekar$xCriticism")
    known = {line.partition(" ")[0] for line in Converter(BASE, Source("kota")).convert(bib).lines}
    for heading in ("=150  \\\\$aKopi$xSejarah", "=180  \\\\$xSejarah", "=100  1\\$aAndaru, Sekar$xCriticism"):
        text = f"=LDR  00000nz  a2200000n  4500\n=008  260101n||azannaabn\n{heading}"
        lines, _ = AuthorityRules(BASE, Source("kota")).lines(marc(text))
        assert any(line.endswith("v1#Authority> .") and line.partition(" ")[0] in known for line in lines), heading


@pytest.mark.shared
def test_every_real_authority_record_says_something(shared):
    rules = AuthorityRules(BASE, Source("t"))
    silent = 0
    files = ("evergreen-library-system+Evergreen/auth-1066.mrc.gz", "derived/koha_sample_authorities.xml.gz")
    for file in files:
        for found in readers.read(shared / "data" / "marc" / file):
            lines, problems = rules.lines(found.record)
            assert bool(lines) != bool(problems)
            silent += not lines
    assert silent == 2  # two of Koha's have no heading, or an empty one
