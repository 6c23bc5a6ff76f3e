"""Over a sample of real records: nothing they say is lost, and strict parsers take all that is made of them.

``python -m benches fidelity`` does the same with every record.
"""

from collections import Counter
from pathlib import Path

import pytest
from pymarc import Record

from ingest.convert import Conversion, Converter
from ingest.coverage import rulings
from ingest.readers import kind_of
from ingest.source import Source
from tests.convert.corpus import records
from tests.convert.survival import Survival
from tests.convert.validity import faults, refused_by_rdflib

pytestmark = pytest.mark.shared
EVERY, DEEP, EVERY_FOR_RDFLIB = 12, 500, 10
"""One record of so many is looked at, as deep into each file; of these, one of so many by rdflib, which is slow."""
Converted = list[tuple[Path, Record, Conversion]]


@pytest.fixture(scope="module")
def converted(shared: Path) -> Converted:
    converter = Converter("https://kb.example", Source("t"))
    found = records(shared / "data" / "marc", EVERY, DEEP)
    return [(path, record, converter.convert(record)) for path, record in found]


def test_nothing_a_record_says_is_lost(converted: Converted) -> None:
    survival = Survival()
    for path, record, conversion in converted:
        if kind_of(record) == "bibliographic" and conversion.works:
            survival.add(record, conversion, rulings(), path.name)
    assert survival.counted > 50_000
    assert survival.share >= 0.995, survival.lost.most_common(20)
    assert survival.ignored_share <= 0.01


def test_strict_parsers_take_every_statement(converted: Converted) -> None:
    found: Counter[str] = Counter()
    for _, _, conversion in converted:
        found += faults(conversion.lines)
    assert not found, found.most_common(10)
    assert not sum(refused_by_rdflib(conversion.lines) for _, _, conversion in converted[::EVERY_FOR_RDFLIB])


def test_twice_gives_the_same_bytes(converted: Converted) -> None:
    converter = Converter("https://kb.example", Source("t"))
    assert all(converter.convert(record).lines == first.lines for _, record, first in converted[::5])
