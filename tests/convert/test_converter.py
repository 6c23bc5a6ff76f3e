"""The converter as a whole: valid, stable, identity-aware, losing nothing."""

import io
import random

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pymarc import Subfield

from ingest.convert import Conversion, Converter
from ingest.convert.tracing import explain
from ingest.source import Source
from tests.convert.marc import record

BASE = "https://kb.example"
NOVEL = """
=LDR  00000cam a2200000 i 4500
=001  b1
=003  IdJKT
=005  20190520101500.0
=008  190520s1980    io a     b    000 1 ind
=020  \\\\$a979-9731-23-4 (jil. 1)
=040  \\\\$aIdJKT$bind$erda
=082  04$a899.2213$223
=100  1\\$6880-01$aToer, Pramoedya Ananta,$d1925-2006.
=245  10$aBumi manusia :$bsebuah roman /$cPramoedya Ananta Toer.
=260  \\\\$aJakarta :$bHasta Mitra,$c1980.
=300  \\\\$a354 hlm. ;$c21 cm.
=490  1\\$aTetralogi Buru ;$v1
=650  \\0$aFamilies$zIndonesia$vFiction.
=700  1\\$aLane, Max,$etranslator.
=830  \\0$aTetralogi Buru ;$v1.
=856  40$uhttp://bad example/{x}
=880  1\\$6100-01/$1$a普拉姆迪亚.
=999  \\\\$zanything "quoted" \\ here
"""


def converted(text: str, source: str = "t") -> Conversion:
    return Converter(BASE, Source(source)).convert(record(text))


def test_strict_parsers_take_every_line_and_there_are_no_blank_nodes() -> None:
    text = "\n".join(converted(NOVEL).lines) + "\n"
    triples = list(ox.parse(text, ox.RdfFormat.N_TRIPLES))
    assert len(triples) > 80
    assert not any(isinstance(part, ox.BlankNode) for t in triples for part in (t.subject, t.object))
    graph = rdflib.Graph().parse(io.StringIO(text), format="nt")
    assert all(o.ill_typed is not True for o in graph.objects() if isinstance(o, rdflib.Literal))


def test_twice_gives_the_same_bytes_each_line_once() -> None:
    first, second = converted(NOVEL).lines, converted(NOVEL).lines
    assert first == second
    assert len(first) == len(set(first))


def test_nothing_is_lost() -> None:
    text = "\n".join(converted(NOVEL).lines)
    for value in ("anything", "Hasta Mitra", "http://bad example/{x}", "普拉姆迪亚", "jil. 1", "899.2213"):
        assert value in text


def test_a_leader_cut_short_stops_nothing() -> None:
    short = record(NOVEL)
    short.leader = "00"
    assert Converter(BASE, Source("jkt")).convert(short).works


@pytest.mark.parametrize("tag", ["001", "100", "245", "650"])
def test_half_a_surrogate_pair_stops_nothing(tag: str) -> None:
    broken = record(NOVEL)
    field = broken[tag]
    if field.control_field:
        field.data = "b\ud8001"
    else:
        field.subfields = [Subfield("a", "Bumi\ud800 manusia")]
    lines = Converter(BASE, Source("jkt")).convert(broken).lines
    assert len(list(ox.parse("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES))) == len(lines)


def test_an_invalid_url_is_reported_and_kept_as_text() -> None:
    assert [p.kind for p in converted(NOVEL).problems] == ["invalid-url"]


def iris(conversion: Conversion) -> set[str]:
    return {line.split(" ", 1)[0] for line in conversion.lines}


@settings(max_examples=60, deadline=None)
@given(st.text("0123456789X-", min_size=1, max_size=13), st.integers(0, 15))
def test_another_020_renames_nothing(isbn: str, place: int) -> None:
    lines = NOVEL.strip().splitlines()
    lines.insert(4 + place, f"=020  \\\\$a{isbn}")
    assert iris(converted(NOVEL)) <= iris(converted("\n".join(lines)))


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_subjects_and_numbers_does_not_matter(chance: random.Random) -> None:
    fixed, loose = NOVEL.strip().splitlines()[:5], NOVEL.strip().splitlines()[5:]
    chance.shuffle(loose)
    assert set(converted("\n".join([*fixed, *loose])).lines) == set(converted(NOVEL).lines)


def test_one_agent_for_one_heading_in_two_records_and_sources() -> None:
    other = "=001  b2\n=245  10$aX\n=700  1\\$aToer, Pramoedya Ananta,$d1925-2006,$eauthor."
    agents = [{i for i in c.shared if "/agent/" in i} for c in (converted(NOVEL), converted(other, "other"))]
    assert len(agents[0] & agents[1]) == 1


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ("=245  10$aBumi manusia /$cPramoedya A. Toer.", True),
        ("=245  10$aBumi Manusia.", True),
        ("=245  10$aJejak langkah.", False),
    ],
)
def test_work_identity_by_agent_and_title(changed: str, same: bool) -> None:
    text = "\n".join(changed if line.startswith("=245") else line for line in NOVEL.splitlines())
    assert (converted(text).works == converted(NOVEL).works) is same


def test_another_language_is_another_work() -> None:
    assert converted(NOVEL.replace(" 1 ind", " 1 eng")).works != converted(NOVEL).works


def test_generic_titles_do_not_merge() -> None:
    one = converted("=001  a\n=110  2\\$aDinas\n=245  10$aLaporan tahunan").works
    two = converted("=001  b\n=110  2\\$aDinas\n=245  10$aLaporan tahunan").works
    assert one != two


def test_the_same_number_in_two_sources_is_two_instances() -> None:
    assert converted(NOVEL, "a").instance != converted(NOVEL, "b").instance


def test_explanation_joins_fields_rules_and_all_lines() -> None:
    conversion, steps = explain(BASE, Source("t"), record(NOVEL))
    by_field = {step.text[:4]: step for step in steps}
    rule, lines = by_field["=082"].made[0]
    assert rule is not None
    assert rule.name.startswith("Dewey")
    assert any("899.2213" in line for line in lines)
    made = {line for step in steps for _, lines in step.made for line in lines}
    assert len(set(conversion.lines) - made) < len(conversion.lines) / 2
