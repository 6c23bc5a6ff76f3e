"""The declarations of operations are checked when read; each fault names the file and the place."""

import pytest

from ontology.operations import operations, read
from ontology.queries import HeaderError, saved_queries

WHOLE = """
/coba/{L}:
  of: library
  fills: me
  title: {en: "Try", id: "Coba"}
  lead: {en: "A try.", id: "Percobaan."}
  fields: {from: date}
  tables:
    balance: {query: cq27-exchange-balance, bars: [sent]}
    own:
      title: {en: "Own", id: "Sendiri"}
      columns: {one: {en: "One", id: "Satu"}}
"""


def test_a_declaration_is_read():
    (found,) = read("coba.yaml", WHOLE)
    assert (found.of, found.fills, found.queries) == ("library", ("me",), ("cq27-exchange-balance",))
    assert found.fields[0].label == {"en": "From", "id": "Dari"}
    assert found.tables[0].title == saved_queries()["cq27-exchange-balance"].title


@pytest.mark.parametrize(
    ("changed", "to", "told"),
    [
        ("of: library\n", "\n", "which kind of entity"),
        ('id: "Coba"', 'ms: "Coba"', "both languages"),
        ("from: date", "from: day", "is chosen from"),
        ("from: date", "colour: date", "colour"),
        ("cq27-exchange-balance", "cq99", "cq99"),
        ("bars: [sent]", "bars: [colour]", "no column colour"),
        ('lead: {en: "A try.", id: "Percobaan."}', "", "lead is missing"),
        ("columns:", "colums:", "columns"),
        ("tables:", "tables: [", "coba.yaml"),
    ],
)
def test_a_fault_is_refused_with_its_place(changed, to, told):
    with pytest.raises(HeaderError, match=r"coba") as refused:
        list(read("coba.yaml", WHOLE.replace(changed, to)))
    assert told in str(refused.value)


def test_every_parameter_a_page_must_fill_can_be_filled():
    for page, one in operations().items():
        offered = {field.name for field in one.fields} | set(one.fills) | {"name", "from", "to", "lang"}
        for table in one.tables:
            for parameter in saved_queries()[table.query].parameters if table.query else ():
                given = parameter.name in offered or parameter.name in table.given
                assert given or parameter.default != "required", (page, table.key, parameter.name)
