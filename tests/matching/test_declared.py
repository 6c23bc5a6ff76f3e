"""What librarians may change is checked when it is read."""

from pathlib import Path

import pytest
import yaml

from graph.search_text import fold
from ontology import body_words, match_weights, table_mappings
from ontology.authority_lists import authority_lists
from ontology.name_words import name_words


def test_every_word_is_written_as_names_are_compared():
    words = name_words()
    for word in (*words.honorifics, *words.particles, *words.small, *words.legal, *words.generations):
        assert fold(word) == word


def test_every_word_of_bodies_is_written_as_names_are_compared():
    known = body_words.body_words()
    assert all(fold(word) == word for word in known.means)
    assert known.means["perpustakaan"] == known.means["bibliothek"] == "library"
    assert known.types.isdisjoint(known.parts)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"types": [["library", "museum"], ["museum"]]}, "'museum' stands twice"),
        ({"words": [["général"]]}, "not folded"),
        ({"kinds": []}, "needs the lists"),
    ],
)
def test_words_of_bodies_that_cannot_be_are_refused(tmp_path: Path, change, says):
    file = tmp_path / "bodies.yaml"
    file.write_text(yaml.safe_dump({name: [] for name in body_words.LISTS} | change))
    with pytest.raises(ValueError, match=says):
        body_words.body_words(file)


def test_every_list_has_an_iri_and_a_number():
    for name, one in authority_lists().items():
        assert one.start.startswith(("http", "urn:")), name
        assert one.codes, name


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"same": 0.01}, "each smaller"),
        ({"dates": {"both": 1}}, "dates must hold"),
    ],
)
def test_weights_that_cannot_be_are_refused(tmp_path: Path, change, says):
    raw = yaml.safe_load(match_weights.FILE.read_text(encoding="utf-8")) | change
    file = tmp_path / "weights.yaml"
    file.write_text(yaml.safe_dump(raw))
    with pytest.raises(ValueError, match=says):
        match_weights.weights(file)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("label: nama", "needs iri and label"),
        ("iri: '{x}'\nlabel: nama\nwarna: merah", "unknown: warna"),
        ("iri: '{x}'\nlabel: nama\ndelimiter: pagar", "delimiter is one of"),
    ],
)
def test_mappings_that_cannot_be_are_refused(tmp_path: Path, text, says):
    file = tmp_path / "m.yaml"
    file.write_text(text)
    with pytest.raises(ValueError, match=says):
        table_mappings.table_mapping(str(file))


def test_every_mapping_of_the_project_can_be_read():
    for name in table_mappings.names():
        assert table_mappings.table_mapping(name).iri
