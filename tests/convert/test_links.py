"""$6 and $8, and the 880 fields they lead to."""

from ingest.convert import Converter
from ingest.coverage import Census, rulings
from ingest.source import Source
from tests.convert.marc import record
from tests.convert.saying import BASE

TEXT = r"""
=250  \\$6880-01$aCetakan ke-2.
=880  \\$6250-01/(3$aطبعة 2.
"""


def test_links_between_fields_are_no_local_text() -> None:
    lines = Converter(BASE, Source("t")).convert(record(TEXT)).lines
    assert not any("LocalField" in line for line in lines)


def test_an_880_is_covered_by_the_rules_of_its_field() -> None:
    census = Census()
    census.add(record(TEXT), "1", rulings())
    assert census.counts["250a", ""] == 2
    assert rulings().of("250a") == ("mapped", "")
