from graph.matching.entry import Entry
from graph.matching.heading import Heading
from graph.matching.index import Index
from graph.matching.matcher import Matcher


def test_a_name_with_its_dates_is_the_same_and_without_them_maybe(tmp_path):
    toer = Entry("http://x/1", "Toer, Pramoedya Ananta", "person", dates="1925-2006")
    index = Index.build(tmp_path / "i", [toer])
    dated = Matcher(index).match(Heading("Pramoedya Ananta Toer", "person", "1925-2006"))
    bare = Matcher(index).match(Heading("Pramoedya Ananta Toer", "person"))
    assert [one.verdict for one in dated] == ["same"]
    assert [one.verdict for one in bare] == ["maybe"]
