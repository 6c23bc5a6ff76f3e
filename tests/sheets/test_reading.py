from rdflib.compare import graph_diff

from ingest.sheets import read_sheets
from tests.sheets.network import BASE, SHEETS, expected, store_of, stored


def test_the_sheets_say_what_was_written_by_hand() -> None:
    reading = read_sheets(SHEETS, BASE)
    assert [str(problem) for problem in reading.problems] == []
    got, want = stored(store_of(reading.lines)), expected()
    if got != want:
        _, missing, extra = graph_diff(want, got)
        assert (list(missing)[:8], list(extra)[:8]) == ([], [])
    assert len(got) == len(want)
