import pytest

from graph.errors import InputError, NotFound
from graph.matching.authorities import Authorities
from graph.matching.entry import Entry

KOPI, TEH = Entry("http://x/1", "Kopi", "topic", ("Kahwa",)), Entry("http://x/2", "Teh", "topic")
SAID = {"file": "a.ttl", "licence": "CC0-1.0", "release": "2024"}


def test_each_file_has_licence_release_and_an_index(tmp_path):
    made = Authorities(tmp_path).add("tanaman", [KOPI, TEH], **SAID)
    again = Authorities(tmp_path)
    assert again.all() == [made]
    assert (made.entries, made.labels, made.licence, made.release) == (2, 3, "CC0-1.0", "2024")
    assert [one.source for one in again.index("tanaman")] == ["tanaman", "tanaman"]


def test_a_new_release_takes_the_place_of_the_old_one_when_it_is_complete(tmp_path):
    found = Authorities(tmp_path)
    found.add("tanaman", [KOPI], **SAID)

    def broken():
        yield TEH
        raise InputError("Damaged.")

    with pytest.raises(InputError):
        found.add("tanaman", broken(), **SAID)
    assert [one.label for one in Authorities(tmp_path).index("tanaman")] == ["Kopi"]
    found.add("tanaman", [TEH], **SAID | {"release": "2025"})
    assert [one.label for one in found.index("tanaman")] == ["Teh"]


def test_removing_removes_and_unknown_names_are_said(tmp_path):
    found = Authorities(tmp_path)
    found.add("tanaman", [KOPI], **SAID)
    found.remove("tanaman")
    assert found.all() == []
    for act in (found.remove, found.index):
        with pytest.raises(NotFound, match="loaded are: none"):
            act("tanaman")


@pytest.mark.parametrize("name", ["", "../x", "Besar", "a b"])
def test_names_are_plain(tmp_path, name):
    with pytest.raises(InputError):
        Authorities(tmp_path).add(name, [KOPI], **SAID)


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="no entries"):
        Authorities(tmp_path).add("kosong", [], **SAID)
    assert Authorities(tmp_path).all() == []
