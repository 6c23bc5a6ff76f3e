import pytest

from graph.errors import NotFound
from graph.matching.entry import Entry
from graph.matching.index import Index

ENTRIES = [
    Entry("http://x/1", "Kopi", "topic", ("Coffee",), coordinates=(1.0, 2.0), titles=("Kebun kopi",)),
    Entry("http://x/2", "Kopi robusta", "topic"),
    Entry("http://x/3", "Kopidang", "place"),
    Entry("http://x/4", "Perkebunan kopi", "topic"),
]


@pytest.fixture
def index(tmp_path):
    return Index.build(tmp_path / "i", ENTRIES)


def test_entries_come_back_as_they_were(index):
    assert list(index) == ENTRIES
    assert index.get("http://x/1") == ENTRIES[0]
    assert len(index) == 4


def test_beginnings_suggest_the_shortest_names_first(index):
    assert [one.label for one in index.suggest("kop")][:3] == ["Kopi", "Kopidang", "Kopi robusta"]
    assert [one.label for one in index.suggest("kop", "place")] == ["Kopidang"]
    assert [one.label for one in index.suggest("perkebunan ko")] == ["Perkebunan kopi"]
    assert [one.label for one in index.suggest("perkebunn")] == ["Perkebunan kopi"]
    assert index.suggest(" ,") == []


def test_words_with_a_slip_are_similar(index):
    found = index.similar("Kopidanq")
    assert max(found, key=lambda name: found[name])[0] == 2
    assert all(0 < share <= 1.5 for share in found.values())
    assert index.similar("zz") == {}


def test_building_again_replaces(index):
    again = Index.build(index.folder, ENTRIES[:1])
    assert [one.iri for one in again] == ["http://x/1"]


def test_what_is_not_there_is_said(index, tmp_path):
    with pytest.raises(NotFound):
        index.get("http://x/9")
    with pytest.raises(NotFound, match="no index"):
        Index.open(tmp_path / "nowhere")
