"""Holdings whose bib is not there are told of at the load that leaves them so."""

from pathlib import Path

from pymarc import Field, Indicators, Record, Subfield

from graph.settings import Settings
from ingest.inputs import Input
from ingest.pipeline import Pipeline


def holding(number: str, bib: str) -> Record:
    record = Record(force_utf8=True)
    record.leader = "00000nx  a2200000un 4500"  # type: ignore[assignment]
    record.add_field(Field("001", data=number))
    if bib:
        record.add_field(Field("004", data=bib))
    record.add_field(Field("852", Indicators(" ", " "), [Subfield("a", "kota"), Subfield("h", "020")]))
    return record


def bib(number: str) -> Record:
    record = Record(force_utf8=True)
    record.leader = "00000nam a2200000 i 4500"  # type: ignore[assignment]
    record.add_field(Field("001", data=number))
    record.add_field(Field("245", Indicators("0", "0"), [Subfield("a", "Laut biru")]))
    return record


def test_a_missing_bib_is_reported_until_it_comes(tmp_path: Path) -> None:
    file = tmp_path / "kota.mrc"
    pipeline = Pipeline(Settings(data=str(tmp_path / "data"), workers=1))
    found = []
    for records in (
        [bib("1"), holding("h1", "1"), holding("h2", "2"), holding("h3", "2"), holding("h4", "")],
        [bib("1"), bib("2"), holding("h1", "1"), holding("h2", "2")],
    ):
        file.write_bytes(b"".join(record.as_marc() for record in records))
        outcome = pipeline.load([Input(file)])
        assert outcome.load is not None
        found.append(outcome.load.journal.messages["bib-missing"])
    assert found == [{"No record describes kota-2, on which 2 items hang.": 1}, {}]
