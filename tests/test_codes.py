"""Code tables: what the store knows of the codes that records use."""

import pyoxigraph as ox

from ontology.codes import FOLDER, code_labels, indonesian, listed, name, sources, table
from ontology.vocabulary import vocabulary_lines

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


def test_labels_of_codes_are_in_the_vocabulary() -> None:
    lines = set(vocabulary_lines())
    assert f'<http://id.loc.gov/vocabulary/languages/ind> {LABEL} "Indonesian" .' in lines
    assert f'<http://id.loc.gov/vocabulary/countries/io> {LABEL} "Indonesia" .' in lines
    assert set(code_labels()) <= lines


def test_code_labels_are_valid_and_each_term_has_one() -> None:
    text = "\n".join(code_labels())
    triples = list(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
    labels = {(triple.subject, triple.object.language) for triple in triples}
    assert len(labels) == len(triples) > 2500


def test_indonesian_labels_are_of_codes_that_lists_have() -> None:
    for scheme, labels in indonesian().items():
        assert labels.keys() <= table(scheme).keys(), scheme
        assert all(label.strip() for label in labels.values())
    for scheme in ("relators", "contentTypes", "mediaTypes", "carriers", "issuance", "frequencies"):
        assert labels_missing(scheme) == set(), scheme


def labels_missing(name: str) -> set[str]:
    return set(table(name)) - set(indonesian()[name])


def test_names_of_codes() -> None:
    assert name("languages", "jav", "id") == "Jawa"
    assert name("languages", "jav", "en") == "Javanese"
    assert name("countries", "txu", "id") == "Texas", "the English name where there is no Indonesian one"
    assert name("languages", "qqq", "id") == name("nothing", "x", "id") == ""


def test_every_table_can_be_read() -> None:
    for path in FOLDER.glob("*.csv"):
        if path.stem not in ("fixed-fields", "indonesian", "sources", "terms", "performanceMediums"):
            assert table(path.stem), path.stem


def test_terms_are_found_by_their_words_and_sources_by_their_code() -> None:
    assert listed("mrectype")["digital"].object == "<http://id.loc.gov/vocabulary/mrectype/digital>"
    assert "gamelan" in listed("performanceMediums")
    assert sources()["lcgft"] == ("genreFormSchemes",)
