"""The number by which a record is known in its source."""

from pymarc import Field, Indicators, Record, Subfield

from ingest.record import record_number


def made(**codes: str) -> Record:
    record = Record()
    record.add_field(Field("001", data=" 2609914 "))
    if codes:
        subfields = [Subfield(code, value) for code, value in codes.items()]
        record.add_field(Field("999", Indicators(" ", " "), subfields))
    return record


def test_it_is_the_001_without_blanks():
    assert record_number(made()) == "2609914"
    assert record_number(Record()) == ""


def test_koha_knows_its_records_by_the_biblionumber():
    assert record_number(made(c="17", d="18")) == "17"


def test_a_999_of_another_system_is_no_number():
    assert record_number(made(c="17", d="18", m="ALDERMAN")) == "2609914"
