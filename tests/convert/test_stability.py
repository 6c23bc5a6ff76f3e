"""Names and statements of real records stay when a record gets another number or its fields stand otherwise."""

import random
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pymarc import Field, Indicators, Record, Subfield

from ingest.convert import Converter
from ingest.readers import kind_of
from ingest.source import Source
from tests.convert.corpus import records

pytestmark = pytest.mark.shared
SAMPLE = 500
ORDERED = ("00", "040", "041", "1", "24", "26", "7", "84", "85", "86", "87", "88", "9")
"""How tags begin whose fields say something by their order: of fields that MARC does not repeat, and of imprints
and added names, the first one counts; holdings follow their location."""
EDITS = st.lists(
    st.tuples(st.text("0123456789X- (pbk.)", min_size=1, max_size=20), st.integers(0, 60)), min_size=50
)
Sample = list[tuple[Record, set[str]]]
few = settings(deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
"""An example is 500 records: too much to be made smaller when it fails."""
converter = Converter("https://kb.example", Source("t"))


@pytest.fixture(scope="module")
def sample(shared: Path) -> Sample:
    """Bibliographic records that have a number of their own, from all files, and what they say."""
    records = islice(_bibliographic(shared / "data" / "marc"), SAMPLE)
    return [(record, said(record, record.fields)) for record in records]


def _bibliographic(folder: Path) -> Iterator[Record]:
    for _, record in records(folder, 6, 180):
        if kind_of(record) == "bibliographic" and record.get("001") is not None:
            yield record


def said(record: Record, fields: list[Field]) -> set[str]:
    """What the record would say with these fields."""
    other = Record()
    other.leader = record.leader
    other.fields = fields
    return set(converter.convert(other).lines)


@settings(few, max_examples=3)
@given(EDITS)
def test_another_020_changes_nothing_but_itself(sample: Sample, edits: list[tuple[str, int]]) -> None:
    assert len(sample) == SAMPLE
    for (record, before), (isbn, place) in zip(sample, cycle(edits), strict=False):
        fields = list(record.fields)
        number = Field("020", Indicators(" ", " "), [Subfield("a", isbn)])
        fields.insert(min(place, len(fields)), number)
        assert before <= said(record, fields)


@settings(few, max_examples=2)
@given(st.integers(0))
def test_the_order_of_fields_without_order_does_not_matter(sample: Sample, seed: int) -> None:
    chance = random.Random(seed)
    for record, before in sample:
        free = [field for field in record.fields if not field.tag.startswith(ORDERED)]
        bound = [field for field in record.fields if field.tag.startswith(ORDERED)]
        chance.shuffle(free)
        cut = chance.randrange(len(free) + 1)
        assert said(record, [*free[:cut], *bound, *free[cut:]]) == before
