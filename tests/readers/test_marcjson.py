import gzip
import json
from pathlib import Path

import pytest

from tests.readers import made

ONE, TWO = made.record(1).as_dict(), made.record(2, "Étude").as_dict()
FORMS = {
    "array": json.dumps([ONE, TWO]),
    "indented": json.dumps([ONE, TWO], indent=2, ensure_ascii=False),
    "lines": f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n",
    "wrapped": json.dumps({"total": 2, "records": [ONE, TWO]}),
    "with other keys": json.dumps([{"_id": "a", **ONE}, {"_id": "b", **TWO}]),
}


@pytest.mark.parametrize("form", FORMS)
def test_forms(tmp_path: Path, form: str) -> None:
    good, lost = made.results(made.written(tmp_path, gzip.compress(FORMS[form].encode()), "records.json"))
    assert not lost
    assert [made.content(found.record) for found in good] == [
        made.content(made.record(1)),
        made.content(made.record(2, "Étude")),
    ]


def test_a_broken_record_costs_no_other(tmp_path: Path) -> None:
    broken = json.dumps(ONE).replace('"fields": [', '"fields": [[[')
    good, lost = made.results(made.written(tmp_path, f"[{broken},{json.dumps(TWO)}]".encode(), "records.json"))
    assert made.numbers(good) == ["rec00002"]
    assert (lost[0].number, lost[0].offset) == (1, 1)


def test_backslashes_for_blanks(tmp_path: Path) -> None:
    data = {
        "leader": "00000nam\\a2200000\\i\\4500",
        "fields": [{"008": "2001\\\\s"}, {"245": {"ind1": "1", "ind2": "\\", "subfields": [{"a": "A\\B"}]}}],
    }
    good, _ = made.results(made.written(tmp_path, json.dumps(data).encode(), "records.json"))
    assert good[0].record["008"].data == "2001  s"
    assert good[0].record["245"].indicators == ("1", " ")
    assert good[0].record["245"]["a"] == "A\\B"
