from hypothesis import given
from hypothesis import strategies as st
from pymarc import Field, Indicators, Record, Subfield

from graph import packing

TEXT = st.text(max_size=20)
CONTROL = st.builds(lambda tag, data: Field(tag, data=data), st.sampled_from(["001", "005", "008"]), TEXT)
SUBFIELDS = st.lists(st.builds(Subfield, st.sampled_from("abc0"), TEXT), max_size=4)
DATA = st.builds(
    lambda tag, one, two, parts: Field(tag, Indicators(one, two), parts),
    st.sampled_from(["100", "245", "952", "880"]),
    st.sampled_from(" 01"),
    st.sampled_from(" 4"),
    SUBFIELDS,
)


@given(fields=st.lists(st.one_of(CONTROL, DATA), max_size=8))
def test_a_record_comes_back_as_it_was(fields: list[Field]) -> None:
    record = Record(fields=fields)
    again = packing.record(packing.expand(packing.compress(packing.text(record))))
    assert again.as_dict() == record.as_dict()
    assert packing.text(again) == packing.text(record)
    assert [field.get_subfields("a") for field in again if not field.control_field] == [
        field.get_subfields("a") for field in record if not field.control_field
    ]


def test_any_change_is_seen() -> None:
    one = Record(fields=[Field("245", Indicators("0", "0"), [Subfield("a", "Bumi")])])
    other = Record(fields=[Field("245", Indicators("0", "1"), [Subfield("a", "Bumi")])])
    assert packing.fingerprint(packing.text(one)) != packing.fingerprint(packing.text(other))
    assert packing.fingerprint(packing.text(one)) == packing.fingerprint(packing.text(one))


def test_a_record_too_long_for_iso_2709() -> None:
    record = Record(fields=[Field("952", Indicators(" ", " "), [Subfield("p", str(n))]) for n in range(20_000)])
    assert len(packing.record(packing.text(record)).get_fields("952")) == 20_000
